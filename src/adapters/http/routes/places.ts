import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import type { Installation } from '../../../domain/installation.ts';
import { toWire } from '../../wire/message.ts';
import { extentAskedFor, partHeaders, VARIES_BY_PART } from '../answers/chat-part.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import { answerPage } from '../answers/security-headers.ts';
import { cookieLook } from '../cookies/look.ts';
import { type Env, requireActor, wantsPage } from '../env.ts';
import type { Assets } from '../pages/assets.ts';
import type { ChatPages } from '../pages/chat-pages.ts';
import { beginningOfDay } from '../requests/local-days.ts';
import { chatIdIn, positionIn } from '../requests/path-ids.ts';

interface Deps {
  readonly useCases: Pick<UseCases, 'findMoment'>;
  readonly installation: Installation;
  readonly assets: Assets;
  readonly chatPages: ChatPages;
}

/** The pages of places in a chat's history: one message, and the first message of a day. */
export function placeRoutes(deps: Deps): Hono<Env> {
  const { useCases, chatPages } = deps;
  const routes = new Hono<Env>();

  routes.get('/chat/:id/at/:position', async (c) => {
    const actor = requireActor(c);
    const [chatId, around] = [chatIdIn(c.req.param('id')), positionIn(c.req.param('position'))];
    const extent = extentAskedFor(c);
    const page = await chatPages.at(actor, { chatId, look: cookieLook(c), around, extent });
    return answerPage(c, page, extent === 'part' ? partHeaders(deps, actor) : VARIES_BY_PART);
  });

  routes.get('/chat/:id/on', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('id'));
    const date = c.req.query('date');
    if (date === undefined) throw new HttpRefusal('bad_request', 'Name a day by `date`.');
    const message = await useCases.findMoment(actor, { chatId, at: beginningOfDay(date, c.req.query('zone')) });
    if (!wantsPage(c)) return c.json(toWire(message));
    return c.redirect(`/chat/${chatId}/at/${message.position}`, 303);
  });

  return routes;
}
