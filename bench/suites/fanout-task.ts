import type { FanoutTask, Target } from '../load/tasks.ts';
import type { ModeName } from '../options.ts';
import type { Scenario } from './scenarios.ts';

const WARM_UP_SECONDS = 1;

/** Deliveries per second of the modes that are not saturation. */
const RATES = { '200k': 200_000, '20k': 20_000, '1k': 1_000 } as const;

export function fanoutTask(
  scenario: Scenario,
  { target, mode }: { readonly target: Target; readonly mode: ModeName | '1k' },
  seconds: number,
): FanoutTask {
  const window = mode === 'shallow' || mode === 'few' ? scenario[mode] : scenario.saturation[target.dialect];
  if (window === undefined) throw new Error(`This scenario has no load of the name ${mode}.`);
  const { senders } = window;
  const load: FanoutTask['load'] =
    mode === '1k' || mode === '20k' || mode === '200k'
      ? { loop: 'open', deliveriesPerSecond: RATES[mode] }
      : { loop: 'closed', window: window.window };
  const { followers } = scenario;
  return { kind: 'fanout', target, followers, senders, load, warmUpSeconds: WARM_UP_SECONDS, seconds };
}
