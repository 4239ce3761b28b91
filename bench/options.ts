import { parseArgs } from 'node:util';
import type { DialectName } from './load/dialects.ts';

export const SUITES = ['fanout', 'memory', 'storm', 'pages', 'scale', 'sweep', 'instances'] as const;
const RUN: readonly SuiteName[] = ['fanout', 'memory', 'storm', 'pages', 'scale'];
export type SuiteName = (typeof SUITES)[number];
export const CONTENDERS = ['shoal', 'socketio', 'ws'] as const satisfies readonly DialectName[];
export const SCENARIOS = ['1x200', '1x1000', '50x20'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];
export const MODES = ['saturation', 'shallow', 'few', '200k', '20k'] as const;
export type ModeName = (typeof MODES)[number];

export const DATABASES = ['sqlite', 'postgres'] as const;

export interface Options {
  readonly rounds: number;
  /** Of each measurement, after its warm-up. */
  readonly seconds: number;
  readonly only: readonly SuiteName[];
  readonly scenarios: readonly ScenarioName[];
  readonly modes: readonly ModeName[];
  readonly contenders: readonly DialectName[];
  /** How many there are in the suite that compares several with one. */
  readonly instances: number;
  /** Where V8's CPU profiles of the servers go; without it none are taken. */
  readonly profile: string | undefined;
  /** Whether the results go into the documentation. */
  readonly publish: boolean;
}

export const USAGE = `npm run bench -- [options]
  --rounds N            rounds, of which medians are taken (5)
  --seconds S           length of each measurement (3)
  --only A,B            of ${SUITES.join(', ')} (all but sweep and instances)
  --scenario A,B        of ${SCENARIOS.join(', ')}
  --mode A,B            of ${MODES.join(', ')}
  --contenders A,B      of ${CONTENDERS.join(', ')}
  --instances N --database postgres
                        N instances over PostgreSQL and Redis against one process over SQLite, and nothing else
  --quick               one short round, to try things out
  --profile DIRECTORY   V8 CPU profiles of the servers
  --publish             write table and chart into docs/benchmarks.md, or that of the instances into docs/scaling.md`;

/**
 * What was asked for; undefined when it was help.
 * @throws Error with a sentence for whoever typed it
 */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      only: { type: 'string' },
      scenario: { type: 'string' },
      mode: { type: 'string' },
      contenders: { type: 'string' },
      instances: { type: 'string' },
      database: { type: 'string' },
      help: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      profile: { type: 'string' },
      publish: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const [database = 'sqlite'] = chosen(values.database ?? 'sqlite', DATABASES);
  const instances = positive(values.instances, database === 'sqlite' ? 1 : 2);
  if (instances > 1 && database === 'sqlite') throw new Error('Several instances need --database postgres.');
  const usual: readonly SuiteName[] = database === 'sqlite' ? RUN : ['instances'];
  return {
    rounds: positive(values.rounds, values.quick ? 1 : 5),
    seconds: positive(values.seconds, values.quick ? 1.5 : 3),
    only: values.only === undefined ? usual : chosen(values.only, SUITES),
    scenarios: chosen(values.scenario, SCENARIOS),
    modes: chosen(values.mode, MODES),
    contenders: chosen(values.contenders, CONTENDERS),
    instances,
    profile: values.profile,
    publish: values.publish,
  };
}

function positive(given: string | undefined, otherwise: number): number {
  const value = given === undefined ? otherwise : Number(given);
  if (!(value > 0)) throw new Error(`${given} is not a number above zero.`);
  return value;
}

function chosen<Name extends string>(given: string | undefined, all: readonly Name[]): readonly Name[] {
  if (given === undefined) return all;
  const names = given.split(',');
  const unknown = names.find((name) => !all.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`${unknown} is none of ${all.join(', ')}.`);
  return all.filter((name) => names.includes(name));
}
