import { type ExpressionBuilder, sql } from 'kysely';
import type { ChatsView } from '../../application/ports/chats.ts';
import type { ChatName, Revision } from '../../domain/chats/chat.ts';
import { isDirect } from '../../domain/chats/membership.ts';
import type { ChatSummary } from '../../domain/chats/summary.ts';
import type { User } from '../../domain/identity/user.ts';
import type { Username } from '../../domain/identity/username.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { MessageKind } from '../../domain/messages/message.ts';
import { SNIPPET_SOURCE } from '../../domain/messages/text/plain-text.ts';
import { makeDirectChats } from './direct-chats.ts';
import { rowSnippet } from './files.ts';
import { isGroupOrListed } from './hidden-chats.ts';
import { type Params, prepare } from './prepare.ts';
import { READING, toReading } from './reading.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeChatSummaries(db: SqlDatabase): Pick<ChatsView, 'summary' | 'summariesOfUser'> {
  const byId = prepare(db, (param: Params<{ id: ChatId }>) =>
    summaries(db)
      .leftJoin('direct_chats as direct', 'direct.chat_id', 'chats.id')
      .select('direct.people')
      .where('chats.id', '=', param('id')),
  );
  const byMember = prepare(db, (param: Params<{ userId: UserId }>) =>
    summaries(db)
      .innerJoin('members', 'members.chat_id', 'chats.id')
      .leftJoin('read_pointers as read', (join) =>
        join.onRef('read.chat_id', '=', 'members.chat_id').onRef('read.user_id', '=', 'members.user_id'),
      )
      .leftJoin('levels', (join) =>
        join.onRef('levels.chat_id', '=', 'members.chat_id').onRef('levels.user_id', '=', 'members.user_id'),
      )
      .select(READING)
      .where('members.user_id', '=', param('userId'))
      .where(isGroupOrListed)
      .orderBy((column) => column.fn.coalesce('last.sent_at', 'members.joined_at'), 'desc')
      .orderBy('chats.id', 'desc'),
  );
  const { people } = makeDirectChats(db);
  return {
    async summary(id) {
      const [row] = await byId({ id });
      return row && toSummary(row, await people(row.people === null ? [] : [id]));
    },
    async summariesOfUser(userId) {
      const rows = await byMember({ userId });
      const direct = await people(rows.flatMap(({ id, role }) => (isDirect(role) ? [id] : [])));
      return rows.map((row) => ({ ...toSummary(row, direct), reading: toReading(row) }));
    },
  };
}

/** One statement, so that name, members and newest message belong together. */
function summaries(db: SqlDatabase) {
  return db
    .selectFrom('chats')
    .leftJoin('messages as last', (join) =>
      join.onRef('last.chat_id', '=', 'chats.id').on('last.position', '=', newestPosition),
    )
    .leftJoin('users as author', 'author.id', 'last.author_id')
    .select(['chats.id', 'chats.name', 'chats.revision', 'chats.archived_at'])
    .select((column) =>
      column
        .selectFrom('members as others')
        .select((count) => count.fn.countAll<number>().as('members'))
        .whereRef('others.chat_id', '=', 'chats.id')
        .as('members'),
    )
    .select(['last.position', 'last.kind', 'last.author_id', 'last.sent_at', 'last.files', 'author.username'])
    .select((column) =>
      column.fn<string | null>('substr', ['last.text', sql.lit(1), sql.lit(SNIPPET_SOURCE)]).as('beginning'),
    );
}

function newestPosition(column: ExpressionBuilder<Schema, 'chats'>) {
  return column
    .selectFrom('messages as all')
    .select((newest) => newest.fn.max('all.position').as('position'))
    .whereRef('all.chat_id', '=', 'chats.id');
}

interface Row {
  readonly id: ChatId;
  readonly name: ChatName;
  readonly revision: Revision;
  readonly archived_at: number | null;
  readonly members: number | null;
  /** Null, as all that follows, in a chat without messages. */
  readonly position: Revision | null;
  readonly kind: MessageKind | null;
  readonly author_id: UserId | null;
  readonly username: Username | null;
  readonly sent_at: number | null;
  readonly beginning: string | null;
  readonly files: string | null;
}

function toSummary(
  { id, name, revision, members, archived_at: archivedAt, ...last }: Row,
  people: ReadonlyMap<ChatId, readonly User[]>,
): ChatSummary {
  const { position, kind, author_id, username, sent_at, beginning, files } = last;
  const isThere = position !== null && kind !== null && author_id !== null && username !== null && sent_at !== null;
  return {
    id,
    name,
    people: people.get(id),
    revision,
    ...(archivedAt !== null && { isArchived: true as const }),
    members: Number(members ?? 0),
    last: isThere
      ? {
          position,
          kind,
          author: { id: author_id, username },
          snippet: rowSnippet({ kind, beginning, files }),
          sentAt: sent_at,
        }
      : null,
  };
}
