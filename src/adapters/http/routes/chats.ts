import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Actor } from '../../../application/actor.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { DomainError } from '../../../domain/errors.ts';
import { mediaType, readForm, readJson } from '../bodies.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import { statusOf } from '../errors.ts';
import type { Pages } from '../pages.ts';
import { chatIdIn } from '../path-ids.ts';

const newChat = z.object({ chat_name: z.string() });

export function chatRoutes(deps: {
  readonly useCases: Pick<
    UseCases,
    'viewChats' | 'viewChat' | 'createChat' | 'createInvite' | 'viewInvite' | 'redeemInvite'
  >;
  readonly pages: Pages;
}): Hono<Env> {
  const { useCases, pages } = deps;
  const routes = new Hono<Env>();

  routes.get('/', (c) => home(c, requireActor(c)));

  routes.post('/newchat', async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/json');
    const { chat_name } = await readJson(c, newChat);
    const { id, name } = await useCases.createChat(actor, { name: chat_name });
    return c.json({ id, name }, 201, { Location: `/chat/${id}` });
  });

  /** The same for browsers without script. */
  routes.post('/chats', async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/x-www-form-urlencoded');
    const { chat_name } = await readForm(c, newChat);
    try {
      const { id } = await useCases.createChat(actor, { name: chat_name });
      return c.redirect(`/chat/${id}`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'invalid_chat_name' || !wantsPage(c)) throw error;
      return home(c, actor, error);
    }
  });

  routes.post('/create_invite/:chat_id', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('chat_id'));
    const { code, expiresAt } = await useCases.createInvite(actor, chatId);
    const expires_at = new Date(expiresAt).toISOString();
    if (!wantsPage(c)) return c.json({ code, expires_at }, 201);
    const { chat } = await useCases.viewChat(actor, chatId);
    const url = new URL(`/invite/${code}`, c.req.header('origin') ?? c.req.url).href;
    return c.html(pages.inviteCreated({ user: actor.user, chat, url, expiresAt: expires_at }), 201);
  });

  routes.get('/invite/:code', async (c) => {
    const actor = requireActor(c);
    const code = c.req.param('code');
    if (isDeliberateVisit(c)) return join(c, actor, code);
    const { chat, members } = await useCases.viewInvite(actor, code);
    return c.html(pages.invite({ user: actor.user, code, chat: { name: chat.name, members } }));
  });

  routes.post('/invite/:code', (c) => join(c, requireActor(c), c.req.param('code')));

  async function home(c: RequestContext, actor: Actor, error?: DomainError): Promise<Response> {
    const chats = await useCases.viewChats(actor);
    const page = pages.home({ user: actor.user, chats, ...(error && { problem: error.message }) });
    return c.html(page, error ? statusOf(error) : 200);
  }

  async function join(c: RequestContext, actor: Actor, code: string): Promise<Response> {
    return c.redirect(`/chat/${await useCases.redeemInvite(actor, code)}`, 303);
  }

  return routes;
}

/**
 * Whether somebody meant to open this address: not another site's link, nor a browser that fetches ahead, nor a page that
 * embeds it. Programs that are no browsers say nothing of this and are believed.
 */
function isDeliberateVisit(c: RequestContext): boolean {
  const site = c.req.header('sec-fetch-site') ?? 'none';
  const destination = c.req.header('sec-fetch-dest') ?? 'document';
  const purpose = c.req.header('sec-purpose') ?? c.req.header('purpose') ?? '';
  return (
    c.req.method === 'GET' &&
    (site === 'none' || site === 'same-origin') &&
    destination === 'document' &&
    !purpose.includes('prefetch')
  );
}
