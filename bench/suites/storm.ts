import { rotated, type Suite } from '../bench.ts';
import { contenders } from '../contenders/all.ts';
import type { Target } from '../load/tasks.ts';
import { COLLECTING } from '../processes/collecting.ts';
import { generate } from '../processes/generate.ts';

import { profiling } from '../processes/profiling.ts';

const SOCKETS = 2_000;
const CHATS = 20;
const STORMS = 3;

/** Everybody comes back at once, three times over. */
export const storm: Suite = {
  name: 'storm',
  async round(round, bench) {
    for (const contender of rotated(bench.options.contenders, round)) {
      const nodeFlags = [...COLLECTING, ...profiling(bench.options, `${contender}-storm`)];
      const started = await contenders[contender].start({ chats: CHATS, nodeFlags });
      const task = { kind: 'storm', target: resuming(started.target), sockets: SOCKETS, storms: STORMS } as const;
      const { loginsPerSecond, loginsPerCpuSecond, rss } = await generate(task);
      await started.stop();
      const [first = Number.NaN] = rss;
      const values = {
        firstLoginsPerSecond: loginsPerSecond[0] ?? Number.NaN,
        loginsPerSecond: mean(loginsPerSecond),
        loginsPerCpuSecond: mean(loginsPerCpuSecond),
        rssMib: first / 2 ** 20,
        rssGrowth: (rss.at(-1) ?? Number.NaN) / first,
      };
      bench.record({ suite: 'storm', subject: `${SOCKETS} × ${STORMS}`, contender, round, values });
    }
  },
};

function resuming(target: Target): Target {
  return { ...target, chats: target.chats.map((chat) => ({ ...chat, path: chat.resumePath })) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
