import { sql } from 'kysely';
import type { ListedInvite, Overview } from '../../application/ports/overview.ts';
import { toStanding } from './administration.ts';
import { toInvite } from './invites.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';
import { REMOVED } from './users.ts';

export function makeOverview(db: SqlDatabase): Overview {
  return { ...makePeople(db), ...makeChatList(db), ...makeInviteList(db), ...makeTotals(db) };
}

/** A pattern that finds the text wherever it stands. */
const patternOf = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

function makePeople(db: SqlDatabase): Pick<Overview, 'people'> {
  const found = prepare(db, (param: Params<{ pattern: string; after: string; limit: number }>) =>
    db
      .selectFrom('users')
      .select(['id', 'username', 'username_key', 'created_at', 'administrator_since', 'deactivated_at'])
      .select(({ selectFrom, fn }) => [
        selectFrom('sessions')
          .whereRef('sessions.user_id', '=', 'users.id')
          .select(fn.countAll<number>().as('count'))
          .as('sessions'),
        selectFrom('sessions')
          .whereRef('sessions.user_id', '=', 'users.id')
          .select((session) => session.fn.max<number | null>('seen_at').as('latest'))
          .as('seen_at'),
      ])
      .where('password_hash', '!=', REMOVED)
      .where(sql<boolean>`username_key like ${param('pattern')} escape '\\'`)
      .where(sql<boolean>`username_key > ${param('after')}`)
      .orderBy('username_key')
      .limit(param('limit')),
  );

  return {
    async people({ text, after = '', limit }) {
      const rows = await found({ pattern: patternOf(text), after, limit });
      return rows.map((row) => ({
        ...toStanding(row),
        key: row.username_key,
        createdAt: row.created_at,
        sessions: Number(row.sessions),
        seenAt: row.seen_at,
      }));
    },
  };
}

function makeChatList(db: SqlDatabase): Pick<Overview, 'chats'> {
  const chatsBy = (order: 'changes' | 'used_at') =>
    prepare(db, (param: Params<{ limit: number; offset: number }>) =>
      db
        .selectFrom(
          db
            .selectFrom('chats')
            .leftJoin('direct_chats', 'direct_chats.chat_id', 'chats.id')
            .select(['chats.id', 'chats.name', 'chats.revision as changes', 'direct_chats.chat_id as direct'])
            .select(({ selectFrom, fn }) => [
              selectFrom('members')
                .whereRef('members.chat_id', '=', 'chats.id')
                .select(fn.countAll<number>().as('count'))
                .as('members'),
              selectFrom('messages')
                .whereRef('messages.chat_id', '=', 'chats.id')
                .select('sent_at')
                .orderBy('position', 'desc')
                .limit(1)
                .as('used_at'),
            ])
            .as('listed'),
        )
        .selectAll()
        .orderBy(sql`coalesce(${sql.ref(order)}, 0)`, 'desc')
        .orderBy('id')
        .limit(param('limit'))
        .offset(param('offset')),
    );
  const ordered = { size: chatsBy('changes'), use: chatsBy('used_at') };

  return {
    async chats({ by, offset, limit }) {
      const rows = await ordered[by]({ offset, limit });
      return rows.map(({ id, name, direct, members, changes, used_at }) => ({
        ...{ id, name: direct === null ? name : null, members: Number(members), changes, usedAt: used_at },
      }));
    },
  };
}

function makeInviteList(db: SqlDatabase): Pick<Overview, 'liveInvites'> {
  const live = prepare(db, (param: Params<{ now: number; limit: number; offset: number }>) =>
    db
      .selectFrom('invites')
      .innerJoin('users', 'users.id', 'invites.created_by')
      .innerJoin('chats', 'chats.id', 'invites.chat_id')
      .selectAll('invites')
      .select(['users.username', 'chats.name as chat_name'])
      .where('invites.expires_at', '>', param('now'))
      .where(({ or, eb, ref }) => or([eb('max_uses', 'is', null), eb('uses', '<', ref('max_uses'))]))
      .orderBy('invites.created_at', 'desc')
      .orderBy('invites.id')
      .limit(param('limit'))
      .offset(param('offset')),
  );

  return {
    async liveInvites(query) {
      const rows = await live(query);
      return rows.map(
        (row): ListedInvite => ({
          invite: toInvite(row),
          chat: { id: row.chat_id, name: row.chat_name },
          by: { id: row.created_by, username: row.username },
        }),
      );
    },
  };
}

function makeTotals(db: SqlDatabase): Pick<Overview, 'totals'> {
  const people = prepare(db, () =>
    db
      .selectFrom('users')
      .select(({ fn }) => fn.count<number>('id').as('count'))
      .where('password_hash', '!=', REMOVED),
  );
  const chats = prepare(db, () =>
    db
      .selectFrom('chats')
      .select(({ fn }) => [fn.count<number>('id').as('count'), fn.sum<number | null>('revision').as('changes')]),
  );

  return {
    async totals() {
      const [[persons], [rooms], [size]] = await Promise.all([
        people({}),
        chats({}),
        db.run<{ bytes: number | string }>(db.sizeQuery, []),
      ]);
      return {
        people: Number(persons?.count ?? 0),
        chats: Number(rooms?.count ?? 0),
        changes: Number(rooms?.changes ?? 0),
        bytes: size && Number(size.bytes),
      };
    },
  };
}
