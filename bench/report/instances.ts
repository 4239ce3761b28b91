import { ONE, SEVERAL } from '../suites/instances.ts';
import { atLeast, atMost, type Check, lossChecks, ratio } from './checks.ts';
import type { Environment } from './environment.ts';
import { checkRow, environmentList, number, table } from './markdown.ts';
import type { Medians } from './medians.ts';

const CROSSING_MS = 100;
const SHARE = 0.8;
/** Figures that one process has none of. */
const OF_SEVERAL = /^(crossing|beneath)/;

/** What several instances make of the same load as one: what was promised, and every figure. */
export function instancesMarkdown(medians: Medians, environment: Environment): string {
  const checked = [...checks(medians), ...lossChecks(medians)];
  return [
    environmentList(environment),
    '### What must hold',
    table(['', 'promise', 'bound', 'measured'], checked.map(checkRow)),
    '### Every figure',
    figures(medians),
  ].join('\n\n');
}

function checks(medians: Medians): readonly Check[] {
  const of = (subject: string, contender: string, value: string) => medians.of('instances', subject, contender, value);
  return subjects(medians).map((subject) => {
    if (subject.endsWith(' 1k')) {
      const p99 = of(subject, SEVERAL, 'crossingP99');
      return atMost(`${subject}: p99 of what crosses instances`, p99, CROSSING_MS, 'ms');
    }
    const [several, one] = [SEVERAL, ONE].map((who) => of(subject, who, 'deliveriesPerCpuSecond'));
    return atLeast(
      `${subject}: deliveries per CPU-second of the instances against one process`,
      ratio(several, one),
      SHARE,
    );
  });
}

function figures(medians: Medians): string {
  const columns: readonly (readonly [string, string])[] = [
    ['deliveries/s', 'deliveriesPerSecond'],
    ['per CPU-s of the servers', 'deliveriesPerCpuSecond'],
    ['per CPU-s of everything', 'deliveriesPerCpuSecondInAll'],
    ['p50 ms', 'p50'],
    ['p99 ms', 'p99'],
    ['crossing p50 ms', 'crossingP50'],
    ['crossing p99 ms', 'crossingP99'],
    ['CPU of the servers', 'serverCpu'],
    ['of PostgreSQL and Redis', 'beneathCpu'],
    ['generator CPU', 'generatorCpu'],
  ];
  const rows = subjects(medians).flatMap((subject) =>
    [ONE, SEVERAL].map((who) => [
      subject,
      who,
      ...columns.map(([, value]) =>
        who === ONE && OF_SEVERAL.test(value) ? '–' : number(medians.of('instances', subject, who, value)),
      ),
    ]),
  );
  return table(['scenario, load', 'who', ...columns.map(([title]) => title)], rows);
}

function subjects(medians: Medians): readonly string[] {
  return medians.subjects('instances').filter((subject) => !subject.endsWith('stored'));
}
