import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { toWire } from '../../wire/message.ts';
import { toWireVersion, VERSIONS_PER_PAGE, versionRows } from '../../wire/versions.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { limitIn, placeIn, positionIn, revisionIn } from '../requests/path-ids.ts';

const MAX_VERSIONS = 50;

interface Deps {
  readonly useCases: Pick<UseCases, 'viewVersions' | 'eraseVersion'>;
  readonly pages: Pages;
}

/** The texts that a message has had. */
export function versionRoutes(deps: Deps): Hono<Env> {
  const { useCases } = deps;
  const routes = new Hono<Env>();

  const answerVersions = async (c: RequestContext, before?: ReturnType<typeof revisionIn>) => {
    const limit = limitIn(c.req.query('limit'), { max: MAX_VERSIONS, usual: MAX_VERSIONS });
    const { versions } = await useCases.viewVersions(requireActor(c), { ...placeIn(c), before, limit });
    return c.json({ versions: versions.map(toWireVersion) });
  };

  routes.get('/chat/:id/messages/:position/versions', async (c) => {
    const before = revisionIn(c.req.query('before'));
    return wantsPage(c) ? c.html(await versionsPage(deps, c, before)) : answerVersions(c, before);
  });

  routes.delete('/chat/:id/messages/:position/versions/:revision', async (c) => {
    await useCases.eraseVersion(requireActor(c), versionIn(c));
    return answerVersions(c);
  });

  routes.post('/chat/:id/messages/:position/versions/:revision/erase', async (c) => {
    const { chatId, position } = versionIn(c);
    await useCases.eraseVersion(requireActor(c), versionIn(c));
    return c.redirect(`/chat/${chatId}/messages/${position}/versions`, 303);
  });

  return routes;
}

const versionIn = (c: RequestContext) => ({ ...placeIn(c), revision: positionIn(c.req.param('revision') ?? '') });

async function versionsPage(
  { useCases, pages }: Deps,
  c: RequestContext,
  before: ReturnType<typeof revisionIn>,
): Promise<string> {
  const actor = requireActor(c);
  const place = { ...placeIn(c), before, limit: VERSIONS_PER_PAGE };
  const { chat, message, versions, next, mayErase } = await useCases.viewVersions(actor, place);
  const rows = versionRows([...versions, ...(next ? [next] : [])].map(toWireVersion));
  const older = next ? (versions.at(-1)?.revision ?? null) : null;
  const page = { theme: cookieTheme(c), user: actor.user, chat, message: toWire(message), rows, older, mayErase };
  return pages.versions({ ...page, isNewest: before === undefined });
}
