import type { Log } from '../application/ports/log.ts';
import type { UseCases } from '../application/use-cases.ts';

/** Expired rows outlive their time by no more than this. */
const PURGE_EVERY_MS = 60_000;

/** Purges expired rows again and again; returns how to stop. */
export function startPurging({ purgeExpired }: Pick<UseCases, 'purgeExpired'>, log: Log): () => void {
  const purge = setInterval(() => {
    purgeExpired().then(
      ({ sessions, invites, names }) => {
        const removed = { sessions, invites, names };
        if (sessions + invites + names > 0) log.info({ event: 'expired', ...removed }, 'expired rows were removed');
      },
      (err: unknown) => log.warn({ event: 'purge_failed', err }, 'expired rows could not be removed'),
    );
  }, PURGE_EVERY_MS).unref();
  return () => clearInterval(purge);
}
