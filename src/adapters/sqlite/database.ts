import type { Database, Statement } from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
} from 'kysely';
import { type JobsClock, SqlDatabase } from '../kysely/sql-database.ts';
import { translateSqliteError } from './errors.ts';
import { SteadyQueryCompiler } from './query-compiler.ts';
import { ftsGramIndex } from './search-grams.ts';

/**
 * Kysely over one open handle. Unlike the stock dialect it caches prepared statements, takes no lock around each query, and
 * leaves transactions to the unit of work, which is the only user of the writing handle.
 */
export function openSqlDatabase(database: Database, jobsClock: JobsClock, writes = new WriteCount()): SqlDatabase {
  const connection = new SqliteConnection(database, writes);
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => makeDriver(connection),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SteadyQueryCompiler(),
  };
  return new SqlDatabase({
    dialect,
    run: (sql, parameters) => connection.run(sql, parameters),
    jobsClock,
    sizeQuery: SIZE,
    grams: ftsGramIndex,
  });
}

const SIZE = 'select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()';

function makeDriver(connection: SqliteConnection): Driver {
  const unsupported = async (): Promise<never> => {
    throw new Error('Write through the unit of work: this dialect does not begin transactions.');
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    beginTransaction: unsupported,
    commitTransaction: unsupported,
    rollbackTransaction: unsupported,
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  };
}

/** Tells whether a connection has executed a statement that writes, also one that failed. */
export class WriteCount {
  value = 0;
}

class SqliteConnection implements DatabaseConnection {
  readonly #database: Database;
  readonly #writes: WriteCount;
  readonly #statements = new Map<string, Statement<unknown[], unknown>>();

  constructor(database: Database, writes: WriteCount) {
    this.#database = database;
    this.#writes = writes;
  }

  run<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    try {
      const statement = this.#statements.get(sql) ?? this.#prepare(sql);
      if (!statement.readonly) this.#writes.value += 1;
      if (statement.reader) return Promise.resolve(statement.all(...parameters) as Row[]);
      statement.run(...parameters);
      return Promise.resolve([]);
    } catch (error) {
      return Promise.reject(translateSqliteError(error));
    }
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    return { rows: await this.run<Row>(sql, parameters) };
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Queries are not streamed: an open iterator would block the checkpoints of the log.');
  }

  #prepare(sql: string): Statement<unknown[], unknown> {
    const statement = this.#database.prepare<unknown[], unknown>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
