import Database from 'better-sqlite3';
import pg from 'pg';
import type { ChatDigest } from '../load/tasks.ts';
import { MARK, mixed, NUMBER_OFFSET, NUMBER_WIDTH, SENDER_OFFSET, SENDER_WIDTH } from '../load/text-marks.ts';

/** What one fan-out step showed the followers of each chat, chats in order. */
export interface Shown {
  readonly sendersPerChat: number;
  readonly seen: readonly ChatDigest[];
}

/** Everything that was posted to a chat, in order; chats count from 1. */
export interface Stored {
  texts(chat: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

export function storedInSqlite(path: string): Stored {
  const database = new Database(path, { readonly: true });
  const rows = database.prepare<[number], string>(
    "select text from messages where chat_id = ? and kind = 'text' order by position",
  );
  return { texts: async (chat) => rows.pluck().all(chat), close: async () => void database.close() };
}

export function storedInPostgres(url: string): Stored {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const text = "select text from messages where chat_id = $1 and kind = 'text' order by position";
  return {
    texts: async (chat) => (await pool.query<{ text: string }>({ text, values: [chat] })).rows.map((row) => row.text),
    close: () => pool.end(),
  };
}

/**
 * In how many chats the database does not hold, in this order, exactly what followers were shown in the steps that
 * filled it: 0, if what was shown was stored.
 */
export async function differencesFromStored(stored: Stored, steps: readonly Shown[]): Promise<number> {
  const chats = steps[0]?.seen.length ?? 0;
  let differing = 0;
  for (let chat = 0; chat < chats; chat++) {
    const texts = await stored.texts(chat + 1);
    if (!holds(texts.values(), { chat, steps })) differing++;
  }
  await stored.close();
  return differing;
}

function holds(texts: IterableIterator<string>, { chat, steps }: { chat: number; steps: readonly Shown[] }): boolean {
  let same = true;
  for (const { sendersPerChat, seen } of steps) {
    const shown = seen[chat] ?? { messages: 0, digest: 0 };
    let digest = 0;
    for (let message = 0; message < shown.messages; message++) {
      const text: string = texts.next().value ?? '';
      const sender = Number(text.slice(SENDER_OFFSET, SENDER_OFFSET + SENDER_WIDTH)) - chat * sendersPerChat;
      const number = Number(text.slice(NUMBER_OFFSET, NUMBER_OFFSET + NUMBER_WIDTH));
      digest = text.startsWith(MARK) ? mixed(digest, sender, number) : Number.NaN;
    }
    same &&= digest === shown.digest;
  }
  return texts.next().done === true && same;
}
