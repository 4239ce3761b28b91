import type { Measurement } from '../bench.ts';

/** What was measured, over all rounds. */
export class Medians {
  readonly #measurements: readonly Measurement[];

  constructor(measurements: readonly Measurement[]) {
    this.#measurements = measurements;
  }

  /** The median of a figure over the rounds; NaN when it was not measured. */
  of(suite: string, subject: string, contender: string, value: string): number {
    return median(this.all(suite, subject, contender, value));
  }

  /** The figure of every round. */
  all(suite: string, subject: string, contender: string, value: string): readonly number[] {
    return this.#measurements
      .filter((one) => one.suite === suite && one.subject === subject && one.contender === contender)
      .map((one) => one.values[value] ?? Number.NaN);
  }

  /** A figure summed over everything that was measured; 0 when nothing was. */
  total(value: string): number {
    return this.#measurements.reduce((sum, { values }) => sum + (values[value] ?? 0), 0);
  }

  contenders(suite: string, subject: string): readonly string[] {
    const those = this.#measurements.filter((one) => one.suite === suite && one.subject === subject);
    return [...new Set(those.map(({ contender }) => contender))].sort();
  }

  subjects(suite: string): readonly string[] {
    return [...new Set(this.#measurements.filter((one) => one.suite === suite).map(({ subject }) => subject))];
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  const lower = sorted[Math.floor(middle)] ?? Number.NaN;
  return (lower + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
