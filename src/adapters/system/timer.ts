import type { Timer } from '../../application/ports/timer.ts';

export const systemTimer: Timer = {
  elapsed: () => performance.now(),
  after(ms, run) {
    setTimeout(run, ms).unref();
  },
};
