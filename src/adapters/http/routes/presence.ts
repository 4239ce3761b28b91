import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { NewAway } from '../../../application/use-cases/presence/set-away.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { timestamp } from '../../wire/timestamp.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';

const newAway = z.object({ away_until: z.nullable(z.iso.datetime({ offset: true })) });
/** As pages send it: minutes or `off`, or the local time of a zone. */
const form = z.union([
  z.object({ away: z.enum(['off', '30', '60', '120', '240', '480', '1440', '10080']) }),
  z.object({ until: z.string(), zone: z.string() }),
]);
const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;
const MINUTE_MS = 60_000;

interface Deps {
  readonly useCases: Pick<UseCases, 'viewAway' | 'setAway' | 'viewNotifications'>;
  readonly pages: Pages;
  readonly reporting: Reporting;
}

/** Until when the caller is shown to others as away. */
export function presenceRoutes(deps: Deps): Hono<Env> {
  const { useCases } = deps;
  const routes = new Hono<Env>();

  routes.get('/account/presence', async (c) => {
    const until = wireAway(await useCases.viewAway(requireActor(c)));
    return wantsPage(c) ? c.html(await show(deps, c, { until })) : c.json({ away_until: until });
  });

  routes.put('/account/presence', async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/json');
    const { away_until: until } = await readJson(c, newAway);
    const set = await useCases.setAway(actor, until === null ? null : { until: Date.parse(until) });
    return c.json({ away_until: wireAway(set) });
  });

  routes.post('/account/presence', async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/x-www-form-urlencoded');
    const sent = await readForm(c, form);
    return answerForm(c, {
      reporting: deps.reporting,
      codes: ['invalid_away', 'invalid_notifications'],
      page: async ({ message }) => show(deps, c, { until: wireAway(await useCases.viewAway(actor)), problem: message }),
      async work() {
        await useCases.setAway(actor, awayIn(sent));
        return c.redirect('/account/presence', 303);
      },
    });
  });

  return routes;
}

function awayIn(sent: z.infer<typeof form>): NewAway {
  if ('away' in sent) return sent.away === 'off' ? null : { forMs: Number(sent.away) * MINUTE_MS };
  const shown = LOCAL_TIME.test(sent.until) ? Date.parse(`${sent.until}Z`) : Number.NaN;
  return Number.isNaN(shown) ? { until: shown } : { shown, zone: sent.zone };
}

const wireAway = (until: number | undefined): string | null => (until === undefined ? null : timestamp(until));

async function show(
  { pages, useCases }: Deps,
  c: RequestContext,
  shown: { readonly until: string | null; readonly problem?: string },
): Promise<string> {
  const actor = requireActor(c);
  const { quietHours } = await useCases.viewNotifications(actor);
  return pages.presence({ theme: cookieTheme(c), user: actor.user, zone: quietHours?.zone ?? '', ...shown });
}
