import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Timer } from '../../ports/timer.ts';

/** How long the clock has to agree with itself. Shorter than the hour within which expired rows have to be gone. */
const SETTLED_AFTER_MS = 30 * 60_000;

interface Look {
  readonly at: number;
  readonly now: number;
}

/**
 * A clock to delete by. A clock that is set wrong for a while (a bad time server, a virtual machine that was resumed, a board
 * without a battery) makes good rows look expired, which passes, unless they are deleted meanwhile. So a moment counts as past
 * only when the clock was beyond it at each look during half an hour of the monotonic timer, which nobody can set; a clock that
 * is right again within that time deletes nothing. Where the storage has a clock of its own, as a database server has, that
 * one has to be beyond the moment too: among several instances, one whose clock is wrong for days deletes nothing either.
 */
export class SettledClock {
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #view: Pick<StoreView, 'time'>;
  /** From the newest that is old enough to the latest. */
  #looks: readonly Look[] = [];

  constructor({ clock, timer, view }: { clock: Clock; timer: Timer; view: Pick<StoreView, 'time'> }) {
    this.#clock = clock;
    this.#timer = timer;
    this.#view = view;
  }

  /** Looks, and answers the moment (ms) that is surely past; undefined as long as that cannot be told. */
  async look(): Promise<number | undefined> {
    const at = this.#timer.elapsed();
    const looks = [...this.#looks, { at, now: this.#clock.now() }];
    const settled = looks.findLastIndex((look) => at - look.at >= SETTLED_AFTER_MS);
    this.#looks = looks.slice(Math.max(0, settled));
    if (settled === -1) return undefined;
    const earliest = Math.min(...this.#looks.map(({ now }) => now));
    return Math.min(earliest, (await this.#view.time()) ?? earliest);
  }
}
