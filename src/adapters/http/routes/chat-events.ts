import { type Context, Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import { type Env, requireActor } from '../env.ts';
import { type Admitted, admit } from '../requests/admitted.ts';
import { chatIdIn, revisionIn } from '../requests/path-ids.ts';
import { wantsEvents } from '../requests/wants-events.ts';

/** Opens a stream for an authorized request, and returns the body of the answer. */
export type AcceptStream = (c: Context<Env>, admitted: Admitted) => ReadableStream<Uint8Array>;

/** `X-Accel-Buffering` tells nginx to forward each event at once. */
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
    // A browser that reconnects by itself uses the same address again, and says here which event it got last.
    const after = revisionIn(c.req.header('last-event-id') || undefined) ?? asked;
    if (c.req.method === 'HEAD') return c.body(null, 200, HEADERS);
    return c.body(deps.acceptStream(c, admit(c, { actor, chatId, after })), 200, HEADERS);
  });

  return routes;
}
