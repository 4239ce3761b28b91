import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import type { SearchPlace } from '../../../domain/search/search-place.ts';
import { toWireSummary } from '../../wire/chat-summary.ts';
import { toWireHit } from '../../wire/found-message.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import { cookieLook } from '../cookies/look.ts';
import { type Env, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { newFormId } from '../requests/form-ids.ts';
import { beginningOfDay } from '../requests/local-days.ts';
import { chatIdIn, limitIn, revisionIn } from '../requests/path-ids.ts';
import { shownChatsIn } from '../requests/shown-chats.ts';

const HITS_PER_PAGE = 20;
const MAX_HITS = 50;
/** A longer query is cut: nothing that somebody types is an error. In units of UTF-16. */
const LONGEST_QUERY = 1_000;

/** Finds messages. */
export function searchRoutes(deps: {
  readonly useCases: Pick<UseCases, 'searchMessages' | 'viewChatSummaries'>;
  readonly pages: Pages;
}): Hono<Env> {
  const { useCases, pages } = deps;
  const routes = new Hono<Env>();

  routes.get('/search', async (c) => {
    const actor = requireActor(c);
    const query = (c.req.query('q') ?? '').slice(0, LONGEST_QUERY).toWellFormed();
    const chat = c.req.query('chat');
    const chatId = chat === undefined || chat === '' ? undefined : chatIdIn(chat);
    const limit = limitIn(c.req.query('limit'), { max: MAX_HITS, usual: HITS_PER_PAGE });
    const zone = zoneIn(c.req.query('zone'));
    const found = await useCases.searchMessages(actor, {
      ...{ query, chatId, limit, after: placeIn(c.req.query('next')) },
      beginningOf: (day) => beginningOfDay(day, zone),
    });
    const hits = found.hits.map(toWireHit);
    const next = found.next === undefined ? null : `${found.next}`;
    if (!wantsPage(c)) return c.json({ hits, next, complete: found.isComplete });
    const chats = (await useCases.viewChatSummaries(actor)).map(toWireSummary);
    const rail = { user: actor.user, show: shownChatsIn(c), chats, formId: newFormId() };
    const asked = { query, chat: chatId ?? null, zone: zone ?? null, isFirst: c.req.query('next') === undefined };
    return c.html(
      pages.search({
        ...cookieLook(c),
        ...rail,
        ...asked,
        hits,
        next,
        complete: found.isComplete,
        needles: found.query.needles,
      }),
    );
  });

  return routes;
}

/** @throws HttpRefusal `bad_request` */
function placeIn(text: string | undefined): SearchPlace | undefined {
  return revisionIn(text) as number | undefined as SearchPlace | undefined;
}

/** The zone in which days begin; undefined for UTC. @throws HttpRefusal `bad_request` */
function zoneIn(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new HttpRefusal('bad_request', 'A time zone is written as in Europe/Berlin.');
  }
}
