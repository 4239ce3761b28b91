const FINE_STEPS = 10_000;
const FINE_MS = 0.02;
const COARSE_STEPS = 120_000;

/** Latencies in milliseconds: to 20 µs below 200 ms, to 1 ms up to two minutes. */
export class Histogram {
  readonly #fine = new Uint32Array(FINE_STEPS);
  readonly #coarse = new Uint32Array(COARSE_STEPS);
  #count = 0;

  record(ms: number): void {
    const step = (ms / FINE_MS) | 0;
    if (step < FINE_STEPS) this.#fine[step] = (this.#fine[step] ?? 0) + 1;
    else this.#recordCoarse(ms);
    this.#count++;
  }

  get count(): number {
    return this.#count;
  }

  /** The latency that a share of `q` stayed within; NaN when nothing was recorded. */
  quantile(q: number): number {
    let left = Math.ceil(this.#count * q);
    if (left === 0) return Number.NaN;
    for (const [step, count] of this.#fine.entries()) {
      left -= count;
      if (left <= 0) return (step + 1) * FINE_MS;
    }
    for (const [step, count] of this.#coarse.entries()) {
      left -= count;
      if (left <= 0) return step + 1;
    }
    return COARSE_STEPS;
  }

  #recordCoarse(ms: number): void {
    const step = Math.min(COARSE_STEPS - 1, ms | 0);
    this.#coarse[step] = (this.#coarse[step] ?? 0) + 1;
  }
}
