import { type Dialect, type Driver, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import type pg from 'pg';
import { SqlDatabase } from '../kysely/sql-database.ts';
import { translatePostgresError } from './errors.ts';
import { vectorGramIndex } from './search-grams.ts';
import type { Writer } from './writer.ts';

type Ask = (sql: string, values: readonly unknown[]) => Promise<{ readonly rows: readonly unknown[] }>;

/** Kysely builds the queries, which run on any connection of the pool and are prepared once on each. */
export function openReadingDatabase(pool: pg.Pool): SqlDatabase {
  const names = new Map<string, string>();
  return openDatabase((text, values) => {
    const name = names.get(text) ?? `shoal-${names.size + 1}`;
    names.set(text, name);
    return pool.query({ name, text, values: [...values] });
  });
}

/** The same within the writer's transaction. Rows that a decision rests on are locked. */
export function openWritingDatabase(writer: Writer): SqlDatabase {
  return openDatabase((text, values) => writer.ask(text, values), { locksWhatItReads: true });
}

function openDatabase(ask: Ask, { locksWhatItReads = false } = {}): SqlDatabase {
  const run = async <Row>(sql: string, values: readonly unknown[]) => {
    try {
      // The rows have the shape that the query selected.
      return (await ask(sql, values)).rows as readonly Row[];
    } catch (error) {
      throw translatePostgresError(error);
    }
  };
  return new SqlDatabase({
    dialect,
    run,
    locksWhatItReads,
    jobsClock: { expression: SERVER_TIME },
    sizeQuery: SIZE,
    grams: vectorGramIndex,
  });
}

const SIZE = 'select pg_database_size(current_database()) as bytes';

/** One clock for all instances. */
const SERVER_TIME = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** Builds queries only. */
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
