import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { toWireTally } from '../../wire/message.ts';
import { type Env, type RequestContext, requireActor } from '../env.ts';
import { mediaType, readForm } from '../requests/bodies.ts';
import { placeIn } from '../requests/path-ids.ts';

const AT = '/chat/:id/messages/:position/reactions';

/** As pages without script send it: the emoji to set, or the one to take back. */
const reaction = z.union([z.object({ on: z.string() }), z.object({ off: z.string() })]);

/** Reactions to a message. */
export function reactionRoutes(deps: { readonly useCases: Pick<UseCases, 'reactToMessage'> }): Hono<Env> {
  const { reactToMessage } = deps.useCases;
  const routes = new Hono<Env>();

  async function react(c: RequestContext, on: boolean): Promise<Response> {
    const [actor, place, emoji] = [requireActor(c), placeIn(c), c.req.param('emoji') ?? ''];
    const { reactions } = await reactToMessage(actor, { ...place, emoji, on });
    return c.json({ reactions: reactions.map(toWireTally) });
  }

  routes.put(`${AT}/:emoji`, (c) => react(c, true));
  routes.delete(`${AT}/:emoji`, (c) => react(c, false));

  routes.post(AT, async (c) => {
    const [actor, place] = [requireActor(c), placeIn(c)];
    mediaType(c, 'application/x-www-form-urlencoded');
    const asked = await readForm(c, reaction);
    const [emoji, on] = 'on' in asked ? [asked.on, true] : [asked.off, false];
    await reactToMessage(actor, { ...place, emoji, on });
    return c.redirect(`/chat/${place.chatId}/at/${place.position}`, 303);
  });

  return routes;
}
