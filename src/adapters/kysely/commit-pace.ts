/** When nothing joined, so many commits go without waiting: a lone client that waits for each answer sends no more. */
const SKIPPED_AFTER_VAIN = 32;
/** The time over which the arrival of units is averaged. */
const MEMORY_MS = 20;

/** How long a commit waits for more units: not at all when the server is quiet. Times are milliseconds of one clock. */
export class CommitPace {
  readonly #gatherMs: number;
  readonly #worthWaitingFor: number;
  #unitsPerMs = 0;
  #committedAt = Number.NEGATIVE_INFINITY;
  #hasWaited = false;
  #skips = 0;

  /**
   * A commit costs the same for one unit as for several: it comes so long after the last one, if in that time so many units
   * are to be expected.
   */
  constructor({ gatherMs, worthWaitingFor }: { readonly gatherMs: number; readonly worthWaitingFor: number }) {
    this.#gatherMs = gatherMs;
    this.#worthWaitingFor = worthWaitingFor;
  }

  /** How long the units that wait now are to wait for more; to be asked once for each commit. */
  wait(now: number): number {
    const isWorthIt = this.#skips === 0 && this.#unitsPerMs * this.#gatherMs >= this.#worthWaitingFor;
    const wait = isWorthIt ? Math.max(0, this.#committedAt + this.#gatherMs - now) : 0;
    this.#hasWaited = wait > 0;
    return wait;
  }

  /** `now` is the moment from which the next one waits: of the commit, or of its beginning where it takes long by itself. */
  committed(units: number, now: number): void {
    const elapsed = Math.max(now - this.#committedAt, 0.1);
    const weight = 1 - Math.exp(-elapsed / MEMORY_MS);
    this.#unitsPerMs += (units / elapsed - this.#unitsPerMs) * weight;
    this.#committedAt = now;
    if (this.#hasWaited && units === 1) this.#skips = SKIPPED_AFTER_VAIN;
    else if (this.#skips > 0) this.#skips -= 1;
  }
}
