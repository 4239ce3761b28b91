import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { revision } from '../../../domain/chats/chat.ts';
import { LEVELS } from '../../../domain/reading/level.ts';
import { toWireSummary } from '../../wire/chat-summary.ts';
import { positionShape, readClaim } from '../../wire/client-frames.ts';
import { type Env, type RequestContext, requireActor } from '../env.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { chatIdIn, positionIn } from '../requests/path-ids.ts';

const read = z.object(readClaim);
const unread = z.object({ position: positionShape });
const newLevel = z.object({ level: z.enum(LEVELS) });
/** As pages without script send it. */
const place = z.object({ position: z.string() });

type Reading = Pick<UseCases, 'markRead' | 'markUnread' | 'setLevel' | 'viewChatSummary'>;

/** How far the caller has read a chat, and of what in it they are notified. */
export function readingRoutes({ useCases }: { readonly useCases: Reading }): Hono<Env> {
  const { markRead, markUnread, viewChatSummary } = useCases;
  const routes = new Hono<Env>();
  addLevels(routes, useCases);

  routes.put('/chat/:id/read', async (c) => {
    const [actor, chatId] = [requireActor(c), chatIdIn(c.req.param('id'))];
    mediaType(c, 'application/json');
    const { position, read_version: version } = await readJson(c, read);
    await markRead(actor, { chatId, position: revision(position), version });
    return c.json(toWireSummary(await viewChatSummary(actor, chatId)));
  });

  routes.put('/chat/:id/unread', async (c) => {
    const [actor, chatId] = [requireActor(c), chatIdIn(c.req.param('id'))];
    mediaType(c, 'application/json');
    const { position } = await readJson(c, unread);
    await markUnread(actor, { chatId, position: revision(position) });
    return c.json(toWireSummary(await viewChatSummary(actor, chatId)));
  });

  routes.post('/chat/:id/read', async (c) => {
    const { actor, chatId, position } = await formIn(c);
    await markRead(actor, { chatId, position, version: undefined });
    return c.redirect(`/chat/${chatId}`, 303);
  });

  routes.post('/chat/:id/unread', async (c) => {
    const { actor, chatId, position } = await formIn(c);
    await markUnread(actor, { chatId, position });
    return c.redirect(`/chat/${chatId}`, 303);
  });

  return routes;
}

function addLevels(routes: Hono<Env>, { setLevel, viewChatSummary }: Reading): void {
  routes.put('/chat/:id/level', async (c) => {
    const [actor, chatId] = [requireActor(c), chatIdIn(c.req.param('id'))];
    mediaType(c, 'application/json');
    const { level } = await readJson(c, newLevel);
    await setLevel(actor, { chatId, level });
    return c.json(toWireSummary(await viewChatSummary(actor, chatId)));
  });

  routes.post('/chat/:id/level', async (c) => {
    const [actor, chatId] = [requireActor(c), chatIdIn(c.req.param('id'))];
    mediaType(c, 'application/x-www-form-urlencoded');
    const { level } = await readForm(c, newLevel);
    await setLevel(actor, { chatId, level });
    return c.redirect(`/chat/${chatId}/members`, 303);
  });
}

async function formIn(c: RequestContext) {
  const [actor, chatId] = [requireActor(c), chatIdIn(c.req.param('id') ?? '')];
  mediaType(c, 'application/x-www-form-urlencoded');
  return { actor, chatId, position: positionIn((await readForm(c, place)).position) };
}
