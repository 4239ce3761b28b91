import type { MovableDatabase } from '../adapters/kysely/move/movable.ts';
import { ConfigError } from './config-error.ts';
import { readDatabaseUrl } from './database-url.ts';
import { withoutPassword } from './urls.ts';

/** One end of a move, by its address as in DATABASE_URL. `name` tells it without its password. */
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
        'memory: survives no process: there is nothing to move from it, and no use in moving to it.',
      );
    default:
      return database satisfies never;
  }
}
