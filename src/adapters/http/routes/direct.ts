import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Actor } from '../../../application/actor.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { toWireSummary } from '../../wire/chat-summary.ts';
import { type Env, type RequestContext, requireActor } from '../env.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { userIdIn } from '../requests/path-ids.ts';

/** More than a chat can have: names may be repeated, in other spellings too. */
const MAX_NAMES = 100;

const people = z.object({ usernames: z.array(z.string()).check(z.maxLength(MAX_NAMES)) });
/** As pages without script send it. */
const person = z.object({ username: z.string() });

type Direct = Pick<UseCases, 'openDirectChat' | 'setBlock' | 'viewBlocks' | 'viewChatSummary'>;

/** Direct chats, and the people whom the caller blocks. */
export function directRoutes({ useCases }: { readonly useCases: Direct }): Hono<Env> {
  const { openDirectChat, setBlock, viewBlocks, viewChatSummary } = useCases;
  const routes = new Hono<Env>();
  const blocksOf = async (c: RequestContext, actor: Actor) =>
    c.json({ blocks: (await viewBlocks(actor)).map(({ id, username }) => ({ id, username })) });

  routes.post('/direct', async (c) => {
    const actor = requireActor(c);
    if (mediaType(c, 'application/json', 'application/x-www-form-urlencoded') !== 'application/json') {
      const { username } = await readForm(c, person);
      const { chatId } = await openDirectChat(actor, { usernames: [username] });
      return c.redirect(`/chat/${chatId}`, 303);
    }
    const { chatId, isNew } = await openDirectChat(actor, await readJson(c, people));
    const summary = toWireSummary(await viewChatSummary(actor, chatId));
    return isNew ? c.json(summary, 201, { Location: `/chat/${chatId}` }) : c.json(summary);
  });

  routes.get('/blocks', (c) => blocksOf(c, requireActor(c)));

  for (const [method, on] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const) {
    routes.on(method, '/blocks/:user_id', async (c) => {
      const actor = requireActor(c);
      await setBlock(actor, { userId: userIdIn(c.req.param('user_id')), on });
      return blocksOf(c, actor);
    });
  }

  return routes;
}
