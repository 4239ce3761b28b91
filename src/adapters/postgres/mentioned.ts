import type { PostKey } from '../../application/ports/unit-of-work.ts';
import type { User } from '../../domain/identity/user.ts';
import { MAX_MENTIONED, type MentionedMembers, NO_MEMBERS, NO_NAMES } from '../../domain/messages/mentions.ts';
import type { Message, TextMessage } from '../../domain/messages/message.ts';
import type { SqlDatabase } from '../kysely/sql-database.ts';
import { columns } from './batch.ts';
import type { Writer } from './writer.ts';

/** The members whom posts mention, by the key of each post that has names. */
export type Mentioned = ReadonlyMap<PostKey, MentionedMembers>;

interface FoundMember extends User {
  /** The index of the post. */
  readonly post: number;
}

const FIND_NAMED = `
  select asked.post, users.id, users.username
  from unnest($1::bigint[], $2::bigint[], $3::text[]) as asked (post, chat_id, username_key)
  join users using (username_key) join members on members.chat_id = asked.chat_id and members.user_id = users.id`;

const FIND_EVERYONE = `
  select asked.post, found.id, found.username
  from unnest($1::bigint[], $2::bigint[]) as asked (post, chat_id) cross join lateral (
    select users.id, users.username from members join users on users.id = members.user_id
    where members.chat_id = asked.chat_id limit ${MAX_MENTIONED + 1}
  ) as found`;

const INSERT = `
  insert into mentions (chat_id, position, place, user_id, name)
  select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[])`;

/** Sends at most two statements, and none for posts without names. */
export async function findMentioned(db: SqlDatabase, keys: readonly PostKey[]): Promise<Mentioned> {
  const posts = keys.filter(({ names }) => names !== NO_NAMES);
  if (posts.length === 0) return new Map();
  const asked = posts.map(({ chatId, names }, post) => ({ post, chatId, names }));
  const named = asked.flatMap(({ post, chatId, names }) => names.keys.map((key) => ({ post, chatId, key })));
  const toAll = asked.filter(({ names }) => names.everyone);
  const [withName, everyone] = await Promise.all([
    db.run<FoundMember>(FIND_NAMED, columns(named, 'post', 'chatId', 'key')),
    toAll.length === 0 ? [] : db.run<FoundMember>(FIND_EVERYONE, columns(toAll, 'post', 'chatId')),
  ]);
  const [namedOf, everyoneOf] = [Map.groupBy(withName, postOf), Map.groupBy(everyone, postOf)];
  return new Map(
    posts.map((key, post) => [
      key,
      { named: (namedOf.get(post) ?? []).map(toUser), everyone: (everyoneOf.get(post) ?? []).map(toUser) },
    ]),
  );
}

export const mentionedBy = (mentioned: Mentioned, key: PostKey): MentionedMembers => mentioned.get(key) ?? NO_MEMBERS;

export function storeMentions(writer: Writer, messages: readonly Message[]): void {
  const rows = messages.flatMap((message) => (message.kind === 'text' ? rowsOf(message) : []));
  if (rows.length > 0) writer.send(INSERT, columns(rows, 'chatId', 'position', 'place', 'userId', 'name'));
}

function rowsOf({ chatId, position, mentions }: TextMessage) {
  return mentions.map(({ userId, name }, place) => ({ chatId, position, place, userId, name }));
}

/** Numbers come as numbers or as texts, by their size. */
const postOf = ({ post }: FoundMember): number => Number(post);

const toUser = ({ id, username }: FoundMember): User => ({ id, username });
