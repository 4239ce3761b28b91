import type { Broadcast } from '../ports/broadcast.ts';
import type { Log } from '../ports/log.ts';
import type { Measurements } from '../ports/measurements.ts';
import type { Presence } from '../ports/presence.ts';
import type { StoreView } from '../ports/store.ts';
import type { Timer } from '../ports/timer.ts';
import type { BulkTurns } from './bulk-turns.ts';

/** What all feeds share. */
export interface FeedDeps {
  readonly view: StoreView;
  readonly broadcast: Broadcast;
  readonly presence: Presence;
  readonly timer: Timer;
  readonly bulkTurns: BulkTurns;
  readonly measurements: Pick<Measurements, 'delivered'>;
  readonly log: Log;
}
