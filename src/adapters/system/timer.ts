import type { Timer } from '../../application/ports/timer.ts';

export const systemTimer: Timer = {
  elapsed: () => performance.now(),
  soon: (run) => queueMicrotask(run),
  after(ms, run) {
    setTimeout(run, ms).unref();
  },
};
