import { systemClock } from '../adapters/system/clock.ts';
import { systemSecrets } from '../adapters/system/secrets.ts';
import { wrapSha256 } from '../adapters/system/wrapped-sha256.ts';
import type { Log } from '../application/ports/log.ts';
import type { Measurements } from '../application/ports/measurements.ts';
import type { Storage } from '../application/ports/storage.ts';
import type { DatabaseUrl } from './database-url.ts';

/** The one place that knows which databases there are. Only the adapter that is asked for is loaded. */
export async function openStorage(database: DatabaseUrl, log: Log, measurements?: Measurements): Promise<Storage> {
  switch (database.kind) {
    case 'sqlite': {
      const { openSqliteStorage } = await import('../adapters/sqlite/storage.ts');
      const tools = { clock: systemClock, secrets: systemSecrets, wrapSha256 };
      return openSqliteStorage(database.path, log, { tools, measurements, mustExist: database.mustExist });
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
