import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { toWireBan } from '../../wire/bans.ts';
import { type Env, requireActor } from '../env.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { formHours } from '../requests/form-numbers.ts';
import { afterModerating, chatIdIn, memberIn } from '../requests/path-ids.ts';

const ban = z.object({
  hours: z.optional(z.nullable(z.number())),
  reason: z.string(),
  delete_hours: z.optional(z.number()),
});
const banForm = z.object({ hours: formHours, reason: z.string(), delete_hours: formHours });

const slowMode = z.object({ seconds: z.number() });
const slowModeForm = z.object({ seconds: z.string().check(z.regex(/^[0-9]{1,9}$/)) });

interface Deps {
  readonly useCases: Pick<UseCases, 'banMember' | 'liftBan' | 'setSlowMode'>;
}

/** What owners and moderators do to keep order in a chat. */
export function moderationRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  addSlowMode(routes, deps);
  addBans(routes, deps);
  return routes;
}

function addSlowMode(routes: Hono<Env>, { useCases }: Deps): void {
  routes.put('/chat/:id/slow-mode', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    mediaType(c, 'application/json');
    const { seconds } = await readJson(c, slowMode);
    await useCases.setSlowMode(actor, { chatId, seconds });
    return c.json({ seconds });
  });

  routes.post('/chat/:id/slow-mode', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    mediaType(c, 'application/x-www-form-urlencoded');
    const { seconds } = await readForm(c, slowModeForm);
    await useCases.setSlowMode(actor, { chatId, seconds: Number(seconds) });
    return c.redirect(`/chat/${chatId}/members`, 303);
  });
}

function addBans(routes: Hono<Env>, { useCases }: Deps): void {
  routes.post('/chat/:id/members/:user_id/ban', async (c) => {
    const actor = requireActor(c);
    const person = memberIn(c);
    const isForm = mediaType(c, 'application/json', 'application/x-www-form-urlencoded') !== 'application/json';
    const { hours, reason, delete_hours: deleteHours } = isForm ? await readForm(c, banForm) : await readJson(c, ban);
    const banned = await useCases.banMember(actor, { ...person, hours: hours ?? undefined, reason, deleteHours });
    const back = afterModerating(c, person.chatId) ?? `/chat/${person.chatId}/members`;
    return isForm ? c.redirect(back, 303) : c.json(toWireBan(banned));
  });

  routes.delete('/chat/:id/members/:user_id/ban', async (c) => {
    await useCases.liftBan(requireActor(c), memberIn(c));
    return c.body(null, 204);
  });

  routes.post('/chat/:id/members/:user_id/unban', async (c) => {
    const person = memberIn(c);
    await useCases.liftBan(requireActor(c), person);
    return c.redirect(`/chat/${person.chatId}/members`, 303);
  });
}
