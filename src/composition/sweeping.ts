import type { Log } from '../application/ports/log.ts';
import type { UseCases } from '../application/use-cases.ts';

/** Files that nobody sent, and what was cut off, outlive their time by no more than this. */
const SWEEP_EVERY_MS = 10 * 60_000;

/** Makes the store of files equal their rows, again and again; returns how to stop. */
export function startSweeping({ sweepFiles }: Pick<UseCases, 'sweepFiles'>, log: Log): () => void {
  let isSweeping = false;
  const sweep = setInterval(() => {
    if (isSweeping) return;
    isSweeping = true;
    sweepFiles()
      .then(
        ({ staged, blobs }) => {
          if (staged + blobs > 0)
            log.info({ event: 'files_swept', staged, blobs }, 'files that no message has were removed');
        },
        (err: unknown) => log.warn({ event: 'sweep_failed', err }, 'files that no message has could not be removed'),
      )
      .finally(() => {
        isSweeping = false;
      });
  }, SWEEP_EVERY_MS).unref();
  return () => clearInterval(sweep);
}
