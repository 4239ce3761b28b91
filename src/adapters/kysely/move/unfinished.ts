import { type QueryExecutorProvider, sql } from 'kysely';
import type { SqlDatabase } from '../sql-database.ts';

/**
 * The target of a move holds the name of the source until the move is complete. A server that started on an incomplete target
 * would look as if data were lost.
 */
export async function unfinishedMove(db: QueryExecutorProvider): Promise<string | undefined> {
  const { rows } = await sql<{ source: string }>`select source from unfinished_moves`.execute(db);
  return rows[0]?.source;
}

export async function beginMove(db: QueryExecutorProvider, source: string): Promise<void> {
  await sql`insert into unfinished_moves (source) values (${source})`.execute(db);
}

export async function endMove(db: QueryExecutorProvider): Promise<void> {
  await sql`delete from unfinished_moves`.execute(db);
}

/** @throws Error */
export async function assertNoUnfinishedMove({ run }: SqlDatabase): Promise<void> {
  const [begun] = await run<{ source: string }>('select source from unfinished_moves', []);
  if (begun) throw new Error(`A move from ${begun.source} into this database is not finished: run it again.`);
}
