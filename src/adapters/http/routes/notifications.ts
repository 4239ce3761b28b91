import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { WEEKDAYS } from '../../../domain/attention/quiet-hours.ts';
import { toWireNotifications, type WireNotifications } from '../../wire/notifications.ts';
import { toWireRehearsal, type WireRehearsal } from '../../wire/rehearsal.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';

/** More than anybody can have, so that too many are refused with the reason. */
const MAX_WORDS = 1_000;

const changes = z.object({
  quiet_hours: z.optional(
    z.nullable(z.object({ zone: z.string(), days: z.array(z.enum(WEEKDAYS)), from: z.string(), to: z.string() })),
  ),
  keywords: z.optional(z.array(z.string()).check(z.maxLength(MAX_WORDS))),
  sound: z.optional(z.boolean()),
});

/** As pages send it: a box that is not ticked is left out. */
const box = z.optional(z.literal('on'));
const form = z.object({
  ...{ zone: z.string(), from: z.string(), to: z.string(), keywords: z.string(), sound: box },
  ...{ mon: box, tue: box, wed: box, thu: box, fri: box, sat: box, sun: box },
});

interface Deps {
  readonly useCases: Pick<UseCases, 'viewNotifications' | 'setNotifications' | 'rehearseNotifications'>;
  readonly pages: Pages;
  /** The public key of the installation, base64url. */
  readonly pushKey: string;
  readonly reporting: Reporting;
}

/** What the caller set for all their chats: quiet hours, keywords and sound. */
export function notificationRoutes(deps: Deps): Hono<Env> {
  const { useCases } = deps;
  const routes = new Hono<Env>();

  routes.get('/account/notifications', async (c) => {
    const settings = toWireNotifications(await useCases.viewNotifications(requireActor(c)));
    if (!wantsPage(c)) return c.json(settings);
    return c.html(show(deps, c, { settings, isSaved: c.req.query('saved') !== undefined }));
  });

  routes.put('/account/notifications', async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/json');
    const { quiet_hours: quietHours, keywords, sound } = await readJson(c, changes);
    return c.json(toWireNotifications(await useCases.setNotifications(actor, { quietHours, keywords, sound })));
  });

  routes.post('/account/notifications', (c) => setByForm(deps, c));
  routes.post('/account/notifications/rehearse', (c) => rehearse(deps, c));
  return routes;
}

async function setByForm(deps: Deps, c: RequestContext): Promise<Response> {
  const actor = requireActor(c);
  mediaType(c, 'application/x-www-form-urlencoded');
  return answerSettings(deps, c, async (sent) => {
    await deps.useCases.setNotifications(actor, { ...sent, quietHours: sent.quiet_hours });
    return c.redirect('/account/notifications?saved', 303);
  });
}

/** Answers a form with the page, which keeps the settings as they were sent, and a program with JSON. */
async function rehearse(deps: Deps, c: RequestContext): Promise<Response> {
  const actor = requireActor(c);
  if (mediaType(c, 'application/json', 'application/x-www-form-urlencoded') === 'application/json') {
    const { quiet_hours: quietHours, keywords, sound } = await readJson(c, changes);
    const rehearsed = await deps.useCases.rehearseNotifications(actor, { quietHours, keywords, sound });
    return c.json(toWireRehearsal(rehearsed));
  }
  return answerSettings(deps, c, async (sent) => {
    const rehearsed = await deps.useCases.rehearseNotifications(actor, { ...sent, quietHours: sent.quiet_hours });
    return c.html(show(deps, c, { settings: sent, rehearsal: toWireRehearsal(rehearsed) }));
  });
}

/** Answers the form of the settings, and shows it again, as it was filled in, when they are refused. */
async function answerSettings(
  deps: Deps,
  c: RequestContext,
  work: (sent: WireNotifications) => Promise<Response>,
): Promise<Response> {
  const sent = await readSettings(c);
  return answerForm(c, {
    reporting: deps.reporting,
    codes: ['invalid_notifications'],
    page: async ({ message }) => show(deps, c, { settings: sent, problem: message }),
    work: () => work(sent),
  });
}

async function readSettings(c: RequestContext): Promise<WireNotifications> {
  const { keywords, sound, zone, from, to, ...boxes } = await readForm(c, form);
  const days = WEEKDAYS.filter((day) => boxes[day] === 'on');
  return {
    // Without a zone and without a day the form was left as it is for a person without quiet hours.
    quiet_hours: zone === '' && days.length === 0 ? null : { zone, days, from, to },
    keywords: keywords.split('\n'),
    sound: sound === 'on',
  };
}

interface Shown {
  readonly settings: WireNotifications;
  readonly isSaved?: boolean;
  readonly problem?: string;
  readonly rehearsal?: WireRehearsal;
}

const show = ({ pages, pushKey }: Deps, c: RequestContext, shown: Shown): string =>
  pages.notifications({ theme: cookieTheme(c), user: requireActor(c).user, pushKey, ...shown });
