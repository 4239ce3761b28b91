import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { actId } from '../../../domain/moderation/act.ts';
import { toWireAudit } from '../../wire/audit.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { chatIdIn, limitIn, positionIn, revisionIn } from '../requests/path-ids.ts';

const USUAL_PAGE = 50;
const MAX_PAGE = 100;

interface Deps {
  readonly useCases: Pick<UseCases, 'viewAudit' | 'undoAct'>;
  readonly pages: Pages;
}

/** What owners and moderators did, and undoing it. */
export function auditRoutes({ useCases, pages }: Deps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/chat/:id/audit', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const before = revisionIn(c.req.query('before'));
    const limit = limitIn(c.req.query('limit'), { max: MAX_PAGE, usual: USUAL_PAGE });
    const found = await useCases.viewAudit(actor, { chatId, before: before && actId(before), limit });
    const audit = toWireAudit(found);
    if (!wantsPage(c)) return c.json(audit);
    return c.html(pages.audit({ theme: cookieTheme(c), user: actor.user, chat: found.chat, audit }));
  });

  routes.post('/chat/:id/audit/:act_id/undo', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const id = actId(positionIn(c.req.param('act_id')));
    await useCases.undoAct(actor, { chatId, id });
    return wantsPage(c) ? c.redirect(`/chat/${chatId}/audit`, 303) : c.json({ id, undone: true });
  });

  return routes;
}
