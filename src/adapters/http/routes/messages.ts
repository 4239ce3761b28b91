import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Actor } from '../../../application/actor.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Installation } from '../../../domain/installation.ts';
import { quoteOf } from '../../../domain/messages/quotes.ts';
import { fileIds, replyTo } from '../../wire/client-frames.ts';
import { MESSAGES_PER_PAGE } from '../../wire/history.ts';
import { toWire, toWireQuote, type WireQuote } from '../../wire/message.ts';
import { extentAskedFor, partHeaders, VARIES_BY_PART } from '../answers/chat-part.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import { offlineCopyFor } from '../answers/offline-copy.ts';
import { answerForm, isRefusal } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { answerPage } from '../answers/security-headers.ts';
import { cookieLook } from '../cookies/look.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Assets } from '../pages/assets.ts';
import { type ChatPages, makeChatPages } from '../pages/chat-pages.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson, readText } from '../requests/bodies.ts';
import { formIdFor } from '../requests/form-ids.ts';
import { historyPlaceIn } from '../requests/history-place.ts';
import { chatIdIn, limitIn, positionIn } from '../requests/path-ids.ts';
import { shownChatsIn } from '../requests/shown-chats.ts';
import { answerPast } from './past.ts';
import { placeRoutes } from './places.ts';

const MAX_PAGE = 100;

const newPost = z.object({
  text: z.optional(z.string()),
  client_id: z.optional(z.string()),
  reply_to: replyTo,
  files: fileIds,
});

const newPostForm = z.object({
  text: z.string(),
  client_id: z.optional(z.string()),
  reply_to: z.optional(z.string()),
});

/** Refusals of a message after which the form is shown again with its text. */
const MENDABLE = ['invalid_message', 'invalid_client_id', 'invalid_reply', 'too_many_requests', 'slow_mode'] as const;

interface Deps {
  readonly useCases: Pick<
    UseCases,
    'openChat' | 'readHistory' | 'postMessage' | 'viewMessage' | 'findMoment' | 'viewPast'
  >;
  readonly installation: Installation;
  readonly assets: Assets;
  readonly pages: Pages;
  readonly reporting: Reporting;
}

export function messageRoutes(deps: Deps): Hono<Env> {
  const { useCases } = deps;
  const chatPages = makeChatPages(deps);
  const routes = new Hono<Env>();
  routes.route('/', placeRoutes({ ...deps, chatPages }));

  routes.get('/chat/:id', async (c) => {
    if (c.req.query('at') !== undefined) return answerPast(deps, c, { asPage: true });
    const actor = requireActor(c);
    const extent = extentAskedFor(c);
    const place = { chatId: chatIdIn(c.req.param('id')), look: cookieLook(c), extent };
    const part = extent === 'part' ? partHeaders(deps, actor) : undefined;
    if (!asksForPast(c)) {
      const whole = { ...VARIES_BY_PART, ...offlineCopyFor(deps.installation, actor) };
      return answerPage(c, await chatPages.latest(actor, place), part ?? whole);
    }
    const reply = await replyIn(deps, { actor, chatId: place.chatId, reply: c.req.query('reply') });
    const past = { ...place, ...historyPlaceIn(c), show: shownChatsIn(c) };
    return answerPage(c, await chatPages.at(actor, past, { reply }), part);
  });

  routes.get('/chat/:id/messages', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const place = historyPlaceIn(c);
    const limit = limitIn(c.req.query('limit'), { max: MAX_PAGE, usual: MESSAGES_PER_PAGE });
    if (c.req.query('at') !== undefined) return answerPast(deps, c, { asPage: false, limit });
    const { messages, revision } = await useCases.readHistory(actor, { chatId, ...place, limit });
    return c.json({ messages: messages.map(toWire), revision });
  });

  routes.post('/chat/:id/messages', (c) => post({ ...deps, chatPages }, c));

  return routes;
}

async function post(deps: Deps & { readonly chatPages: ChatPages }, c: RequestContext): Promise<Response> {
  const actor = requireActor(c);
  const chatId = chatIdIn(c.req.param('id') ?? '');
  const type = mediaType(c, 'application/json', 'text/plain', 'application/x-www-form-urlencoded');
  if (type === 'application/x-www-form-urlencoded') return postForm(deps, { c, actor, chatId });
  const { message } = await deps.useCases.postMessage(actor, { chatId, ...(await postIn(c, type)) });
  return c.json(toWire(message), 201);
}

/** The post in a body of this type. */
async function postIn(c: RequestContext, type: 'application/json' | 'text/plain') {
  if (type === 'text/plain') return { text: await readText(c) };
  const { text, client_id, reply_to, files } = await readJson(c, newPost);
  // Only a message with files does without.
  if (text === undefined && !files) throw new HttpRefusal('bad_request', 'text: Invalid input.');
  return { text: text ?? '', clientId: client_id, replyTo: reply_to ?? undefined, files };
}

/** Whether the address asks for anything but the latest messages. */
const asksForPast = (c: RequestContext): boolean =>
  ['before', 'after', 'around', 'reply', 'show'].some((name) => c.req.query(name) !== undefined);

/** The message that a page is asked to answer. @throws DomainError `not_found`, `forbidden` */
async function replyIn(
  { useCases }: Pick<Deps, 'useCases'>,
  { actor, chatId, reply }: { readonly actor: Actor; readonly chatId: ChatId; readonly reply: string | undefined },
): Promise<WireQuote | undefined> {
  if (reply === undefined || reply === '') return undefined;
  return toWireQuote(quoteOf(await useCases.viewMessage(actor, { chatId, position: positionIn(reply) })));
}

async function postForm(
  deps: Deps & { readonly chatPages: ChatPages },
  { c, actor, chatId }: { readonly c: RequestContext; readonly actor: Actor; readonly chatId: ChatId },
): Promise<Response> {
  const { useCases, chatPages, reporting } = deps;
  const { text, client_id, reply_to = '' } = await readForm(c, newPostForm);
  const replyTo = reply_to === '' ? undefined : Number(reply_to);
  const post = (clientId: string | undefined) => useCases.postMessage(actor, { chatId, text, clientId, replyTo });
  return answerForm(c, {
    reporting,
    codes: MENDABLE,
    async page({ code, message }) {
      const place = { chatId, look: cookieLook(c), ...historyPlaceIn(c) };
      const formId = code === 'invalid_client_id' ? undefined : client_id;
      const reply = code === 'invalid_reply' ? undefined : await replyIn(deps, { actor, chatId, reply: reply_to });
      return chatPages.at(actor, place, { problem: message, draft: text, formId, reply });
    },
    async work() {
      await post(client_id).catch((error: unknown) => {
        if (client_id === undefined || !wantsPage(c) || !isRefusal(error, ['conflict'])) throw error;
        // The author went back to the form and changed the text: that is another message, which is also stored once.
        return post(formIdFor(client_id, `${reply_to} ${text}`));
      });
      return c.redirect(`/chat/${chatId}`, 303);
    },
  });
}
