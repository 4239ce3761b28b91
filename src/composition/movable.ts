import type { MovableDatabase } from '../adapters/kysely/move/movable.ts';
import { ConfigError } from './config-error.ts';
import { readDatabaseUrl } from './database-url.ts';
import { withoutPassword } from './urls.ts';

/** Opens the source or the target of a move. `url` is as in DATABASE_URL; `name` is the URL without its password. */
export async function openMovable(
  url: string,
  side: 'source' | 'target',
): Promise<MovableDatabase & { readonly name: string }> {
  const database = readDatabaseUrl(url);
  const name = withoutPassword(url);
  switch (database.kind) {
    case 'sqlite': {
      const { openMovableSqlite } = await import('../adapters/sqlite/movable.ts');
      return { name, ...(await openMovableSqlite(database.path, side)) };
    }
    case 'postgres': {
      const { openMovablePostgres } = await import('../adapters/postgres/movable.ts');
      return { name, ...(await openMovablePostgres(database.url)) };
    }
    case 'memory':
      throw new ConfigError(
        'memory: keeps data only while one process runs, so nothing can be moved from it or to it.',
      );
    default:
      return database satisfies never;
  }
}
