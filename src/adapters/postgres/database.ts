import { type Dialect, type Driver, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type pg from 'pg';
import { type RunStatement, SqlDatabase } from '../kysely/sql-database.ts';
import { translatePostgresError } from './errors.ts';

/** A connection, or a pool of them: whoever runs a statement. */
export type Queryable = Pick<pg.Pool, 'query'>;

/**
 * Kysely to build queries with; they run by name, so that the server parses and plans each of them once per connection. One
 * that is used to write holds the rows that its decisions rest on.
 */
export function openSqlDatabase(connection: () => Queryable, use: 'read' | 'write'): SqlDatabase {
  const names = new Map<string, string>();
  const run: RunStatement = async <Row>(sql: string, parameters: readonly unknown[]) => {
    const name = names.get(sql) ?? `shoal-${names.size + 1}`;
    names.set(sql, name);
    try {
      const { rows } = await connection().query({ name, text: sql, values: [...parameters] });
      return rows as readonly Row[];
    } catch (error) {
      throw translatePostgresError(error);
    }
  };
  return new SqlDatabase({ dialect, run, locksWhatItReads: use === 'write' });
}

/** For building only. */
const dialect: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: unused,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};

function unused(): Driver {
  const refuse = async (): Promise<never> => {
    throw new Error('Queries are run by the collections, and transactions by the unit of work.');
  };
  return {
    init: async () => undefined,
    acquireConnection: refuse,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: refuse,
    destroy: async () => undefined,
  };
}
