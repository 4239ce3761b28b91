import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { DomainError } from '../../../domain/errors.ts';
import { wordsChoice } from '../../../domain/identity/erasure.ts';
import { confirmedFirst } from '../answers/confirmed-first.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import type { SessionCookie } from '../cookies/session-cookie.ts';
import { cookieTheme } from '../cookies/theme.ts';
import type { UndoneCookie } from '../cookies/undone-cookie.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import { answerArchive } from '../export/answer-archive.ts';
import { exportFiles } from '../export/export-files.ts';
import type { DeletePage } from '../pages/account-pages.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';

const DELETION = '/account/delete';
const EXPORT = '/account/export';

const deletion = z.object({ words: z.string(), username: z.string() });

interface Deps {
  readonly useCases: Pick<UseCases, 'viewDeletion' | 'deleteAccount' | 'exportAccount'>;
  readonly pages: Pages;
  readonly cookie: SessionCookie;
  readonly undoneCookie: UndoneCookie;
  readonly reporting: Reporting;
}

/** Leaving for good, and taking one's data along. */
export function leavingRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  addDeletion(routes, deps);
  addExport(routes, deps);
  return routes;
}

function addDeletion(routes: Hono<Env>, deps: Deps): void {
  const { useCases, reporting, undoneCookie } = deps;

  routes.get(DELETION, (c) =>
    confirmedFirst(c, DELETION, async () => {
      if (wantsPage(c)) return c.html(await deletionPage(deps, c));
      const { owned, mayGo } = await useCases.viewDeletion(requireActor(c));
      const chats = owned.map(({ id, name, heir }) => ({ id, name, heir: heir ?? null }));
      return c.json({ owned: chats, may_delete: mayGo });
    }),
  );

  routes.delete('/account', async (c) => {
    requireActor(c);
    mediaType(c, 'application/json');
    await remove(deps, c, await readJson(c, deletion));
    return c.body(null, 204);
  });

  routes.post(DELETION, async (c) => {
    requireActor(c);
    mediaType(c, 'application/x-www-form-urlencoded');
    const sent = await readForm(c, deletion);
    return confirmedFirst(c, DELETION, () =>
      answerForm(c, {
        reporting,
        codes: ['invalid_username', 'last_administrator', 'bad_request', 'unavailable'],
        page: ({ code, message }) => deletionPage(deps, c, { words: sent.words, problem: { code, detail: message } }),
        async work() {
          await remove(deps, c, sent);
          undoneCookie.set(c, 'deleted');
          return c.redirect('/auth', 303);
        },
      }),
    );
  });
}

/** Also what this browser keeps of the person ends: drafts, and copies of pages. */
async function remove(
  { useCases, cookie, reporting }: Deps,
  c: RequestContext,
  { words, username }: z.infer<typeof deletion>,
): Promise<void> {
  const actor = requireActor(c);
  const choice = wordsChoice(words);
  await useCases.deleteAccount(actor, { words: choice, username });
  reporting.accountDeleted(c, actor, choice);
  cookie.clear(c);
  c.header('Clear-Site-Data', '"storage"');
}

async function deletionPage(
  { useCases, pages }: Deps,
  c: RequestContext,
  shown: Pick<DeletePage, 'words' | 'problem'> = {},
): Promise<string> {
  const actor = requireActor(c);
  const outlook = await useCases.viewDeletion(actor);
  return pages.accountDelete({ theme: cookieTheme(c), user: actor.user, ...outlook, ...shown });
}

function addExport(routes: Hono<Env>, deps: Deps): void {
  const { pages, reporting } = deps;
  const page = (c: RequestContext, problem?: string) =>
    pages.accountExport({ theme: cookieTheme(c), user: requireActor(c).user, problem });

  routes.get(EXPORT, async (c) => {
    requireActor(c);
    return wantsPage(c) ? c.html(page(c)) : archive(deps, c);
  });

  routes.post(EXPORT, async (c) => {
    requireActor(c);
    return confirmedFirst(c, EXPORT, () =>
      answerForm(c, {
        reporting,
        codes: ['conflict', 'too_many_requests'],
        page: async ({ message }) => page(c, message),
        work: () => archive(deps, c),
      }),
    );
  });
}

async function archive({ useCases, pages, reporting }: Deps, c: RequestContext): Promise<Response> {
  const actor = requireActor(c);
  // It would take its turn, and nobody would read it.
  if (c.req.method === 'HEAD') throw new DomainError('bad_request', 'An export is made by GET or POST.');
  const account = await useCases.exportAccount(actor);
  reporting.accountExported(c, actor);
  const entries = exportFiles(account, pages.exported);
  return answerArchive(c, { name: 'shoal', at: account.at, entries, close: () => account.close() });
}
