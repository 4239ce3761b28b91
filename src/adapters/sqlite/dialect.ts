import type { Database, Statement } from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { translateSqliteError } from './errors.ts';

/**
 * Kysely over one open handle. Unlike the stock dialect it remembers prepared statements, takes no lock around each query
 * and leaves transactions to the unit of work, which alone uses the writing handle.
 */
export function makeSqliteDialect(database: Database): Dialect {
  const connection = new SqliteConnection(database);
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => makeDriver(connection),
    createIntrospector: (db: Kysely<unknown>): DatabaseIntrospector => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function makeDriver(connection: SqliteConnection): Driver {
  const unsupported = async (): Promise<never> => {
    throw new Error('Write through the unit of work: this dialect begins no transactions.');
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

class SqliteConnection implements DatabaseConnection {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement<unknown[], unknown>>();

  constructor(database: Database) {
    this.#database = database;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      const statement = this.#statement(sql);
      // What a row holds is what the query, typed by the schema, selected.
      if (statement.reader) return { rows: statement.all(...parameters) as Row[] };
      statement.run(...parameters);
      return { rows: [] };
    } catch (error) {
      throw translateSqliteError(error);
    }
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Queries are not streamed: an open iterator would hold back the checkpoints of the log.');
  }

  #statement(sql: string): Statement<unknown[], unknown> {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare<unknown[], unknown>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
