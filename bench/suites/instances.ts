import { type Bench, rotated, type Suite } from '../bench.ts';
import { type StartedInstances, startInstances } from '../contenders/instances.ts';
import { shoal } from '../contenders/shoal.ts';
import type { ModeName, ScenarioName } from '../options.ts';
import { generate } from '../processes/generate.ts';
import { profiling } from '../processes/profiling.ts';
import { differencesFromStored, type Shown, storedInSqlite } from '../stored/audit.ts';
import { fanoutTask } from './fanout-task.ts';
import { scenarios } from './scenarios.ts';

export const ONE = 'one, SQLite';
export const SEVERAL = 'several, PostgreSQL and Redis';

/** The same chats and the same load, on one process over SQLite and on several instances over PostgreSQL and Redis. */
export const instances: Suite = {
  name: 'instances',
  async round(round, bench) {
    for (const scenario of bench.options.scenarios) {
      for (const contender of rotated([ONE, SEVERAL], round)) {
        const { chats } = scenarios[scenario];
        const nodeFlags = profiling(bench.options, `${contender === ONE ? 'one' : 'several'}-${scenario}`);
        const started = await (contender === ONE
          ? startOne({ chats, nodeFlags })
          : startInstances({ instances: bench.options.instances, chats, nodeFlags }));
        await measure(bench, { round, scenario, contender, started });
      }
    }
  },
};

async function startOne(options: { chats: number; nodeFlags: readonly string[] }): Promise<StartedInstances> {
  const { target, stop } = await shoal.start(options);
  return {
    target,
    stop: async () => storedInSqlite((await stop()).database ?? ''),
    remove: async () => undefined,
  };
}

/** Ten thousand posts a second, each into a chat of twenty, are more than a PostgreSQL on a shared core commits. */
function modesOf(scenario: ScenarioName, modes: readonly ModeName[]): readonly (ModeName | '1k')[] {
  const measured: readonly ModeName[] = scenario === '50x20' ? ['saturation', '20k'] : ['saturation', '200k', '20k'];
  return [...modes.filter((mode) => measured.includes(mode)), '1k'];
}

async function measure(
  bench: Bench,
  step: { round: number; scenario: ScenarioName; contender: string; started: StartedInstances },
): Promise<void> {
  const { round, scenario, contender, started } = step;
  const { target } = started;
  const shown: Shown[] = [];
  for (const mode of modesOf(scenario, bench.options.modes)) {
    const task = fanoutTask(scenarios[scenario], { target, mode }, bench.options.seconds);
    const { seen, problems, across, ...values } = await generate(task);
    const subject = `${scenario} ${mode}`;
    bench.record({ suite: 'instances', subject, contender, round, values: { ...values, ...across } });
    for (const problem of problems.slice(0, 3)) bench.say(`! ${contender}: ${problem}`);
    shown.push({ sendersPerChat: task.senders, seen });
  }
  const values = { chatsNotAsStored: await differencesFromStored(await started.stop(), shown) };
  await started.remove();
  bench.record({ suite: 'instances', subject: `${scenario} stored`, contender, round, values });
}
