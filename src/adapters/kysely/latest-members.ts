import { sql } from 'kysely';
import type { MembersView } from '../../application/ports/members.ts';
import { MAX_LATEST } from '../../domain/chats/namesakes.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { prepareForList } from './in-list.ts';
import type { Params } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Maximum chats of one statement. */
const BATCH = 1_000;

export function makeLatestMembers(db: SqlDatabase): Pick<MembersView, 'latest'> {
  // One look-up in the index by joining for each name, however many members a chat has.
  const at = (place: number, ids: readonly ChatId[]) =>
    db
      .selectFrom('chats')
      .innerJoin('users', (join) => join.on('users.id', '=', memberAt(place)))
      .select(['chats.id as chat_id', 'users.id', 'users.username', sql.lit(place).as('place')])
      .where('chats.id', 'in', ids);
  const select = prepareForList(db, (_param: Params<object>, ids: readonly ChatId[]) =>
    Array.from({ length: MAX_LATEST - 1 }, (_, index) => at(index + 1, ids)).reduce(
      (before, next) => before.unionAll(next),
      at(0, ids),
    ),
  );
  return {
    async latest(ids) {
      const latest = new Map<ChatId, User[]>();
      for (let begin = 0; begin < ids.length; begin += BATCH) {
        const [first, ...others] = ids.slice(begin, begin + BATCH);
        if (first === undefined) break;
        const rows = await select({}, [first, ...others]);
        for (const { chat_id, id, username } of rows.toSorted((one, other) => one.place - other.place)) {
          const known = latest.get(chat_id);
          if (known) known.push({ id, username });
          else latest.set(chat_id, [{ id, username }]);
        }
      }
      return latest;
    },
  };
}

const memberAt = (place: number) => sql<UserId>`(
  select member.user_id from members as member where member.chat_id = chats.id
  order by member.joined_at desc, member.user_id desc limit 1 offset ${sql.lit(place)})`;
