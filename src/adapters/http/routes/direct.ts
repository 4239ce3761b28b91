import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Actor } from '../../../application/actor.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { toWireSummary } from '../../wire/chat-summary.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { userIdIn } from '../requests/path-ids.ts';

/** More than a chat can have: names may be repeated, in other spellings too. */
const MAX_NAMES = 100;

const people = z.object({ usernames: z.array(z.string()).check(z.maxLength(MAX_NAMES)) });
/** As pages without script send it: a person, and others, whose names have a colon between them, which no name contains. */
const person = z.object({ username: z.string(), others: z.optional(z.string()) });
const onOrOff = z.object({ on: z.enum(['true', 'false']) });

type Direct = Pick<UseCases, 'openDirectChat' | 'setBlock' | 'viewBlocks' | 'viewChatSummary'>;

interface Deps {
  readonly useCases: Direct;
  readonly pages: Pages;
}

/** Direct chats, and the people whom the caller blocks. */
export function directRoutes({ useCases, pages }: Deps): Hono<Env> {
  const { openDirectChat, viewChatSummary } = useCases;
  const routes = new Hono<Env>();
  addBlocks(routes, { useCases, pages });

  routes.post('/direct', async (c) => {
    const actor = requireActor(c);
    if (mediaType(c, 'application/json', 'application/x-www-form-urlencoded') !== 'application/json') {
      const { username, others } = await readForm(c, person);
      const { chatId } = await openDirectChat(actor, { usernames: [username, ...(others?.split(':') ?? [])] });
      return c.redirect(`/chat/${chatId}`, 303);
    }
    const { chatId, isNew } = await openDirectChat(actor, await readJson(c, people));
    const summary = toWireSummary(await viewChatSummary(actor, chatId));
    return isNew ? c.json(summary, 201, { Location: `/chat/${chatId}` }) : c.json(summary);
  });

  return routes;
}

function addBlocks(routes: Hono<Env>, { useCases: { setBlock, viewBlocks }, pages }: Deps): void {
  const blocksOf = async (actor: Actor) => (await viewBlocks(actor)).map(({ id, username }) => ({ id, username }));

  routes.get('/blocks', async (c) => {
    const actor = requireActor(c);
    const blocks = await blocksOf(actor);
    if (!wantsPage(c)) return c.json({ blocks });
    return c.html(pages.blocks({ theme: cookieTheme(c), user: actor.user, blocks }));
  });

  for (const [method, on] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const) {
    routes.on(method, '/blocks/:user_id', async (c) => {
      const actor = requireActor(c);
      await setBlock(actor, { userId: userIdIn(c.req.param('user_id')), on });
      return c.json({ blocks: await blocksOf(actor) });
    });
  }

  routes.post('/blocks/:user_id', async (c) => {
    const [actor, userId] = [requireActor(c), userIdIn(c.req.param('user_id'))];
    mediaType(c, 'application/x-www-form-urlencoded');
    await setBlock(actor, { userId, on: (await readForm(c, onOrOff)).on === 'true' });
    return c.redirect('/blocks', 303);
  });
}
