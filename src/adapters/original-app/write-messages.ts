import type { Database } from 'better-sqlite3';
import type { ChatId } from '../../domain/ids.ts';
import { messageBody } from '../../domain/messages/message-body.ts';
import { moment } from './moment.ts';
import type { Plan } from './plan.ts';
import type { OriginalMessage } from './rows.ts';

export interface MessageCounts {
  readonly messages: number;
  /** Messages with an unreadable time. */
  readonly untimed: number;
  /** Messages whose text would be refused today: empty, too long, or with a NUL. */
  readonly unusual: number;
}

interface Writing {
  readonly plan: Pick<Plan, 'chatOf' | 'authorOf'>;
  readonly now: number;
  readonly onProgress: (messages: number) => void;
}

/**
 * Inserts messages, which come chat by chat, at the positions 1, 2, 3 … of their chat. An unreadable time becomes that of the
 * previous message; at the beginning of a chat, that of the first readable one; and `now` where a chat has none.
 */
export function writeMessages(
  database: Database,
  messages: Iterable<OriginalMessage>,
  { plan, now, onProgress }: Writing,
): MessageCounts {
  const insert = database.prepare<[ChatId, number, number, Buffer | null, number]>(
    `insert into messages (chat_id, position, author_id, client_id, kind, text, sent_at)
      values (?, ?, ?, null, 'text', coalesce(cast(? as text), ''), ?)`,
  );
  const date = database.prepare('update messages set sent_at = ? where chat_id = ?');
  const finish = database.prepare<{ id: ChatId; revision: number }>(
    `update chats set revision = $revision,
        created_at = (select sent_at from messages where chat_id = $id and position = 1)
      where id = $id`,
  );
  const counts = { messages: 0, untimed: 0, unusual: 0 };
  let chat: { readonly id: ChatId; position: number; time: number | undefined } | undefined;

  for (const message of messages) {
    const id = plan.chatOf(message.chatId);
    if (chat?.id !== id) {
      if (chat) finish.run({ id: chat.id, revision: chat.position });
      chat = { id, position: 0, time: undefined };
    }
    const sentAt = moment(message.sentAt);
    if (sentAt !== undefined && chat.time === undefined) date.run(sentAt, id);
    if (sentAt === undefined) counts.untimed += 1;
    if (isUnusual(message.text)) counts.unusual += 1;
    chat.time = sentAt ?? chat.time;
    chat.position += 1;
    insert.run(id, chat.position, plan.authorOf(id, message.author), message.bytes, chat.time ?? now);
    counts.messages += 1;
    onProgress(counts.messages);
  }
  if (chat) finish.run({ id: chat.id, revision: chat.position });
  return counts;
}

function isUnusual(text: string | null): boolean {
  try {
    messageBody(text ?? '');
    return false;
  } catch {
    return true;
  }
}
