import pg from 'pg';

/** No statement takes longer unless something is wrong: the server ends it, and if it does not answer, the connection ends. */
const STATEMENT_PATIENCE_MS = 5_000;
const ANSWER_PATIENCE_MS = 6_000;
const CONNECT_PATIENCE_MS = 2_000;

/** PostgreSQL's `bigint`, which the driver hands over as text: all of ours are safe integers. */
const BIGINT = 20;

/** What every connection asks for first. Not by parameters at its start: of those PgBouncer refuses all but a few. */
export const SESSION_SETTINGS = `set statement_timeout = ${STATEMENT_PATIENCE_MS}`;

/** What every connection is made with. Ids, revisions and milliseconds arrive as numbers. */
export function connectionSettings(url: string): pg.ClientConfig {
  return {
    connectionString: withExplicitTls(url),
    application_name: 'shoal',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_PATIENCE_MS,
    query_timeout: ANSWER_PATIENCE_MS,
    types: { getTypeParser },
  };
}

/**
 * The driver takes these modes for `verify-full`, and says in several lines that its next version will not. That the server's
 * certificate is looked at stays so.
 */
function withExplicitTls(url: string): string {
  if (/[?&]uselibpqcompat=true\b/.test(url)) return url;
  return url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, '$1verify-full');
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): ReturnType<typeof pg.types.getTypeParser> {
  return format === 'binary' ? pg.types.getTypeParser(oid, format) : typeParser(oid);
}

/** How a value that arrives as text is read. */
export function typeParser(oid: number): (text: string) => unknown {
  return oid === BIGINT ? Number : pg.types.getTypeParser(oid);
}
