import pg from 'pg';

/** No statement takes longer unless something is wrong: the server ends it, and if it does not answer, the connection ends. */
const STATEMENT_PATIENCE_MS = 5_000;
const ANSWER_PATIENCE_MS = 6_000;
const CONNECT_PATIENCE_MS = 2_000;

/** PostgreSQL's `bigint`, which the driver hands over as text: all of ours are safe integers. */
const BIGINT = 20;

/** What every connection is made with. Ids, revisions and milliseconds arrive as numbers. */
export function connectionSettings(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'shoal',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_PATIENCE_MS,
    statement_timeout: STATEMENT_PATIENCE_MS,
    query_timeout: ANSWER_PATIENCE_MS,
    types: { getTypeParser },
  };
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): ReturnType<typeof pg.types.getTypeParser> {
  return format === 'binary' ? pg.types.getTypeParser(oid, format) : typeParser(oid);
}

/** How a value that arrives as text is read. */
export function typeParser(oid: number): (text: string) => unknown {
  return oid === BIGINT ? Number : pg.types.getTypeParser(oid);
}
