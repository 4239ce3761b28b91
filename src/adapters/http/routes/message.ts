import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { revision } from '../../../domain/chats/chat.ts';
import { toWire } from '../../wire/message.ts';
import { type Env, requireActor, wantsPage } from '../env.ts';
import { type MessagePageDeps, messagePage } from '../pages/message-page.ts';
import { mediaType, readJson } from '../requests/bodies.ts';
import { permalinkPath, placeIn } from '../requests/path-ids.ts';

const edit = z.object({ text: z.string(), revision: z.int().check(z.nonnegative()) });

interface Deps extends MessagePageDeps {
  readonly useCases: Pick<
    UseCases,
    'viewMessage' | 'openMessage' | 'editMessage' | 'deleteMessage' | 'restoreMessage' | 'removeCard'
  >;
}

/** One message at its address. */
export function singleMessageRoutes(deps: Deps): Hono<Env> {
  const { useCases } = deps;
  const routes = new Hono<Env>();

  routes.get('/chat/:id/messages/:position', async (c) => {
    if (wantsPage(c)) return c.html(await messagePage(deps, c));
    return c.json(toWire(await useCases.viewMessage(requireActor(c), placeIn(c))));
  });

  routes.patch('/chat/:id/messages/:position', async (c) => {
    const [actor, place] = [requireActor(c), placeIn(c)];
    mediaType(c, 'application/json');
    const { text, revision: base } = await readJson(c, edit);
    return c.json(toWire(await useCases.editMessage(actor, { ...place, text, base: revision(base) })));
  });

  routes.delete('/chat/:id/messages/:position', async (c) => {
    return c.json(toWire(await useCases.deleteMessage(requireActor(c), placeIn(c))));
  });

  routes.post('/chat/:id/messages/:position/restore', async (c) => {
    const message = await useCases.restoreMessage(requireActor(c), placeIn(c));
    return wantsPage(c) ? c.redirect(permalinkPath(message), 303) : c.json(toWire(message));
  });

  routes.delete('/chat/:id/messages/:position/card', async (c) => {
    return c.json(toWire(await useCases.removeCard(requireActor(c), placeIn(c))));
  });

  routes.post('/chat/:id/messages/:position/card/remove', async (c) => {
    const message = await useCases.removeCard(requireActor(c), placeIn(c));
    return wantsPage(c) ? c.redirect(permalinkPath(message), 303) : c.json(toWire(message));
  });

  return routes;
}
