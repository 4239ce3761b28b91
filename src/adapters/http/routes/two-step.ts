import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { oneTimeAddress } from '../../wire/one-time-address.ts';
import { confirmedFirst } from '../answers/confirmed-first.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting, TwoStepChange } from '../answers/reporting.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { TwoStepPage } from '../pages/account-pages.ts';
import type { Pages } from '../pages/pages.ts';
import { qrCode } from '../pages/qr-code.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { guessPlace } from '../requests/client-address.ts';
import { safeNext } from '../requests/next-path.ts';

const PATH = '/account/two-step';

const codeShape = z.object({ code: z.string() });
const confirmation = z.object({ password: z.string(), code: z.optional(z.string()) });
const confirmationForm = z.extend(confirmation, { next: z.optional(z.string()) });

interface Deps {
  readonly useCases: Pick<
    UseCases,
    | 'viewTwoStep'
    | 'viewPasskeys'
    | 'beginTwoStep'
    | 'enableTwoStep'
    | 'disableTwoStep'
    | 'renewRecoveryCodes'
    | 'confirmIdentity'
  >;
  readonly pages: Pages;
  readonly reporting: Reporting;
  readonly publicOrigin: string | undefined;
}

/** The second step of signing in: codes of an app, and recovery codes. */
export function twoStepRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get(PATH, async (c) => {
    if (wantsPage(c)) return c.html(await page(deps, c));
    const { isEnabled, recoveryLeft, isConfirmed } = await deps.useCases.viewTwoStep(requireActor(c));
    return c.json({ enabled: isEnabled, recovery_codes: recoveryLeft, confirmed: isConfirmed });
  });
  addSettingUp(routes, deps);
  addForms(routes, deps);
  addConfirmation(routes, deps);
  return routes;
}

/** As programs ask for it. */
function addSettingUp(routes: Hono<Env>, deps: Deps): void {
  const { useCases } = deps;

  routes.post(PATH, async (c) => {
    const actor = requireActor(c);
    return confirmedFirst(c, PATH, async () => {
      const secret = await useCases.beginTwoStep(actor);
      if (wantsPage(c)) return c.redirect(PATH, 303);
      return c.json({ secret, address: addressOf(deps, c, secret) }, 201);
    });
  });

  routes.put(PATH, async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/json');
    const codes = await useCases.enableTwoStep(actor, (await readJson(c, codeShape)).code);
    report(deps, c, 'enabled');
    return c.json({ recovery_codes: codes });
  });

  routes.delete(PATH, async (c) => {
    if (await useCases.disableTwoStep(requireActor(c))) report(deps, c, 'disabled');
    return c.body(null, 204);
  });

  routes.post(`${PATH}/recovery-codes`, async (c) => {
    const actor = requireActor(c);
    return confirmedFirst(c, PATH, async () => {
      const codes = await useCases.renewRecoveryCodes(actor);
      report(deps, c, 'codes_renewed');
      return wantsPage(c) ? c.html(await page(deps, c, { codes })) : c.json({ recovery_codes: codes });
    });
  });
}

/** As pages without script send it. */
function addForms(routes: Hono<Env>, deps: Deps): void {
  const { useCases, reporting } = deps;

  routes.post(`${PATH}/enable`, async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/x-www-form-urlencoded');
    const { code } = await readForm(c, codeShape);
    return confirmedFirst(c, PATH, () =>
      answerForm(c, {
        reporting,
        codes: ['wrong_code', 'too_many_requests'],
        page: ({ message }) => page(deps, c, { problem: message }),
        async work() {
          const codes = await useCases.enableTwoStep(actor, code);
          report(deps, c, 'enabled');
          return c.html(await page(deps, c, { codes }));
        },
      }),
    );
  });

  routes.post(`${PATH}/disable`, async (c) => {
    const actor = requireActor(c);
    return confirmedFirst(c, PATH, async () => {
      if (await useCases.disableTwoStep(actor)) report(deps, c, 'disabled');
      return c.redirect(PATH, 303);
    });
  });
}

function addConfirmation(routes: Hono<Env>, deps: Deps): void {
  const { useCases, reporting } = deps;
  const confirm = (c: RequestContext, { password, code = '' }: z.infer<typeof confirmation>) => {
    return useCases.confirmIdentity(requireActor(c), { password, code, ...guessPlace(c) });
  };

  routes.get('/account/confirm', async (c) => c.html(await confirmPage(deps, c, c.req.query('next'))));

  routes.post('/account/confirm', async (c) => {
    requireActor(c);
    if (mediaType(c, 'application/json', 'application/x-www-form-urlencoded') === 'application/json') {
      await confirm(c, await readJson(c, confirmation));
      return c.body(null, 204);
    }
    const sent = await readForm(c, confirmationForm);
    return answerForm(c, {
      reporting,
      codes: ['wrong_password', 'wrong_code', 'invalid_password', 'too_many_requests'],
      page: (problem) => confirmPage(deps, c, sent.next, problem),
      async work() {
        await confirm(c, sent);
        return c.redirect(safeNext(sent.next ?? PATH), 303);
      },
    });
  });
}

async function page({ useCases, pages, publicOrigin }: Deps, c: RequestContext, shown: Shown = {}): Promise<string> {
  const actor = requireActor(c);
  const { secret, ...state } = await useCases.viewTwoStep(actor);
  const setUp = secret === undefined ? undefined : { secret, qr: qrCode(addressOf({ publicOrigin }, c, secret)) };
  return pages.twoStep({ theme: cookieTheme(c), user: actor.user, ...state, setUp, ...shown });
}

type Shown = Pick<TwoStepPage, 'codes' | 'problem'>;

async function confirmPage(
  { useCases, pages }: Deps,
  c: RequestContext,
  next: string | undefined,
  problem?: { readonly code: string; readonly message: string },
): Promise<string> {
  const { user, ...actor } = requireActor(c);
  const { isEnabled } = await useCases.viewTwoStep({ user, ...actor });
  const { passkeys } = await useCases.viewPasskeys({ user, ...actor });
  const ways = { isEnabled, hasPasskeys: passkeys.some(({ heldAt }) => heldAt === null) };
  const said = problem && {
    field: problem.code === 'wrong_code' ? ('code' as const) : ('password' as const),
    detail: problem.message,
  };
  return pages.confirm({ theme: cookieTheme(c), user, next: safeNext(next ?? PATH), ...ways, problem: said });
}

const addressOf = ({ publicOrigin }: Pick<Deps, 'publicOrigin'>, c: RequestContext, secret: string): string =>
  oneTimeAddress({ secret, username: requireActor(c).user.username, host: new URL(publicOrigin ?? c.req.url).host });

const report = ({ reporting }: Deps, c: RequestContext, change: TwoStepChange): void =>
  reporting.twoStepChanged(c, requireActor(c), change);
