import { sql } from 'kysely';
import type { ReadingView } from '../../application/ports/reading.ts';
import type { UserId } from '../../domain/ids.ts';
import { isGroup, isGroupOrListed } from './hidden-chats.ts';
import { type Params, prepare } from './prepare.ts';
import { mentions, unlessRead, unread } from './reading.ts';
import type { SqlDatabase } from './sql-database.ts';

/** The sum over the list of chats. In each chat only one of the two numbers is counted. */
export function makeCalls(db: SqlDatabase): Pick<ReadingView, 'callsFor'> {
  const select = prepare(db, (param: Params<{ userId: UserId }>) =>
    db
      .selectFrom('members')
      .innerJoin('chats', 'chats.id', 'members.chat_id')
      .leftJoin('read_pointers as read', (join) =>
        join.onRef('read.chat_id', '=', 'members.chat_id').onRef('read.user_id', '=', 'members.user_id'),
      )
      .select(sql<number | string>`coalesce(sum(${unlessRead(calls)}), 0)`.as('calls'))
      .where('members.user_id', '=', param('userId'))
      .where(isGroupOrListed),
  );
  return {
    async callsFor(userId) {
      const [row] = await select({ userId });
      return Number(row?.calls ?? 0);
    },
  };
}

const calls = sql<number>`case when ${isGroup} then ${mentions} else ${unread} end`;
