import { loadavg } from 'node:os';
import { Bench, type Suite } from './bench.ts';
import { type Options, readOptions, type SuiteName, USAGE } from './options.ts';
import { chart } from './report/chart.ts';
import { environment } from './report/environment.ts';
import { instancesMarkdown } from './report/instances.ts';
import { markdown } from './report/markdown.ts';
import { Medians } from './report/medians.ts';
import { keep, publish } from './report/write.ts';
import { clearScratch } from './stored/scratch.ts';
import { fanout } from './suites/fanout.ts';
import { instances } from './suites/instances.ts';
import { memory } from './suites/memory.ts';
import { pages } from './suites/pages.ts';
import { scale } from './suites/scale.ts';
import { storm } from './suites/storm.ts';
import { sweep } from './suites/sweep.ts';

/** More than this in the minute before, and something else is at work here. */
const IDLE_LOAD = 0.5;

const suites: Record<SuiteName, Suite> = { fanout, memory, storm, pages, scale, sweep, instances };

const options = optionsOrUsage();
if (options !== undefined) process.exitCode = await run(options);

function optionsOrUsage(): Options | undefined {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === undefined) console.log(USAGE);
    return options;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exitCode = 2;
    return undefined;
  }
}

/** Answers the exit status: 1 if anything was lost, doubled or out of order; slowness is only reported. */
async function run(options: Options): Promise<number> {
  const bench = new Bench(options);
  const [busy = 0] = loadavg();
  if (busy > IDLE_LOAD) bench.say(`! This machine is busy (load ${busy.toFixed(1)}): the figures will not mean much`);
  const chosen = options.only.map((name) => suites[name]);
  for (const suite of chosen) {
    if (suite.prepare) bench.say(`${suite.name}: storing what there is before the servers start`);
    await suite.prepare?.();
  }
  for (let round = 1; round <= options.rounds; round++) {
    for (const suite of chosen) await suite.round(round, bench);
  }
  return report(bench);
}

function report({ measurements, options }: Bench): number {
  const medians = new Medians(measurements);
  const where = environment(options);
  const isOfInstances = options.only.includes('instances');
  const results = {
    environment: where,
    measurements,
    markdown: isOfInstances ? instancesMarkdown(medians, where) : markdown(medians, where),
    chart: isOfInstances ? undefined : chart(medians),
  };
  clearScratch();
  console.log(`\n${results.markdown}\n\nKept in ${keep(results)}`);
  if (options.publish) publish(results, isOfInstances ? 'scaling' : 'benchmarks');
  const wrong = ['missing', 'duplicates', 'disordered', 'chatsNotAsStored'].filter((loss) => medians.total(loss) > 0);
  return wrong.length === 0 ? 0 : 1;
}
