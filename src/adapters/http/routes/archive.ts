import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { mayArchive } from '../../../domain/chats/permissions.ts';
import { toWireSummary } from '../../wire/chat-summary.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { chatIdIn } from '../requests/path-ids.ts';

const archiveForm = z.object({ archived: z.enum(['true', 'false']) });
const retention = z.object({ days: z.number() });
const retentionForm = z.object({ days: z.string().check(z.regex(/^[0-9]{1,9}$/)) });

interface Deps {
  readonly useCases: Pick<UseCases, 'setArchived' | 'setRetention' | 'viewArchivedChats'>;
  readonly pages: Pages;
}

/** Archived chats, and how long the messages of a chat are kept. */
export function archiveRoutes(deps: Deps): Hono<Env> {
  const { useCases, pages } = deps;
  const routes = new Hono<Env>();

  routes.get('/chats/archived', async (c) => {
    const actor = requireActor(c);
    const chats = (await useCases.viewArchivedChats(actor)).map((chat) => ({
      ...toWireSummary(chat),
      may_bring_back: mayArchive(chat.reading),
    }));
    if (!wantsPage(c)) return c.json({ chats });
    return c.html(pages.archived({ theme: cookieTheme(c), user: actor.user, chats }));
  });

  routes.put('/chat/:id/archive', async (c) => {
    const chatId = chatIdIn(c.req.param('id'));
    await useCases.setArchived(requireActor(c), { chatId, isArchived: true });
    return c.json({ archived: true });
  });

  routes.delete('/chat/:id/archive', async (c) => {
    const chatId = chatIdIn(c.req.param('id'));
    await useCases.setArchived(requireActor(c), { chatId, isArchived: false });
    return c.json({ archived: false });
  });

  routes.post('/chat/:id/archive', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    mediaType(c, 'application/x-www-form-urlencoded');
    const { archived } = await readForm(c, archiveForm);
    await useCases.setArchived(actor, { chatId, isArchived: archived === 'true' });
    return c.redirect(`/chat/${chatId}`, 303);
  });

  addRetention(routes, deps);
  return routes;
}

function addRetention(routes: Hono<Env>, { useCases }: Deps): void {
  routes.put('/chat/:id/retention', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    mediaType(c, 'application/json');
    const { days } = await readJson(c, retention);
    await useCases.setRetention(actor, { chatId, days });
    return c.json({ days });
  });

  routes.post('/chat/:id/retention', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    mediaType(c, 'application/x-www-form-urlencoded');
    const { days } = await readForm(c, retentionForm);
    await useCases.setRetention(actor, { chatId, days: Number(days) });
    return c.redirect(`/chat/${chatId}/members`, 303);
  });
}
