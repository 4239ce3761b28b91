import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { toWireSummary } from '../../wire/chat-summary.ts';
import { toWireMissed } from '../../wire/missed.ts';
import { cookieLook } from '../cookies/look.ts';
import { type Env, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { newFormId } from '../requests/form-ids.ts';
import { shownChatsIn } from '../requests/shown-chats.ts';

/** What the caller missed since they last read their chats. */
export function catchUpRoutes(deps: {
  readonly useCases: Pick<UseCases, 'viewMissed'>;
  readonly pages: Pages;
}): Hono<Env> {
  const { useCases, pages } = deps;
  const routes = new Hono<Env>();

  routes.get('/catch-up', async (c) => {
    const actor = requireActor(c);
    const { missed, chats } = await useCases.viewMissed(actor);
    if (!wantsPage(c)) return c.json({ chats: missed.map(toWireMissed) });
    const rail = { user: actor.user, show: shownChatsIn(c), chats: chats.map(toWireSummary), formId: newFormId() };
    return c.html(pages.catchUp({ ...cookieLook(c), ...rail, missed: missed.map(toWireMissed) }));
  });

  return routes;
}
