import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { toWire } from '../../wire/message.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm } from '../requests/bodies.ts';
import { chatIdIn, placeIn } from '../requests/path-ids.ts';

const AT = '/chat/:id/pins/:position';

/** As pages without script send it. */
const pinning = z.object({ on: z.enum(['true', 'false']) });

/** Pinned messages. */
export function pinRoutes(deps: {
  readonly useCases: Pick<UseCases, 'setPin' | 'viewPins'>;
  readonly pages: Pages;
}): Hono<Env> {
  const { useCases, pages } = deps;
  const routes = new Hono<Env>();

  routes.get('/chat/:id/pins', async (c) => {
    const actor = requireActor(c);
    const { chat, messages: found } = await useCases.viewPins(actor, chatIdIn(c.req.param('id')));
    const messages = found.map(toWire);
    if (!wantsPage(c)) return c.json({ messages });
    return c.html(pages.pins({ theme: cookieTheme(c), user: actor.user, chat, messages }));
  });

  async function setPin(c: RequestContext, on: boolean): Promise<Response> {
    return c.json(toWire(await useCases.setPin(requireActor(c), { ...placeIn(c), on })));
  }

  routes.put(AT, (c) => setPin(c, true));
  routes.delete(AT, (c) => setPin(c, false));

  routes.post(AT, async (c) => {
    const [actor, place] = [requireActor(c), placeIn(c)];
    mediaType(c, 'application/x-www-form-urlencoded');
    const { on } = await readForm(c, pinning);
    await useCases.setPin(actor, { ...place, on: on === 'true' });
    return c.redirect(`/chat/${place.chatId}/pins`, 303);
  });

  return routes;
}
