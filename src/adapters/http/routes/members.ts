import { Hono } from 'hono';
import { LRUCache } from 'lru-cache';
import * as z from 'zod/mini';
import type { Actor } from '../../../application/actor.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { GROUP_ROLES } from '../../../domain/chats/membership.ts';
import type { ErrorCode } from '../../../domain/errors.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { toWireMembers } from '../../wire/members.ts';
import { answerForm, isRefusal } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { isForm, mediaType, readForm, readJson, readOptionalJson } from '../requests/bodies.ts';
import { formHours } from '../requests/form-numbers.ts';
import { afterModerating, chatIdIn, joiningPlaceIn, limitIn, memberIn, personIn } from '../requests/path-ids.ts';

const USUAL_PAGE = 100;
const MAX_PAGE = 100;

/** Maximum departures remembered. */
const MAX_LEFT = 10_000;

const newName = z.object({ chat_name: z.string() });
const removal = z.object({ reason: z.optional(z.string()), delete_hours: z.optional(z.number()) });
const removalForm = z.object({ reason: z.optional(z.string()), delete_hours: formHours });
const newRole = z.object({ role: z.enum(GROUP_ROLES) });

interface Deps {
  readonly useCases: Pick<UseCases, 'viewMembers' | 'renameChat' | 'removeMember' | 'setRole' | 'leaveChat'>;
  readonly pages: Pages;
  readonly reporting: Reporting;
}

/** The members of a chat, its name, and leaving it. */
export function memberRoutes(deps: Deps): Hono<Env> {
  const { useCases, pages } = deps;
  const routes = new Hono<Env>();

  routes.get('/chat/:id/members', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const after = joiningPlaceIn(c.req.query('after'));
    const limit = limitIn(c.req.query('limit'), { max: MAX_PAGE, usual: USUAL_PAGE });
    const personId = personIn(c.req.query('person'));
    const page = await useCases.viewMembers(actor, { chatId, after, personId, limit });
    const members = toWireMembers(actor.user, page, personId);
    return wantsPage(c) ? c.html(pages.members({ theme: cookieTheme(c), user: actor.user, members })) : c.json(members);
  });

  routes.post('/chat/:id/name', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const type = mediaType(c, 'application/json', 'application/x-www-form-urlencoded');
    if (type === 'application/x-www-form-urlencoded') return renameByForm(deps, { c, actor, chatId });
    const { chat_name } = await readJson(c, newName);
    const { id, name } = await useCases.renameChat(actor, { chatId, name: chat_name });
    return c.json({ id, name });
  });

  routes.post('/chat/:id/members/:user_id/remove', async (c) => {
    const actor = requireActor(c);
    const member = memberIn(c);
    const { reason, delete_hours: deleteHours } = await removalIn(c);
    await doneOr('not_found', { c, work: useCases.removeMember(actor, { ...member, reason, deleteHours }) });
    return c.redirect(afterModerating(c, member.chatId) ?? `/chat/${member.chatId}/members`, 303);
  });

  addRoles(routes, deps);
  addLeaving(routes, deps);
  return routes;
}

function addRoles(routes: Hono<Env>, { useCases }: Deps): void {
  routes.put('/chat/:id/members/:user_id/role', async (c) => {
    const actor = requireActor(c);
    const member = memberIn(c);
    mediaType(c, 'application/json');
    const { role } = await readJson(c, newRole);
    await useCases.setRole(actor, { ...member, role });
    return c.json({ user_id: member.userId, role });
  });

  routes.post('/chat/:id/members/:user_id/role', async (c) => {
    const actor = requireActor(c);
    const member = memberIn(c);
    mediaType(c, 'application/x-www-form-urlencoded');
    const { role } = await readForm(c, newRole);
    await useCases.setRole(actor, { ...member, role });
    return c.redirect(`/chat/${member.chatId}/members`, 303);
  });
}

/** A body may be left out. */
async function removalIn(
  c: RequestContext,
): Promise<{ reason?: string | undefined; delete_hours?: number | undefined }> {
  if (isForm(c)) return readForm(c, removalForm);
  return (await readOptionalJson(c, removal)) ?? {};
}

/**
 * Remembers recent departures in this process. When the form is sent a second time, its sender is no stranger: only to
 * strangers a closed chat and one that does not exist look the same.
 */
function addLeaving(routes: Hono<Env>, { useCases }: Deps): void {
  // Each counts as one. With `max` the cache would allocate room for all of them at once.
  const left = new LRUCache<string, true>({ maxSize: MAX_LEFT, sizeCalculation: () => 1 });

  routes.post('/chat/:id/leave', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const departure = `${actor.user.id} ${chatId}`;
    const leaving = useCases.leaveChat(actor, chatId);
    await (left.has(departure) ? doneOr('forbidden', { c, work: leaving }) : leaving);
    left.set(departure, true);
    return c.redirect('/', 303);
  });
}

async function renameByForm(
  { useCases, pages, reporting }: Deps,
  { c, actor, chatId }: { readonly c: RequestContext; readonly actor: Actor; readonly chatId: ChatId },
): Promise<Response> {
  const { chat_name } = await readForm(c, newName);
  return answerForm(c, {
    reporting,
    codes: ['invalid_chat_name'],
    async page({ message }) {
      const members = toWireMembers(actor.user, await useCases.viewMembers(actor, { chatId, limit: USUAL_PAGE }));
      const refused = { problem: message, name: chat_name };
      return pages.members({ theme: cookieTheme(c), user: actor.user, members, refused });
    },
    async work() {
      await useCases.renameChat(actor, { chatId, name: chat_name });
      return c.redirect(`/chat/${chatId}`, 303);
    },
  });
}

/**
 * Awaits the work. A form that was sent twice leads where it led at first: `already` is the refusal that says that nothing is
 * left to do. Programs get that refusal.
 */
async function doneOr(
  already: ErrorCode,
  { c, work }: { readonly c: RequestContext; readonly work: Promise<void> },
): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isRefusal(error, [already]) || !wantsPage(c)) throw error;
  }
}
