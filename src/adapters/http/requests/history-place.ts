import type { HistoryPlace } from '../../../application/use-cases/messages/history-page.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import type { RequestContext } from '../env.ts';
import { revisionIn } from './path-ids.ts';

/**
 * The part of a chat's history that a query names; the newest part when it names none.
 * @throws HttpRefusal `bad_request` when it names more than one, or no whole number
 */
export function historyPlaceIn(c: RequestContext): Omit<HistoryPlace, 'limit'> {
  const place = {
    before: revisionIn(c.req.query('before')),
    after: revisionIn(c.req.query('after')),
    around: revisionIn(c.req.query('around')),
  };
  const named = Object.values(place).filter((position) => position !== undefined);
  if (named.length > 1) throw new HttpRefusal('bad_request', 'Use only one of `before`, `after` and `around`.');
  return place;
}
