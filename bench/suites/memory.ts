import { rotated, type Suite } from '../bench.ts';
import { contenders } from '../contenders/all.ts';
import { COLLECTING } from '../processes/collecting.ts';
import { generate } from '../processes/generate.ts';

const SOCKETS = 5_000;
const CHATS = 50;

/** What an idle socket costs in resident memory. */
export const memory: Suite = {
  name: 'memory',
  async round(round, bench) {
    for (const contender of rotated(bench.options.contenders, round)) {
      const started = await contenders[contender].start({ chats: CHATS, nodeFlags: COLLECTING });
      const { bytesPerSocket } = await generate({ kind: 'idle', target: started.target, sockets: SOCKETS });
      await started.stop();
      const values = { kibPerSocket: bytesPerSocket / 1024 };
      bench.record({ suite: 'memory', subject: `${SOCKETS} idle`, contender, round, values });
    }
  },
};
