import type { Database } from 'better-sqlite3';
import type { ChatId } from '../../domain/ids.ts';
import { messageBody } from '../../domain/messages/message-body.ts';
import { moment } from './moment.ts';
import type { Plan } from './plan.ts';
import type { OriginalMessage } from './rows.ts';

export interface MessageCounts {
  readonly messages: number;
  /** Whose time could not be read. */
  readonly untimed: number;
  /** Whose text today's rules would not let through: empty, too long, with a NUL. */
  readonly unusual: number;
}

interface Writing {
  readonly plan: Pick<Plan, 'chatOf' | 'authorOf'>;
  readonly now: number;
  readonly onProgress: (messages: number) => void;
}

/**
 * Messages that come chat by chat get the positions 1, 2, 3 … of their chat. A time that cannot be read becomes that of the
 * message before it; of the first that can be read, where none is before it; and `now` where a chat has none.
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
