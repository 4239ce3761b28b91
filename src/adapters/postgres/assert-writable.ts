import type pg from 'pg';
import { translatePostgresError } from './errors.ts';

/** What was found out holds so long, so that asking often costs nothing. */
const GOOD_FOR_MS = 1_000;
const PATIENCE_MS = 1_500;

/** A record in the server's log that means nothing, in a transaction of its own: it has to be written and flushed. */
const PROBE = { text: "select pg_logical_emit_message(true, 'shoal', '')", query_timeout: PATIENCE_MS };

export function makeAssertWritable(pool: pg.Pool): () => Promise<void> {
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<void> = Promise.resolve();

  return () => {
    const now = performance.now();
    if (now - asked >= GOOD_FOR_MS) {
      asked = now;
      answer = pool.query(PROBE).then(
        () => undefined,
        (error: unknown) => {
          throw translatePostgresError(error);
        },
      );
      // Whoever asks hears of it; nobody may be asking any more.
      answer.catch(() => undefined);
    }
    return answer;
  };
}
