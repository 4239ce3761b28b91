import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { RecoveredAccount } from '../../../application/use-cases/identity/recover-account.ts';
import type { Kept, SettledRecovery } from '../../../application/use-cases/identity/settle-recovery.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { DomainError } from '../../../domain/errors.ts';
import { toWireRecovery } from '../../wire/recovery.ts';
import { confirmedFirst } from '../answers/confirmed-first.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import type { SessionCookie } from '../cookies/session-cookie.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { guessPlace } from '../requests/client-address.ts';
import { limitBodies } from '../requests/limit-bodies.ts';

const PATH = '/account/recovery';
const MAX_FORM_BYTES = 8 * 1024;

const asked = z.object({ username: z.string(), code: z.string(), new: z.string() });

const ids = z.array(z.string()).check(z.maxLength(100));
const kept = z.object({ passkeys: ids, sessions: ids });
/** Boxes of a form: `passkey:<id>` and `session:<id>`. */
const boxes = z.record(z.string(), z.string());

interface Deps {
  readonly useCases: Pick<UseCases, 'recoverAccount' | 'viewRecovery' | 'settleRecovery'>;
  readonly pages: Pages;
  readonly cookie: SessionCookie;
  readonly reporting: Reporting;
}

/** A recovery code in place of a forgotten password, and what stays after a recovery. */
export function recoveryRoutes(deps: Deps): Hono<Env> {
  const { pages, reporting } = deps;
  const routes = new Hono<Env>();

  routes.get('/auth/recover', (c) =>
    c.html(pages.recover({ theme: cookieTheme(c), username: c.req.query('username') ?? '' })),
  );

  routes.post('/auth/recover', limitBodies(MAX_FORM_BYTES), async (c) => {
    const type = mediaType(c, 'application/json', 'application/x-www-form-urlencoded');
    if (type === 'application/json') {
      const { user } = await recover(deps, c, await readJson(c, asked));
      return c.json({ id: user.id, username: user.username, signed_in: false });
    }
    const form = await readForm(c, asked);
    return answerForm(c, {
      reporting,
      codes: ['wrong_credentials', 'invalid_username', 'invalid_password', 'too_many_requests'],
      page: async ({ code, message }) =>
        pages.recover({
          ...{ theme: cookieTheme(c), username: form.username },
          problem: { field: FIELDS[code] ?? 'code', detail: message },
        }),
      async work() {
        const { ticket } = await recover(deps, c, form);
        return c.html(pages.code({ theme: cookieTheme(c), ticket, next: '/reset', isRecovered: true }));
      },
    });
  });

  addKeeping(routes, deps);
  return routes;
}

const FIELDS: Partial<Record<DomainError['code'], 'username' | 'new'>> = {
  invalid_username: 'username',
  invalid_password: 'new',
};

function addKeeping(routes: Hono<Env>, deps: Deps): void {
  const { useCases, pages } = deps;

  routes.get(PATH, async (c) => {
    const actor = requireActor(c);
    const held = toWireRecovery(await useCases.viewRecovery(actor));
    if (!wantsPage(c)) return c.json(held);
    return c.html(pages.resetDone({ theme: cookieTheme(c), user: actor.user, held, isAsked: true }));
  });

  routes.post(PATH, async (c) => {
    requireActor(c);
    if (mediaType(c, 'application/json', 'application/x-www-form-urlencoded') === 'application/json')
      return c.json(await settle(deps, c, await readJson(c, kept)));
    const checked = Object.keys(await readForm(c, boxes));
    return confirmedFirst(c, PATH, async () => {
      await settle(deps, c, { passkeys: named(checked, 'passkey:'), sessions: named(checked, 'session:') });
      return c.redirect(PATH, 303);
    });
  });
}

const named = (fields: readonly string[], prefix: string): readonly string[] =>
  fields.filter((field) => field.startsWith(prefix)).map((field) => field.slice(prefix.length));

async function recover(
  { useCases, cookie, reporting }: Deps,
  c: RequestContext,
  { username, code, new: password }: z.infer<typeof asked>,
): Promise<RecoveredAccount> {
  try {
    const given = { username, code, password, presentedTokens: cookie.read(c), ...guessPlace(c) };
    const recovered = await useCases.recoverAccount(given);
    cookie.clear(c);
    reporting.accountRecovered(c, recovered);
    return recovered;
  } catch (error) {
    if (error instanceof DomainError) reporting.signInRefused(c, error);
    throw error;
  }
}

async function settle({ useCases, reporting }: Deps, c: RequestContext, what: Kept): Promise<SettledRecovery> {
  const actor = requireActor(c);
  const settled = await useCases.settleRecovery(actor, what);
  reporting.recoverySettled(c, actor, settled);
  return settled;
}
