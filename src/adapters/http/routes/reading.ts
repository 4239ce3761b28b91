import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Mute } from '../../../application/use-cases/reading/set-level.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { revision } from '../../../domain/chats/chat.ts';
import { LEVELS } from '../../../domain/reading/level.ts';
import { toWireSummary } from '../../wire/chat-summary.ts';
import { positionShape, readClaim } from '../../wire/client-frames.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import { type Env, type RequestContext, requireActor } from '../env.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { chatIdIn, positionIn } from '../requests/path-ids.ts';

const read = z.object(readClaim);
const unread = z.object({ position: positionShape });
const newLevel = z.object({
  level: z.optional(z.enum(LEVELS)),
  muted_until: z.optional(z.nullable(z.iso.datetime({ offset: true }))),
});
/** Hours, `off`, or nothing to leave it as it is. */
const MUTES = ['', 'off', '1', '8', '24', '168'] as const;
const HOUR_MS = 3_600_000;
const levelForm = z.object({ level: z.enum(LEVELS), mute: z.optional(z.enum(MUTES)) });
/** As pages send it. */
const newPinned = z.object({ pinned: z.enum(['on', 'off']) });
/** As pages without script send it. */
const place = z.object({ position: z.string(), back: z.optional(z.literal('catch-up')) });

type Reading = Pick<UseCases, 'markRead' | 'markUnread' | 'setLevel' | 'setPinned' | 'viewChatSummary'>;

/** How far the caller has read a chat, and of what in it they are notified. */
export function readingRoutes({ useCases }: { readonly useCases: Reading }): Hono<Env> {
  const { markRead, markUnread, viewChatSummary } = useCases;
  const routes = new Hono<Env>();
  addLevels(routes, useCases);
  addPinned(routes, useCases);

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
    const { actor, chatId, position, back } = await formIn(c);
    await markRead(actor, { chatId, position, version: undefined });
    return c.redirect(back ? `/${back}` : `/chat/${chatId}`, 303);
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
    const { level, muted_until: until } = await readJson(c, newLevel);
    if (level === undefined && until === undefined)
      throw new HttpRefusal('bad_request', 'Send a level or muted_until.');
    const mute = typeof until === 'string' ? { until: Date.parse(until) } : until;
    await setLevel(actor, { chatId, level, mute });
    return c.json(toWireSummary(await viewChatSummary(actor, chatId)));
  });

  routes.post('/chat/:id/level', async (c) => {
    const [actor, chatId] = [requireActor(c), chatIdIn(c.req.param('id'))];
    mediaType(c, 'application/x-www-form-urlencoded');
    const { level, mute = '' } = await readForm(c, levelForm);
    await setLevel(actor, { chatId, level, mute: muteIn(mute) });
    return c.redirect(`/chat/${chatId}/members`, 303);
  });
}

function muteIn(mute: (typeof MUTES)[number]): Mute | undefined {
  if (mute === '') return undefined;
  return mute === 'off' ? null : { forMs: Number(mute) * HOUR_MS };
}

/** Pins and unpins chats in the list of the caller. */
function addPinned(routes: Hono<Env>, { setPinned, viewChatSummary }: Reading): void {
  for (const [method, pinned] of [
    ['put', true],
    ['delete', false],
  ] as const) {
    routes[method]('/chat/:id/pin', async (c) => {
      const [actor, chatId] = [requireActor(c), chatIdIn(c.req.param('id'))];
      await setPinned(actor, { chatId, pinned });
      return c.json(toWireSummary(await viewChatSummary(actor, chatId)));
    });
  }

  routes.post('/chat/:id/pin', async (c) => {
    const [actor, chatId] = [requireActor(c), chatIdIn(c.req.param('id'))];
    mediaType(c, 'application/x-www-form-urlencoded');
    const { pinned } = await readForm(c, newPinned);
    await setPinned(actor, { chatId, pinned: pinned === 'on' });
    return c.redirect(`/chat/${chatId}`, 303);
  });
}

async function formIn(c: RequestContext) {
  const [actor, chatId] = [requireActor(c), chatIdIn(c.req.param('id') ?? '')];
  mediaType(c, 'application/x-www-form-urlencoded');
  const { position, back } = await readForm(c, place);
  return { actor, chatId, position: positionIn(position), back };
}
