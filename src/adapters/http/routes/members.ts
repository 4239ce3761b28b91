import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Actor } from '../../../application/actor.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { DomainError, type ErrorCode } from '../../../domain/errors.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { toWireMembers } from '../../wire/members.ts';
import { statusOf } from '../answers/errors.ts';
import { themeOf } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { chatIdIn, joiningPlaceIn, limitIn, userIdIn } from '../requests/path-ids.ts';

const USUAL_PAGE = 100;
const LARGEST_PAGE = 100;

/** Maximum number of leaves remembered. */
const MAX_LEFT = 10_000;

const newName = z.object({ chat_name: z.string() });

/** Who is in a chat, and what its owner may change of that. */
export function memberRoutes(deps: {
  readonly useCases: Pick<UseCases, 'viewMembers' | 'renameChat' | 'removeMember' | 'leaveChat'>;
  readonly pages: Pages;
}): Hono<Env> {
  const { useCases, pages } = deps;
  const left = recentlyLeft();
  const routes = new Hono<Env>();

  routes.get('/chat/:id/members', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const after = joiningPlaceIn(c.req.query('after'));
    const limit = limitIn(c.req.query('limit'), { most: LARGEST_PAGE, usual: USUAL_PAGE });
    const members = toWireMembers(actor.user, await useCases.viewMembers(actor, { chatId, after, limit }));
    return wantsPage(c) ? c.html(pages.members({ theme: themeOf(c), user: actor.user, members })) : c.json(members);
  });

  routes.post('/chat/:id/name', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const type = mediaType(c, 'application/json', 'application/x-www-form-urlencoded');
    if (type === 'application/x-www-form-urlencoded') return renameByForm(c, actor, chatId);
    const { chat_name } = await readJson(c, newName);
    const { id, name } = await useCases.renameChat(actor, { chatId, name: chat_name });
    return c.json({ id, name });
  });

  routes.post('/chat/:id/members/:user_id/remove', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const userId = userIdIn(c.req.param('user_id'));
    await isDone(c, 'not_found', useCases.removeMember(actor, { chatId, userId }));
    return c.redirect(`/chat/${chatId}/members`, 303);
  });

  routes.post('/chat/:id/leave', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const leaving = useCases.leaveChat(actor, chatId);
    await (left.has(actor, chatId) ? isDone(c, 'forbidden', leaving) : leaving);
    left.add(actor, chatId);
    return c.redirect('/', 303);
  });

  async function renameByForm(c: RequestContext, actor: Actor, chatId: ChatId): Promise<Response> {
    const { chat_name } = await readForm(c, newName);
    try {
      await useCases.renameChat(actor, { chatId, name: chat_name });
      return c.redirect(`/chat/${chatId}`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'invalid_chat_name' || !wantsPage(c)) throw error;
      const members = toWireMembers(actor.user, await useCases.viewMembers(actor, { chatId, limit: USUAL_PAGE }));
      const refused = { problem: error.message, name: chat_name };
      return c.html(pages.members({ theme: themeOf(c), user: actor.user, members, refused }), statusOf(error));
    }
  }

  return routes;
}

/**
 * Who left which chat lately, in this process: a second form of theirs is none of a stranger, to whom a chat that is closed
 * and one that does not exist look the same.
 */
function recentlyLeft() {
  const left = new Set<string>();
  const key = ({ user }: Actor, chatId: ChatId) => `${user.id} ${chatId}`;
  return {
    has: (actor: Actor, chatId: ChatId): boolean => left.has(key(actor, chatId)),
    add(actor: Actor, chatId: ChatId): void {
      left.add(key(actor, chatId));
      const [oldest] = left;
      if (left.size > MAX_LEFT && oldest !== undefined) left.delete(oldest);
    },
  };
}

/** A form that is sent twice leads where it led at first, since what it asks for is so already. Programs are told. */
async function isDone(c: RequestContext, already: ErrorCode, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== already || !wantsPage(c)) throw error;
  }
}
