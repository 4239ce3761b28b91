import type { Suite } from '../bench.ts';
import { contenders } from '../contenders/all.ts';
import { generate } from '../processes/generate.ts';
import { scenarios } from './scenarios.ts';

const WARM_UP_SECONDS = 1;

/** Senders per chat, and posts that each keeps unacknowledged. */
const SETTINGS = [
  [1, 1],
  [2, 4],
  [4, 4],
  [4, 16],
  [20, 4],
  [20, 8],
  [20, 32],
  [100, 4],
  [100, 8],
] as const;

/** Not part of a run: finds the settings in `scenarios.ts` at which each contender is at its best when saturated. */
export const sweep: Suite = {
  name: 'sweep',
  async round(round, bench) {
    for (const scenario of bench.options.scenarios) {
      const { chats, followers } = scenarios[scenario];
      for (const contender of bench.options.contenders) {
        const { target, stop } = await contenders[contender].start({ chats });
        for (const [senders, window] of SETTINGS.filter(([many]) => many <= followers)) {
          const load = { loop: 'closed', window } as const;
          const timing = { warmUpSeconds: WARM_UP_SECONDS, seconds: bench.options.seconds };
          const {
            seen: _,
            across: __,
            ...values
          } = await generate({
            kind: 'fanout',
            target,
            followers,
            senders,
            load,
            ...timing,
          });
          const subject = `${scenario}, ${senders} × ${window} in flight`;
          bench.record({
            suite: 'sweep',
            subject,
            contender,
            round,
            values: { ...values, problems: values.problems.length },
          });
        }
        await stop();
      }
    }
  },
};
