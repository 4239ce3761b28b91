import { type Check, checks, holds } from './checks.ts';
import type { Environment } from './environment.ts';
import type { Medians } from './medians.ts';

/** The results as Markdown: where they were measured, what was promised, and every figure. */
export function markdown(medians: Medians, environment: Environment): string {
  return [
    environmentList(environment),
    '### What must hold',
    table(['', 'promise', 'bound', 'measured'], checks(medians).map(checkRow)),
    '### Fan-out',
    fanoutTable(medians),
    '### Sockets',
    memoryTable(medians),
    stormTable(medians),
    '### Pages',
    pagesTable(medians),
    '### Scale',
    scaleTable(medians),
    ...(medians.subjects('sweep').length > 0 ? ['### Sweep', sweepTable(medians)] : []),
  ].join('\n\n');
}

export function environmentList(environment: Environment): string {
  return Object.entries(environment)
    .map(([name, value]) => `- ${name}: ${value}`)
    .join('\n');
}

export function checkRow(check: Check): readonly string[] {
  const { claim, bound, wanted, figure, unit } = check;
  const mark = { true: '✔', false: '✘', undefined: '–' }[`${holds(check)}`];
  const sign = wanted === 'at least' ? '≥' : '≤';
  return [mark, claim, `${sign} ${bound} ${unit}`.trim(), Number.isNaN(figure) ? 'not measured' : number(figure)];
}

function fanoutTable(medians: Medians): string {
  const header = ['scenario, load', 'server', 'deliveries/s', 'per server CPU-s', 'p50 ms', 'p99 ms', 'server CPU'];
  const values = ['deliveriesPerSecond', 'deliveriesPerCpuSecond', 'p50', 'p99', 'serverCpu', 'generatorCpu'];
  const subjects = medians.subjects('fanout').filter((subject) => !subject.endsWith('stored'));
  return table(
    [...header, 'generator CPU', 'missing', 'duplicates'],
    [
      ...subjects.flatMap((subject) =>
        medians
          .contenders('fanout', subject)
          .map((contender) => [
            subject,
            contender,
            ...values.map((value) => number(medians.of('fanout', subject, contender, value))),
            ...['missing', 'duplicates'].map((value) => number(sum(medians.all('fanout', subject, contender, value)))),
          ]),
      ),
    ],
  );
}

function memoryTable(medians: Medians): string {
  return figures(medians, { suite: 'memory', header: ['KiB per idle socket'], values: ['kibPerSocket'] });
}

function stormTable(medians: Medians): string {
  const header = ['logins/s', 'of the first storm', 'per server CPU-s', 'MiB after the first', 'third against first'];
  const values = ['loginsPerSecond', 'firstLoginsPerSecond', 'loginsPerCpuSecond', 'rssMib', 'rssGrowth'];
  return figures(medians, { suite: 'storm', header, values });
}

function pagesTable(medians: Medians): string {
  const header = ['pages/s', 'per server CPU-s', 'p50 ms', 'p99 ms', 'bytes'];
  return figures(medians, {
    suite: 'pages',
    header,
    values: ['pagesPerSecond', 'pagesPerCpuSecond', 'p50', 'p99', 'bytes'],
  });
}

function scaleTable(medians: Medians): string {
  const header = ['ms until listening', 'post ms', 'page ms', 'CPU ms of both'];
  return figures(medians, { suite: 'scale', header, values: ['startMs', 'post', 'page', 'cpu'] });
}

function sweepTable(medians: Medians): string {
  const header = ['deliveries/s', 'per server CPU-s', 'p50 ms', 'p99 ms', 'server CPU'];
  const values = ['deliveriesPerSecond', 'deliveriesPerCpuSecond', 'p50', 'p99', 'serverCpu'];
  return figures(medians, { suite: 'sweep', header, values });
}

function figures(
  medians: Medians,
  { suite, header, values }: { suite: string; header: readonly string[]; values: readonly string[] },
): string {
  const rows = medians
    .subjects(suite)
    .flatMap((subject) =>
      medians
        .contenders(suite, subject)
        .map((contender) => [
          subject,
          contender,
          ...values.map((value) => number(medians.of(suite, subject, contender, value))),
        ]),
    );
  return rows.length === 0 ? 'Not measured.' : table(['', 'server', ...header], rows);
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

export function number(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return Math.abs(value) < 1000 ? value.toFixed(2) : Math.round(value).toLocaleString('en');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
