import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { toWireReports } from '../../wire/reports.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, requireActor, wantsPage } from '../env.ts';
import { type MessagePageDeps, messagePage } from '../pages/message-page.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { chatIdIn, permalinkPath, placeIn } from '../requests/path-ids.ts';

const report = z.object({ reason: z.string() });

interface Deps extends MessagePageDeps {
  readonly useCases: MessagePageDeps['useCases'] & Pick<UseCases, 'reportMessage' | 'viewReports' | 'dismissReports'>;
  readonly reporting: Reporting;
}

/** Reports of messages, and the queue in which they wait for the owner or a moderator. */
export function reportRoutes(deps: Deps): Hono<Env> {
  const { useCases, pages, reporting } = deps;
  const routes = new Hono<Env>();

  routes.post('/chat/:id/messages/:position/report', async (c) => {
    const [actor, place] = [requireActor(c), placeIn(c)];
    const type = mediaType(c, 'application/json', 'application/x-www-form-urlencoded');
    if (type === 'application/json') {
      const isNew = await useCases.reportMessage(actor, { ...place, ...(await readJson(c, report)) });
      return c.json({ position: place.position, reported: true }, isNew ? 201 : 200);
    }
    const { reason } = await readForm(c, report);
    return answerForm(c, {
      reporting,
      codes: ['invalid_reason'],
      page: ({ message }) => messagePage(deps, c, undefined, message),
      async work() {
        await useCases.reportMessage(actor, { ...place, reason });
        return c.redirect(permalinkPath(place), 303);
      },
    });
  });

  routes.get('/chat/:id/reports', async (c) => {
    const actor = requireActor(c);
    const queue = await useCases.viewReports(actor, chatIdIn(c.req.param('id')));
    const reported = toWireReports(queue);
    if (!wantsPage(c)) return c.json({ reported });
    return c.html(pages.reports({ theme: cookieTheme(c), user: actor.user, chat: queue.chat, reported }));
  });

  routes.post('/chat/:id/messages/:position/dismiss', async (c) => {
    const place = placeIn(c);
    await useCases.dismissReports(requireActor(c), place);
    return c.redirect(`/chat/${place.chatId}/reports`, 303);
  });

  return routes;
}
