import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Actor } from '../../../application/actor.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Installation } from '../../../domain/installation.ts';
import { toWireSummary } from '../../wire/chat-summary.ts';
import { offlineCopyFor } from '../answers/offline-copy.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { cookieLook } from '../cookies/look.ts';
import { type Env, type RequestContext, requireActor } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { newFormId } from '../requests/form-ids.ts';
import { SentForms } from '../requests/sent-forms.ts';
import { shownChatsIn } from '../requests/shown-chats.ts';

const newChat = z.object({ chat_name: z.string() });

const newChatForm = z.object({ chat_name: z.string(), client_id: z.optional(z.string()) });

interface Deps {
  readonly useCases: Pick<UseCases, 'viewChatSummaries' | 'createChat' | 'mayUndoRegistration'>;
  readonly installation: Installation;
  readonly pages: Pages;
  readonly reporting: Reporting;
}

export function chatRoutes(deps: Deps): Hono<Env> {
  const { useCases, installation } = deps;
  const routes = new Hono<Env>();

  routes.get('/', async (c) => {
    const actor = requireActor(c);
    return c.html(await homePage(deps, { c, actor }), 200, offlineCopyFor(installation, actor));
  });

  routes.get('/chats', async (c) => {
    const chats = await useCases.viewChatSummaries(requireActor(c));
    return c.json({ chats: chats.map(toWireSummary) });
  });

  routes.post('/newchat', async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/json');
    const { chat_name } = await readJson(c, newChat);
    const { id, name } = await useCases.createChat(actor, { name: chat_name });
    return c.json({ id, name }, 201, { Location: `/chat/${id}` });
  });

  routes.post('/chats', createByForm(deps));

  return routes;
}

/** Creates a chat for browsers without script. */
function createByForm(deps: Deps) {
  const { useCases, reporting } = deps;
  const started = new SentForms<ChatId>();

  return async (c: RequestContext): Promise<Response> => {
    const actor = requireActor(c);
    mediaType(c, 'application/x-www-form-urlencoded');
    const { chat_name, client_id } = await readForm(c, newChatForm);
    return answerForm(c, {
      reporting,
      codes: ['invalid_chat_name'],
      page: ({ message }) => homePage(deps, { c, actor, problem: message }),
      async work() {
        const form = { user: actor.user.id, id: client_id, words: chat_name };
        const id = await started.once(form, async () => (await useCases.createChat(actor, { name: chat_name })).id);
        return c.redirect(`/chat/${id}`, 303);
      },
    });
  };
}

interface Home {
  readonly c: RequestContext;
  readonly actor: Actor;
  /** Why the form for a new chat was refused. */
  readonly problem?: string;
}

async function homePage({ useCases, pages }: Deps, { c, actor, problem }: Home): Promise<string> {
  const chats = (await useCases.viewChatSummaries(actor)).map(toWireSummary);
  const undo = chats.length === 0 && (await useCases.mayUndoRegistration(actor)) ? { next: '/' } : undefined;
  const shown = { ...cookieLook(c), show: shownChatsIn(c), user: actor.user, chats };
  return pages.home({ ...shown, formId: newFormId(), problem, undo });
}
