import { systemClock } from '../adapters/system/clock.ts';
import { systemSecrets } from '../adapters/system/secrets.ts';
import { wrapSha256 } from '../adapters/system/wrapped-sha256.ts';
import type { Log } from '../application/ports/log.ts';
import type { Measurements } from '../application/ports/measurements.ts';
import type { Storage } from '../application/ports/storage.ts';
import type { DatabaseUrl } from './database-url.ts';

/** The only place that knows all databases. Only the adapter that is used is loaded. */
export async function openStorage(database: DatabaseUrl, log: Log, measurements?: Measurements): Promise<Storage> {
  switch (database.kind) {
    case 'sqlite': {
      const { openSqliteStorage } = await import('../adapters/sqlite/storage.ts');
      const { mustExist } = database;
      return openSqliteStorage(database.path, log, { upgradeOriginal: upgrading(log), measurements, mustExist });
    }
    case 'postgres': {
      const { openPostgresStorage } = await import('../adapters/postgres/storage.ts');
      return openPostgresStorage(database.url, { measurements });
    }
    case 'memory': {
      const { openMemoryStorage } = await import('../adapters/memory/storage.ts');
      return openMemoryStorage();
    }
    default:
      return database satisfies never;
  }
}

/** Loaded when there is a file of the original app to upgrade, which is once in the life of an installation. */
function upgrading(log: Log): (path: string) => Promise<void> {
  return async (path) => {
    const { upgradeOriginal } = await import('../adapters/original-app/upgrade.ts');
    await upgradeOriginal(path, log, { clock: systemClock, secrets: systemSecrets, wrapSha256 });
  };
}
