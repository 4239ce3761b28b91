import type { RenamedUser } from '../../domain/identity/renaming.ts';
import type { User } from '../../domain/identity/user.ts';
import type { UserId } from '../../domain/ids.ts';
import { DebouncedRead } from './debounced-read.ts';
import type { FeedDeps, Names } from './feed-deps.ts';
import { logFeedFailure } from './log-feed-failure.ts';

/** How long a rename is remembered: so long after it, connections that come back are told of it. */
const REMEMBERED_MS = 24 * 3_600_000;
/** Maximum renames that are remembered, and that are read at once. */
const MAX_RENAMES = 1_000;
/** Shortest time between two looks for renames that no event has told of. */
const BETWEEN_MS = 1_000;

/**
 * The people who were renamed lately, with their present names. An event tells of each rename at once; since renames are numbered, a
 * missing one shows, and the store has it. Whatever was read or sent before a rename gets the present name here.
 */
export class PresentNames implements Names {
  readonly #deps: Pick<FeedDeps, 'view' | 'clock'>;
  readonly #reading: DebouncedRead<readonly RenamedUser[]>;
  readonly #recent = new Map<UserId, RenamedUser>();
  readonly #listeners: ((user: User) => void)[] = [];
  /** The number up to which all renames are known; undefined before the store was read. */
  #known: number | undefined;
  #hasBegun = false;

  constructor(deps: Pick<FeedDeps, 'view' | 'broadcast' | 'timer' | 'clock' | 'log'>) {
    this.#deps = deps;
    this.#reading = new DebouncedRead({
      timer: deps.timer,
      betweenMs: BETWEEN_MS,
      read: () => this.#readMissed(),
      take: (renamed) => this.#takeMissed(renamed),
      failed: (err) => logFeedFailure(deps.log, { err }),
    });
    deps.broadcast.subscribeToPresence((event) => {
      if (event.type === 'user_renamed') this.#hear(event);
      else if (event.type === 'events_missed' && this.#hasBegun) this.#reading.changed();
    });
  }

  /** Call it before anything is cached; further calls cost nothing. */
  begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#reading.changed();
  }

  /** Calls with each user who has another name from now on. */
  onRename(listen: (user: User) => void): void {
    this.#listeners.push(listen);
  }

  /** The user with their present name: the same object where that is the name it has. */
  readonly of = (user: User): User => {
    const renamed = this.#recent.size === 0 ? undefined : this.#recent.get(user.id);
    return renamed && renamed.user.username !== user.username ? renamed.user : user;
  };

  /** Those who were renamed lately. */
  recent(): readonly UserId[] {
    const since = this.#deps.clock.now() - REMEMBERED_MS;
    for (const [id, { renamedAt }] of this.#recent) if (renamedAt < since) this.#recent.delete(id);
    return [...this.#recent.keys()];
  }

  #hear(renamed: RenamedUser): void {
    if (this.#known !== undefined && renamed.rename === this.#known + 1) this.#known = renamed.rename;
    else if (this.#hasBegun) this.#reading.changed();
    this.#take(renamed);
  }

  async #readMissed(): Promise<readonly RenamedUser[]> {
    const { users } = this.#deps.view;
    const last = await users.lastRename();
    const after = this.#known ?? 0;
    if (last <= after) {
      this.#known ??= last;
      return [];
    }
    const since = this.#known === undefined ? this.#deps.clock.now() - REMEMBERED_MS : 0;
    const renamed = await users.renamed({ after, since, limit: MAX_RENAMES });
    const isAll = renamed.length < MAX_RENAMES;
    this.#known = Math.max(isAll ? last : 0, renamed.at(-1)?.rename ?? 0, this.#known ?? 0);
    if (!isAll) this.#reading.changed();
    return renamed;
  }

  #takeMissed(renamed: readonly RenamedUser[]): void {
    for (const one of renamed) this.#take(one);
  }

  #take(renamed: RenamedUser): void {
    const { id } = renamed.user;
    if ((this.#recent.get(id)?.rename ?? 0) >= renamed.rename) return;
    this.#recent.delete(id);
    this.#recent.set(id, renamed);
    const [oldest] = this.#recent.keys();
    if (oldest !== undefined && this.#recent.size > MAX_RENAMES) this.#recent.delete(oldest);
    for (const listen of this.#listeners) listen(renamed.user);
  }
}
