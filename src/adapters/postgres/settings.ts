import pg from 'pg';

/** Statement time-out. When the server does not answer within the second time, the connection is closed. */
const STATEMENT_PATIENCE_MS = 5_000;
const ANSWER_PATIENCE_MS = 6_000;
const CONNECT_PATIENCE_MS = 2_000;

/** The type `bigint`, which the driver returns as text. All values are safe integers here. */
const BIGINT = 20;

/** The first statement on every connection. PgBouncer rejects most settings as startup parameters. */
export const SESSION_SETTINGS = `set statement_timeout = ${STATEMENT_PATIENCE_MS}`;

/** The settings of every connection. Ids, revisions and milliseconds are returned as numbers. */
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
 * The driver treats these modes as `verify-full`, and warns in several lines that its next version will not. This keeps the
 * verification of certificates and avoids the warning.
 */
function withExplicitTls(url: string): string {
  if (/[?&]uselibpqcompat=true\b/.test(url)) return url;
  return url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, '$1verify-full');
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): ReturnType<typeof pg.types.getTypeParser> {
  return format === 'binary' ? pg.types.getTypeParser(oid, format) : typeParser(oid);
}

/** The parser for values in text format. */
export function typeParser(oid: number): (text: string) => unknown {
  return oid === BIGINT ? Number : pg.types.getTypeParser(oid);
}
