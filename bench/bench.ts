import type { Options } from './options.ts';

/** One figure or several that one step of one round measured. */
export interface Measurement {
  readonly suite: string;
  /** What was measured, within the suite: a scenario and its load, or the like. */
  readonly subject: string;
  readonly contender: string;
  readonly round: number;
  readonly values: Readonly<Record<string, number>>;
}

export interface Suite {
  readonly name: string;
  /** Once, before the first round. */
  prepare?(): Promise<void>;
  round(round: number, bench: Bench): Promise<void>;
}

/** The run: what it was asked for, and what it has measured so far. */
export class Bench {
  readonly options: Options;
  readonly measurements: Measurement[] = [];
  readonly #start = performance.now();

  constructor(options: Options) {
    this.options = options;
  }

  record(measurement: Measurement): void {
    this.measurements.push(measurement);
    const { suite, subject, contender, round, values } = measurement;
    const figures = Object.entries(values).map(([name, value]) => `${name} ${shortened(value)}`);
    this.say(`round ${round}  ${suite}  ${subject}  ${contender}: ${figures.join(', ')}`);
  }

  say(line: string): void {
    const seconds = Math.round((performance.now() - this.#start) / 1000);
    const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    console.log(`${clock.padStart(6)}  ${line}`);
  }
}

/** In another order each round, so that nobody always runs after the same neighbour. */
export function rotated<Item>(items: readonly Item[], round: number): readonly Item[] {
  const start = (round - 1) % Math.max(1, items.length);
  return [...items.slice(start), ...items.slice(0, start)];
}

function shortened(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e5) return String(value);
  return Math.abs(value) < 100 ? value.toFixed(2) : Math.round(value).toLocaleString('en');
}
