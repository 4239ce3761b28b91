import type { PostKey } from '../../application/ports/unit-of-work.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Posted } from '../../domain/messages/posting.ts';
import type { SlowMode } from '../../domain/moderation/slow-mode.ts';
import type { SqlDatabase } from '../kysely/sql-database.ts';
import type { Writer } from './writer.ts';

/** Runs after the chats are locked: what other instances have noted in them is visible, and they note nothing until the commit. */
const FIND_LAST = `
  select slow_posts.* from unnest($1::bigint[], $2::bigint[]) as asked (chat_id, user_id)
  join slow_posts using (chat_id, user_id)`;

const NOTE = `
  insert into slow_posts (chat_id, user_id, posted_at) select * from unnest($1::bigint[], $2::bigint[], $3::bigint[])
  on conflict (chat_id, user_id) do update set posted_at = excluded.posted_at`;

/** The slow chats of a batch of posts. */
export type SlowChats = ReadonlyMap<ChatId, SlowChat>;

interface SlowChat {
  readonly seconds: number;
  readonly last: Map<UserId, number>;
}

const NONE: SlowChats = new Map();

/** One more round trip, and only where one of the chats is slow. */
export async function findSlow(
  db: SqlDatabase,
  keys: readonly PostKey[],
  chats: readonly { readonly id: ChatId; readonly slow_seconds: number }[],
): Promise<SlowChats> {
  const slow = chats.filter(({ slow_seconds }) => slow_seconds > 0);
  if (slow.length === 0) return NONE;
  const found = new Map(
    slow.map(({ id, slow_seconds: seconds }) => [id, { seconds, last: new Map<UserId, number>() }]),
  );
  const asked = keys.filter(({ chatId }) => found.has(chatId));
  const rows = await db.run<{ chat_id: ChatId; user_id: UserId; posted_at: number }>(FIND_LAST, [
    asked.map(({ chatId }) => chatId),
    asked.map(({ author }) => author.id),
  ]);
  for (const row of rows) found.get(row.chat_id)?.last.set(row.user_id, row.posted_at);
  return found;
}

export function slowModeOf(slow: SlowChats, { chatId, author }: PostKey): SlowMode | undefined {
  const chat = slow.get(chatId);
  return chat && { seconds: chat.seconds, lastPostAt: chat.last.get(author.id) };
}

/** For the posts behind it in the batch. */
export function noteInSlow(slow: SlowChats, { chatId, author }: PostKey, at: number): void {
  slow.get(chatId)?.last.set(author.id, at);
}

export function noteSlowPosts(writer: Writer, stored: readonly Posted[]): void {
  const noted = new Map(
    stored.flatMap(({ message: { chatId, author }, notedAt: at }) =>
      at === undefined ? [] : [[`${chatId} ${author.id}`, { chatId, userId: author.id, at }] as const],
    ),
  );
  if (noted.size === 0) return;
  const rows = [...noted.values()];
  writer.send(NOTE, [rows.map(({ chatId }) => chatId), rows.map(({ userId }) => userId), rows.map(({ at }) => at)]);
}
