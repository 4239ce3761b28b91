import type { Log } from '../../application/ports/log.ts';

const EVERY_MS = 2_000;

/** Says now and then how far a long upgrade is. */
export function makeProgress(log: Log): (done: object) => void {
  let saidAt = performance.now();
  return (done) => {
    const now = performance.now();
    if (now - saidAt < EVERY_MS) return;
    saidAt = now;
    log.info({ event: 'upgrade_progress', ...done }, 'upgrading');
  };
}
