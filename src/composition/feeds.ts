import { randomUUID } from 'node:crypto';
import { BulkTurns } from '../application/feed/bulk-turns.ts';
import { type Feeds, makeFeeds } from '../application/feed/feeds.ts';
import type { Get } from './container.ts';
import { BROADCAST, CLOCK, LOG, MEASUREMENTS, PRESENCE, STORAGE, TIMER } from './tokens.ts';

export function openFeeds(get: Get): Feeds {
  const timer = get(TIMER);
  return makeFeeds({
    view: get(STORAGE).view,
    broadcast: get(BROADCAST),
    presence: get(PRESENCE),
    timer,
    clock: get(CLOCK),
    bulkTurns: new BulkTurns(timer),
    measurements: get(MEASUREMENTS),
    log: get(LOG),
    instance: randomUUID(),
  });
}
