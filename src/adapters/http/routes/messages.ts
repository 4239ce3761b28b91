import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Actor } from '../../../application/actor.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { toWire } from '../../wire/message.ts';
import { mediaType, readForm, readJson, readText } from '../bodies.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import { statusOf } from '../errors.ts';
import type { Pages } from '../pages.ts';
import { chatIdIn, limitIn, revisionIn } from '../path-ids.ts';

const PAGE = 50;
const LARGEST_PAGE = 100;

const jsonPost = z.object({ text: z.string(), client_id: z.optional(z.string()) });
const formPost = z.object({ text: z.string(), client_id: z.optional(z.string()) });

export function messageRoutes(deps: {
  readonly useCases: Pick<UseCases, 'viewChats' | 'viewChat' | 'readHistory' | 'postMessage'>;
  readonly pages: Pages;
}): Hono<Env> {
  const { useCases, pages } = deps;
  const routes = new Hono<Env>();

  routes.get('/chat/:id', async (c) => {
    const actor = requireActor(c);
    return c.html(await chatPage(c, actor, chatIdIn(c.req.param('id'))));
  });

  routes.get('/chat/:id/messages', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const before = revisionIn(c.req.query('before'));
    const limit = limitIn(c.req.query('limit'), { most: LARGEST_PAGE, usual: PAGE });
    const { messages, revision } = await useCases.readHistory(actor, { chatId, before, limit });
    return c.json({ messages: messages.map(toWire), revision });
  });

  routes.post('/chat/:id/messages', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const type = mediaType(c, 'application/json', 'text/plain', 'application/x-www-form-urlencoded');
    if (type === 'application/x-www-form-urlencoded') return postForm(c, actor, chatId);
    const { text, client_id } = type === 'text/plain' ? { text: await readText(c) } : await readJson(c, jsonPost);
    const { message } = await useCases.postMessage(actor, { chatId, text, clientId: client_id });
    return c.json(toWire(message), 201);
  });

  async function postForm(c: RequestContext, actor: Actor, chatId: ChatId): Promise<Response> {
    const { text, client_id } = await readForm(c, formPost);
    try {
      await useCases.postMessage(actor, { chatId, text, clientId: client_id });
      return c.redirect(`/chat/${chatId}`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'invalid_message' || !wantsPage(c)) throw error;
      return c.html(await chatPage(c, actor, chatId, { problem: error.message, draft: text }), statusOf(error));
    }
  }

  async function chatPage(
    c: RequestContext,
    actor: Actor,
    chatId: ChatId,
    refused?: { readonly problem: string; readonly draft: string },
  ): Promise<string> {
    const before = revisionIn(c.req.query('before'));
    const { messages, revision, hasOlder } = await useCases.readHistory(actor, { chatId, before, limit: PAGE });
    const { chat, members } = await useCases.viewChat(actor, chatId);
    return pages.chat({
      user: actor.user,
      chat: { id: chat.id, name: chat.name, members },
      chats: await useCases.viewChats(actor),
      messages: messages.map(toWire),
      revision,
      older: hasOlder ? (messages[0]?.position ?? null) : null,
      newer: before !== undefined,
      ...refused,
    });
  }

  return routes;
}
