import { type Bench, rotated, type Suite } from '../bench.ts';
import { contenders } from '../contenders/all.ts';
import type { Started } from '../contenders/contender.ts';
import type { DialectName } from '../load/dialects.ts';
import type { ModeName, ScenarioName } from '../options.ts';
import { generate } from '../processes/generate.ts';
import { profiling } from '../processes/profiling.ts';
import { differencesFromStored, type Shown, storedInSqlite } from '../stored/audit.ts';
import { fanoutTask } from './fanout-task.ts';
import { scenarios } from './scenarios.ts';

/** Messages to many: every contender in every scenario, in one server after another, saturated and at fixed rates. */
export const fanout: Suite = {
  name: 'fanout',
  async round(round, bench) {
    for (const scenario of bench.options.scenarios) {
      for (const contender of rotated(bench.options.contenders, round)) {
        await runScenario(bench, { round, scenario, contender });
      }
    }
  },
};

interface Step {
  readonly round: number;
  readonly scenario: ScenarioName;
  readonly contender: DialectName;
}

async function runScenario(bench: Bench, step: Step): Promise<void> {
  const scenario = scenarios[step.scenario];
  const nodeFlags = profiling(bench.options, `${step.contender}-${step.scenario}`);
  const started = await contenders[step.contender].start({ chats: scenario.chats, nodeFlags });
  const shown: Shown[] = [];
  const modes = bench.options.modes.filter((mode) => (mode !== 'shallow' && mode !== 'few') || scenario[mode]);
  for (const mode of modes) shown.push(await runMode(bench, { ...step, mode, started }));
  const { database } = await started.stop();
  if (database === undefined) return;
  const values = { chatsNotAsStored: await differencesFromStored(storedInSqlite(database), shown) };
  bench.record({
    suite: 'fanout',
    subject: `${step.scenario} stored`,
    contender: step.contender,
    round: step.round,
    values,
  });
}

async function runMode(bench: Bench, step: Step & { mode: ModeName; started: Started }): Promise<Shown> {
  const { round, contender, mode } = step;
  const task = fanoutTask(scenarios[step.scenario], { target: step.started.target, mode }, bench.options.seconds);
  const { seen, problems, across: _, ...values } = await generate(task);
  bench.record({ suite: 'fanout', subject: `${step.scenario} ${mode}`, contender, round, values });
  if (problems.length > 0) bench.say(`! ${contender}: ${problems.length} problems: ${problems.slice(0, 3).join('; ')}`);
  return { sendersPerChat: task.senders, seen };
}
