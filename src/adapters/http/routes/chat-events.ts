import { type Context, Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import { type Env, requireActor } from '../env.ts';
import { type Admitted, admit } from '../requests/admitted.ts';
import { chatIdIn, revisionIn } from '../requests/path-ids.ts';
import { wantsEvents } from '../requests/wants-events.ts';

/** Opens a stream for a request that has been let in; its body is what the caller gets. */
export type AcceptStream = (c: Context<Env>, admitted: Admitted) => ReadableStream<Uint8Array>;

/** `X-Accel-Buffering` tells nginx to pass each event on at once. */
const HEADERS = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };

export function chatEventRoutes(deps: {
  readonly useCases: Pick<UseCases, 'assertMayResume'>;
  readonly acceptStream: AcceptStream;
}): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/chat/:id/events', async (c) => {
    const chatId = chatIdIn(c.req.param('id'));
    const actor = requireActor(c);
    await deps.useCases.assertMayResume(actor, chatId);
    if (!wantsEvents(c)) throw new HttpRefusal('not_acceptable', 'Ask with Accept: text/event-stream.');
    const asked = revisionIn(c.req.query('after'));
    // A browser that connects again by itself asks for the address it was given first, and says here how far it got.
    const after = revisionIn(c.req.header('last-event-id') || undefined) ?? asked;
    if (c.req.method === 'HEAD') return c.body(null, 200, HEADERS);
    return c.body(deps.acceptStream(c, admit(c, { actor, chatId, after })), 200, HEADERS);
  });

  return routes;
}
