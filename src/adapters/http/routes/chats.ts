import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Actor } from '../../../application/actor.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Installation } from '../../../domain/installation.ts';
import { statusOf } from '../answers/errors.ts';
import { offlineCopyFor } from '../answers/offline-copy.ts';
import type { Reporting } from '../answers/reporting.ts';
import { themeOf } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { newFormId } from '../requests/form-ids.ts';
import { SentForms } from '../requests/sent-forms.ts';

const newChat = z.object({ chat_name: z.string() });

const newChatForm = z.object({ chat_name: z.string(), client_id: z.optional(z.string()) });

export function chatRoutes(deps: {
  readonly useCases: Pick<UseCases, 'viewChats' | 'createChat' | 'mayUndoRegistration'>;
  readonly installation: Installation;
  readonly pages: Pages;
  readonly reporting: Reporting;
}): Hono<Env> {
  const { useCases, pages } = deps;
  const started = new SentForms<ChatId>();
  const routes = new Hono<Env>();

  routes.get('/', (c) => home(c, requireActor(c)));

  routes.get('/chats', async (c) => {
    const chats = await useCases.viewChats(requireActor(c));
    return c.json({ chats: chats.map(({ id, name }) => ({ id, name })) });
  });

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
    const { chat_name, client_id } = await readForm(c, newChatForm);
    try {
      const form = { user: actor.user.id, id: client_id, words: chat_name };
      const id = await started.once(form, async () => (await useCases.createChat(actor, { name: chat_name })).id);
      return c.redirect(`/chat/${id}`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'invalid_chat_name' || !wantsPage(c)) throw error;
      deps.reporting.refused(c, error, statusOf(error));
      return home(c, actor, error);
    }
  });

  async function home(c: RequestContext, actor: Actor, refused?: DomainError): Promise<Response> {
    const chats = await useCases.viewChats(actor);
    const undo = chats.length === 0 && (await useCases.mayUndoRegistration(actor)) ? { next: '/' } : undefined;
    const page = pages.home({
      theme: themeOf(c),
      user: actor.user,
      chats,
      formId: newFormId(),
      problem: refused?.message,
      undo,
    });
    return refused ? c.html(page, statusOf(refused)) : c.html(page, 200, offlineCopyFor(deps.installation, actor));
  }

  return routes;
}
