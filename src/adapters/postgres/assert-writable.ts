import type pg from 'pg';
import { translatePostgresError } from './errors.ts';

const PATIENCE_MS = 1_500;

/** An empty record in the server's log, in a transaction of its own, so that it has to be written and flushed. */
const PROBE = { text: "select pg_logical_emit_message(true, 'shoal', '')", query_timeout: PATIENCE_MS };

export function makeAssertWritable(pool: pg.Pool): () => Promise<void> {
  return async () => {
    try {
      await pool.query(PROBE);
    } catch (error) {
      throw translatePostgresError(error);
    }
  };
}
