import type { PresentUser } from '../../domain/identity/renaming.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Broadcast } from '../ports/broadcast.ts';
import type { Clock } from '../ports/clock.ts';
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
  readonly clock: Clock;
  readonly bulkTurns: BulkTurns;
  readonly measurements: Pick<Measurements, 'delivered'>;
  readonly log: Log;
}

/** The present names of people. */
export interface Names {
  /** Call it before anybody's name is remembered; further calls cost nothing. */
  begin(): void;
  readonly of: PresentUser;
}

/** What the feeds that remember people need besides. */
export interface NamingFeedDeps extends FeedDeps {
  readonly names: Names;
}

/** What the feeds of chats need besides. */
export interface ChatFeedDeps extends NamingFeedDeps {
  /** The number of people who are among these followers of a chat in this process, or members who are connected anywhere. */
  readonly countOnline: (chatId: ChatId, followers: Iterable<UserId>) => Promise<number>;
}
