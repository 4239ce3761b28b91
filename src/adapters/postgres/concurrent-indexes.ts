import type pg from 'pg';

/** Building an index on a large table takes minutes, and waits for transactions that began before it. */
const PATIENCE_MS = 24 * 3_600_000;

/** Indexes, by name, on tables that may already be large. */
const INDEXES: Readonly<Record<string, string>> = {
  messages_by_change: 'on messages (chat_id, changed_at) where changed_at is not null',
  mentions_by_user: 'on mentions (user_id, chat_id, position)',
  messages_by_reply: 'on messages (chat_id, position, reply_to) where reply_to is not null',
  messages_by_pin: 'on messages (chat_id, pinned_at) where pinned_at is not null',
};

/**
 * Builds missing indexes while other instances go on writing. A migration cannot do that because it runs in a transaction. An
 * index that an interrupted start left invalid is built again.
 */
export async function makeConcurrentIndexes(client: pg.PoolClient): Promise<void> {
  for (const [name, definition] of Object.entries(INDEXES)) {
    const { rows } = await client.query<{ indisvalid: boolean }>({
      text: 'select indisvalid from pg_index where indexrelid = to_regclass($1)',
      values: [name],
    });
    if (rows[0]?.indisvalid === true) continue;
    if (rows[0]) await client.query(patiently(`drop index concurrently ${name}`));
    await client.query(patiently(`create index concurrently ${name} ${definition}`));
  }
}

const patiently = (text: string) => ({ text, query_timeout: PATIENCE_MS });
