import type { User } from '../../domain/identity/user.ts';
import type { UserId } from '../../domain/ids.ts';
import type { AwayPerson } from '../../domain/presence/person.ts';
import { DebouncedRead } from './debounced-read.ts';
import type { FeedDeps } from './feed-deps.ts';
import { logFeedFailure } from './log-feed-failure.ts';

/** Shortest time between two reads of the people who are away. */
const BETWEEN_MS = 1_000;
/** Maximum people who are shown as away. */
const MAX_AWAY = 10_000;
/** Longest wait for the end of somebody's time away: the clock may be set meanwhile. */
const MAX_WAIT_MS = 3_600_000;

/** The people who said that they are away. The store says who; an event only says that it is to be read again. */
export class AwayPeople {
  readonly #deps: FeedDeps;
  readonly #changed: (user: User) => void;
  readonly #reading: DebouncedRead<readonly AwayPerson[]>;
  readonly #people = new Map<UserId, AwayPerson>();
  #hasBegun = false;
  /** The end for which a timer is set. */
  #awaited = Number.POSITIVE_INFINITY;

  /** @param changed called with each person who is shown differently now */
  constructor(deps: FeedDeps, changed: (user: User) => void) {
    const { timer, broadcast, clock, view, log } = deps;
    this.#deps = deps;
    this.#changed = changed;
    this.#reading = new DebouncedRead({
      timer,
      betweenMs: BETWEEN_MS,
      read: () => view.users.away({ after: clock.now(), limit: MAX_AWAY }),
      take: (people) => this.#take(people),
      failed: (err) => logFeedFailure(log, { err }),
    });
    broadcast.subscribeToPresence(({ type }) => {
      if (this.#hasBegun && type !== 'presence_reported') this.#reading.changed();
    });
  }

  get isEmpty(): boolean {
    return this.#people.size === 0;
  }

  /** Until when (ms) the person is away, also where that has just passed. */
  untilOf(userId: UserId): number | undefined {
    return this.#people.get(userId)?.until;
  }

  /** Call it once somebody has to be told; further calls cost nothing. */
  begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#reading.changed();
  }

  #take(people: readonly AwayPerson[]): void {
    const before = new Map(this.#people);
    this.#people.clear();
    for (const person of people) this.#people.set(person.user.id, person);
    for (const { user } of before.values()) if (!this.#people.has(user.id)) this.#changed(user);
    for (const { user, until } of people) if (before.get(user.id)?.until !== until) this.#changed(user);
    this.#awaitEnd();
  }

  /** Timers cannot be stopped: only the one that was set last does something. */
  #awaitEnd(): void {
    let next = Number.POSITIVE_INFINITY;
    for (const { until } of this.#people.values()) next = Math.min(next, until);
    if (next >= this.#awaited) return;
    this.#awaited = next;
    const { timer, clock } = this.#deps;
    timer.after(Math.min(Math.max(next - clock.now(), 0), MAX_WAIT_MS), () => {
      if (this.#awaited !== next) return;
      this.#awaited = Number.POSITIVE_INFINITY;
      this.#endSome();
    });
  }

  #endSome(): void {
    const now = this.#deps.clock.now();
    for (const { user, until } of this.#people.values()) {
      if (until > now) continue;
      this.#people.delete(user.id);
      this.#changed(user);
    }
    this.#awaitEnd();
  }
}
