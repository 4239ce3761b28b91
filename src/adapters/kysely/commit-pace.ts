/** Commits that do not wait after one waited in vain: a single client that waits for each answer sends nothing meanwhile. */
const SKIPPED_AFTER_VAIN = 32;
/** Time constant of the average rate of arriving units. */
const MEMORY_MS = 20;

/** Decides how long a commit waits for more units: not at all on a quiet server. Times are milliseconds of one clock. */
export class CommitPace {
  readonly #gatherMs: number;
  readonly #worthWaitingFor: number;
  #unitsPerMs = 0;
  #committedAt = Number.NEGATIVE_INFINITY;
  #hasWaited = false;
  #skips = 0;

  /**
   * A commit costs the same for one unit as for several, so it waits until `gatherMs` after the previous one, if at least
   * `worthWaitingFor` units are expected in that time.
   */
  constructor({ gatherMs, worthWaitingFor }: { readonly gatherMs: number; readonly worthWaitingFor: number }) {
    this.#gatherMs = gatherMs;
    this.#worthWaitingFor = worthWaitingFor;
  }

  /** How long to wait for more units. Call it once for each commit. */
  wait(now: number): number {
    const isWorthIt = this.#skips === 0 && this.#unitsPerMs * this.#gatherMs >= this.#worthWaitingFor;
    const wait = isWorthIt ? Math.max(0, this.#committedAt + this.#gatherMs - now) : 0;
    this.#hasWaited = wait > 0;
    return wait;
  }

  /** @param now the time from which the next commit waits: the end of the commit, or its beginning where it takes long */
  committed(units: number, now: number): void {
    const elapsed = Math.max(now - this.#committedAt, 0.1);
    const weight = 1 - Math.exp(-elapsed / MEMORY_MS);
    this.#unitsPerMs += (units / elapsed - this.#unitsPerMs) * weight;
    this.#committedAt = now;
    if (this.#hasWaited && units === 1) this.#skips = SKIPPED_AFTER_VAIN;
    else if (this.#skips > 0) this.#skips -= 1;
  }
}
