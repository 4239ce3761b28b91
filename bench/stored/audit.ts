import Database from 'better-sqlite3';
import type { ChatDigest } from '../load/tasks.ts';
import { MARK, mixed, NUMBER_OFFSET, NUMBER_WIDTH, SENDER_OFFSET, SENDER_WIDTH } from '../load/text-marks.ts';

/** What one fan-out step showed the followers of each chat, chats in order. */
export interface Shown {
  readonly sendersPerChat: number;
  readonly seen: readonly ChatDigest[];
}

/**
 * In how many chats the database does not hold, in this order, exactly what followers were shown in the steps that
 * filled it: 0, if what was shown was stored.
 */
export function differencesFromStored(path: string, steps: readonly Shown[]): number {
  const database = new Database(path, { readonly: true });
  const rows = database.prepare<[number], string>(
    "select text from messages where chat_id = ? and kind = 'text' order by position",
  );
  const chats = steps[0]?.seen.length ?? 0;
  let differing = 0;
  for (let chat = 0; chat < chats; chat++) {
    if (!holds(rows.pluck().iterate(chat + 1), { chat, steps })) differing++;
  }
  database.close();
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
