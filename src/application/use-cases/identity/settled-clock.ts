import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Timer } from '../../ports/timer.ts';

/** How long the clock must be consistent. Expired rows have to be removed within an hour. */
const SETTLED_AFTER_MS = 30 * 60_000;

interface Look {
  readonly at: number;
  readonly now: number;
}

/**
 * A clock for deletions. A clock that is wrong for a while (a bad time server, a resumed virtual machine, a board without a battery)
 * makes valid rows look expired, which does no harm unless they are deleted. So a moment counts as past only when every look at the
 * clock during half an hour of the monotonic timer was later. A clock that is corrected within that time deletes nothing. The clock of a
 * database server must be past the moment too, so that an instance whose clock is wrong for days deletes nothing either.
 */
export class SettledClock {
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #view: Pick<StoreView, 'time'>;
  /** From the newest one that is old enough to the latest. */
  #looks: readonly Look[] = [];

  constructor({ clock, timer, view }: { clock: Clock; timer: Timer; view: Pick<StoreView, 'time'> }) {
    this.#clock = clock;
    this.#timer = timer;
    this.#view = view;
  }

  /** Looks at the clock. Answers the latest moment (ms) that is certainly past; undefined as long as that is unknown. */
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
