import type { Writer } from './writer.ts';

/** Whoever waits for the commit hears so long nothing, and then that it is not known. */
const PATIENCE_MS = 5_000;
const ASK_EVERY_MS = 200;

/**
 * What became of a transaction whose connection was lost at its commit. Without this a message could be stored, and its
 * author and the chat be told otherwise. False too when the database cannot be asked in time.
 */
export async function wasCommitted(writer: Writer, transaction: string): Promise<boolean> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const status = await statusOf(writer, transaction).catch(() => {
      writer.discard();
      return UNDECIDED;
    });
    if (status !== UNDECIDED) return status === 'committed';
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  return false;
}

/** The server may not have noticed yet that its client is gone. */
const UNDECIDED = 'in progress';

async function statusOf(writer: Writer, transaction: string): Promise<string | null> {
  await writer.connect();
  const status = { text: 'select pg_xact_status($1::xid8) as status', values: [transaction] };
  const { rows } = await writer.client.query<{ status: string | null }>(status);
  return rows[0]?.status ?? null;
}
