import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Actor } from '../../../application/actor.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Installation } from '../../../domain/installation.ts';
import { MESSAGES_PER_PAGE } from '../../wire/history.ts';
import { toWire } from '../../wire/message.ts';
import { offlineCopyFor } from '../answers/offline-copy.ts';
import { answerForm, isRefusal } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { answerPage } from '../answers/security-headers.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import { type ChatPages, makeChatPages } from '../pages/chat-pages.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson, readText } from '../requests/bodies.ts';
import { formIdFor } from '../requests/form-ids.ts';
import { chatIdIn, limitIn, revisionIn } from '../requests/path-ids.ts';

const MAX_PAGE = 100;

const newPost = z.object({ text: z.string(), client_id: z.optional(z.string()) });

/** Refusals of a message after which the form is shown again with its text. */
const MENDABLE = ['invalid_message', 'invalid_client_id', 'too_many_requests'] as const;

interface Deps {
  readonly useCases: Pick<UseCases, 'openChat' | 'readHistory' | 'postMessage'>;
  readonly installation: Installation;
  readonly pages: Pages;
  readonly reporting: Reporting;
}

export function messageRoutes(deps: Deps): Hono<Env> {
  const { useCases } = deps;
  const chatPages = makeChatPages(deps);
  const routes = new Hono<Env>();

  routes.get('/chat/:id', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const before = revisionIn(c.req.query('before'));
    const place = { chatId, theme: cookieTheme(c) };
    const page = before === undefined ? chatPages.latest(actor, place) : chatPages.at(actor, { ...place, before });
    return answerPage(c, await page, before === undefined ? offlineCopyFor(deps.installation, actor) : undefined);
  });

  routes.get('/chat/:id/messages', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const before = revisionIn(c.req.query('before'));
    const limit = limitIn(c.req.query('limit'), { max: MAX_PAGE, usual: MESSAGES_PER_PAGE });
    const { messages, revision } = await useCases.readHistory(actor, { chatId, before, limit });
    return c.json({ messages: messages.map(toWire), revision });
  });

  routes.post('/chat/:id/messages', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const type = mediaType(c, 'application/json', 'text/plain', 'application/x-www-form-urlencoded');
    if (type === 'application/x-www-form-urlencoded') return postForm({ ...deps, chatPages }, { c, actor, chatId });
    const { text, client_id } = type === 'text/plain' ? { text: await readText(c) } : await readJson(c, newPost);
    const { message } = await useCases.postMessage(actor, { chatId, text, clientId: client_id });
    return c.json(toWire(message), 201);
  });

  return routes;
}

async function postForm(
  { useCases, chatPages, reporting }: Deps & { readonly chatPages: ChatPages },
  { c, actor, chatId }: { readonly c: RequestContext; readonly actor: Actor; readonly chatId: ChatId },
): Promise<Response> {
  const { text, client_id } = await readForm(c, newPost);
  const post = (clientId: string | undefined) => useCases.postMessage(actor, { chatId, text, clientId });
  return answerForm(c, {
    reporting,
    codes: MENDABLE,
    page({ code, message }) {
      const place = { chatId, theme: cookieTheme(c), before: revisionIn(c.req.query('before')) };
      const formId = code === 'invalid_client_id' ? undefined : client_id;
      return chatPages.at(actor, place, { problem: message, draft: text, formId });
    },
    async work() {
      await post(client_id).catch((error: unknown) => {
        if (client_id === undefined || !wantsPage(c) || !isRefusal(error, ['conflict'])) throw error;
        // The author went back to the form and changed the text: that is another message, which is also stored once.
        return post(formIdFor(client_id, text));
      });
      return c.redirect(`/chat/${chatId}`, 303);
    },
  });
}
