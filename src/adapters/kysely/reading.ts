import { type RawBuilder, sql } from 'kysely';
import type { ReadPointers } from '../../application/ports/reading.ts';
import type { ChatAttention } from '../../domain/attention/settings.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { Role } from '../../domain/chats/membership.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { type Level, usualLevel } from '../../domain/reading/level.ts';
import type { ReadPointer } from '../../domain/reading/read-pointer.ts';
import { MAX_UNREAD, type Reading, type ReadingState, UNREAD_REACH } from '../../domain/reading/reading.ts';
import { prepareForList } from './in-list.ts';
import { makeLevels } from './levels.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

interface Key {
  readonly chatId: ChatId;
  readonly userId: UserId;
}

/** Maximum users of one statement. */
const BATCH = 1_000;

export function makeReadPointers(db: SqlDatabase): Omit<ReadPointers, 'missedBy' | 'callsFor'> {
  return { ...makeCounts(db), ...makePointers(db) };
}

/** The member's position, for queries in which `read` is their row in `read_pointers`, if there is one. */
export const position = sql<Revision>`coalesce(read.position, chats.revision)`;

/** Where counting begins: at the pointer, or where the reach of counting ends. */
export const countedAfter = sql<Revision>`case when ${position} > chats.revision - ${sql.lit(UNREAD_REACH)}
    then ${position} else chats.revision - ${sql.lit(UNREAD_REACH)} end`;

/** Most chats of a list are read to their end, and for them nothing is looked up. */
export const unlessRead = (count: RawBuilder<number>) =>
  sql<number>`case when ${position} >= chats.revision then 0 else ${count} end`;

export const unread = sql<number>`(select count(*) from (
    select 1 from messages where messages.chat_id = chats.id and messages.position > ${countedAfter}
    and messages.kind = 'text' and messages.author_id <> members.user_id limit ${sql.lit(MAX_UNREAD)}) as counted)`;

export const mentions = sql<number>`(select count(*) from (
    select distinct mentions.position from mentions
    join messages on messages.chat_id = mentions.chat_id and messages.position = mentions.position
    where mentions.user_id = members.user_id and mentions.chat_id = chats.id and mentions.position > ${countedAfter}
    and messages.kind = 'text' and messages.author_id <> members.user_id limit ${sql.lit(MAX_UNREAD)}) as counted)`;

/**
 * What a member has yet to read, for queries with `chats`, `members` and, both joined from the left, `levels` and, as `read`,
 * `read_pointers`.
 */
export const READING = [
  position.as('read_position'),
  sql<number>`coalesce(read.version, 0)`.as('read_version'),
  unlessRead(unread).as('unread'),
  unlessRead(mentions).as('mentioned'),
  'levels.level',
  'levels.muted_until',
  'levels.pinned',
  'members.role',
] as const;

export interface ReadingRow extends AttentionRow {
  readonly revision: Revision;
  readonly read_position: Revision;
  readonly read_version: number;
  readonly unread: number;
  readonly mentioned: number;
  readonly pinned: number | null;
}

export function toReading({
  revision,
  read_position,
  read_version,
  unread,
  mentioned,
  level,
  muted_until,
  pinned,
  role,
}: ReadingRow): Reading {
  const state = toState({ position: read_position, version: read_version, level, muted_until, pinned, role });
  return { ...state, revision, unread: Number(unread), mentions: Number(mentioned) };
}

/** What `levels` and `members` say of a member. */
export interface AttentionRow {
  readonly level: Level | null;
  readonly muted_until: number | null;
  readonly role: Role;
}

export interface StateRow extends ReadPointer, AttentionRow {
  readonly pinned: number | null;
}

export const toState = (row: StateRow): ReadingState => ({
  pointer: toPointer(row),
  ...toChatAttention(row),
  pinned: row.pinned === 1,
  role: row.role,
});

export const toChatAttention = ({ level, muted_until, role }: AttentionRow): ChatAttention => ({
  level: level ?? usualLevel(role),
  mutedUntil: muted_until === null ? null : Number(muted_until),
});

const toPointer = ({ position, version }: ReadPointer): ReadPointer => ({ position, version: Number(version) });

function makeCounts(db: SqlDatabase): Pick<ReadPointers, 'ofMembers'> {
  const select = prepareForList(db, (param: Params<Pick<Key, 'chatId'>>, userIds: readonly UserId[]) =>
    db
      .selectFrom('members')
      .innerJoin('chats', 'chats.id', 'members.chat_id')
      .leftJoin('read_pointers as read', (join) =>
        join.onRef('read.chat_id', '=', 'members.chat_id').onRef('read.user_id', '=', 'members.user_id'),
      )
      .leftJoin('levels', (join) =>
        join.onRef('levels.chat_id', '=', 'members.chat_id').onRef('levels.user_id', '=', 'members.user_id'),
      )
      .select(['members.user_id', 'chats.revision'])
      .select(READING)
      .where('members.chat_id', '=', param('chatId'))
      .where('members.user_id', 'in', userIds),
  );

  return {
    async ofMembers(chatId, userIds) {
      const readings = new Map<UserId, Reading>();
      for (let at = 0; at < userIds.length; at += BATCH) {
        const [first, ...others] = userIds.slice(at, at + BATCH);
        if (first === undefined) break;
        for (const row of await select({ chatId }, [first, ...others])) readings.set(row.user_id, toReading(row));
      }
      return readings;
    },
  };
}

function makePointers(db: SqlDatabase): Omit<ReadPointers, 'ofMembers' | 'missedBy' | 'callsFor'> {
  const ofUser = prepare(db, (param: Params<Pick<Key, 'userId'>>) =>
    db
      .selectFrom('members')
      .innerJoin('read_pointers as read', (join) =>
        join.onRef('read.chat_id', '=', 'members.chat_id').onRef('read.user_id', '=', 'members.user_id'),
      )
      .leftJoin('levels', (join) =>
        join.onRef('levels.chat_id', '=', 'members.chat_id').onRef('levels.user_id', '=', 'members.user_id'),
      )
      .select(['read.chat_id', 'read.position', 'read.version'])
      .select(['levels.level', 'levels.muted_until', 'levels.pinned', 'members.role'])
      .where('members.user_id', '=', param('userId')),
  );
  const byKey = prepare(db, (param: Params<Key>) =>
    db
      .selectFrom('read_pointers')
      .select(['position', 'version'])
      .where('chat_id', '=', param('chatId'))
      .where('user_id', '=', param('userId'))
      .$if(db.locksWhatItReads, (query) => query.forUpdate()),
  );
  return {
    async statesOf(userId) {
      const rows = await ofUser({ userId });
      return new Map(rows.map(({ chat_id, ...row }) => [chat_id, toState(row)]));
    },
    async find(chatId, userId) {
      const [row] = await byKey({ chatId, userId });
      return row && toPointer(row);
    },
    set: makeSet(db),
    ...makeLevels(db),
  };
}

function makeSet(db: SqlDatabase): ReadPointers['set'] {
  const upsert = prepare(db, (param: Params<Key & ReadPointer>) =>
    db
      .insertInto('read_pointers')
      .values({
        chat_id: param('chatId'),
        user_id: param('userId'),
        position: param('position'),
        version: param('version'),
      })
      .onConflict((conflict) =>
        conflict.columns(['chat_id', 'user_id']).doUpdateSet((column) => ({
          position: column.ref('excluded.position'),
          version: column.ref('excluded.version'),
        })),
      ),
  );
  return async (chatId, userId, pointer) => {
    await upsert({ chatId, userId, ...pointer });
  };
}
