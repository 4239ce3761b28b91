import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { revision } from '../../../domain/chats/chat.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { type Env, type RequestContext, requireActor } from '../env.ts';
import { type MessagePageDeps, messagePage } from '../pages/message-page.ts';
import { mediaType, readForm } from '../requests/bodies.ts';
import { afterModerating, permalinkPath, placeIn, revisionIn } from '../requests/path-ids.ts';

/** `revision` is that of the message which the form shows. */
const editForm = z.object({ text: z.string(), revision: z.string() });

/** Refusals after which the form is shown again with its text. After a conflict it shows what the message says now as well. */
const MENDABLE = ['invalid_message', 'too_many_requests', 'conflict'] as const;

interface Deps extends MessagePageDeps {
  readonly useCases: Pick<UseCases, 'openMessage' | 'editMessage' | 'deleteMessage'>;
  readonly reporting: Reporting;
}

/** The forms of a message's page, for browsers without script. Each leads back to the message in its chat. */
export function messageFormRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.post('/chat/:id/messages/:position/edit', (c) => editByForm(deps, c));

  routes.post('/chat/:id/messages/:position/delete', async (c) => {
    const deleted = await deps.useCases.deleteMessage(requireActor(c), placeIn(c));
    return c.redirect(afterModerating(c, deleted.chatId) ?? permalinkPath(deleted), 303);
  });

  return routes;
}

async function editByForm(deps: Deps, c: RequestContext): Promise<Response> {
  const [actor, place] = [requireActor(c), placeIn(c)];
  mediaType(c, 'application/x-www-form-urlencoded');
  const form = await readForm(c, editForm);
  const base = revisionIn(form.revision) ?? revision(0);
  // Forms are sent with CRLF, whatever the text had.
  const text = form.text.replaceAll('\r\n', '\n');
  return answerForm(c, {
    reporting: deps.reporting,
    codes: MENDABLE,
    page: ({ message }) => messagePage(deps, c, { problem: message, text }),
    async work() {
      return c.redirect(permalinkPath(await deps.useCases.editMessage(actor, { ...place, text, base })), 303);
    },
  });
}
