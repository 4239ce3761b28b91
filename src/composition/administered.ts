import type { UnitOfWork } from '../application/ports/unit-of-work.ts';
import type { DatabaseUrl } from './database-url.ts';
import { UsageError } from './or-exit.ts';

/** A database that a command changes, while servers may be running on it. */
export interface Administered {
  readonly unitOfWork: Pick<UnitOfWork, 'run'>;
  close(): Promise<void>;
}

/** @throws Error when there is no such database */
export async function openAdministered(database: DatabaseUrl): Promise<Administered> {
  switch (database.kind) {
    case 'sqlite': {
      const { openAdministeredSqlite } = await import('../adapters/sqlite/administered.ts');
      return openAdministeredSqlite(database.path);
    }
    case 'postgres': {
      // To the servers it is another instance.
      const { openPostgresStorage } = await import('../adapters/postgres/storage.ts');
      return openPostgresStorage(database.url);
    }
    case 'memory':
      throw new UsageError('DATABASE_URL is memory:, which only the server itself can reach.');
    default:
      return database satisfies never;
  }
}
