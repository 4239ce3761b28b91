import type { Bans } from '../../application/ports/bans.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Ban } from '../../domain/moderation/ban.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

interface Key {
  readonly chatId: ChatId;
  readonly userId: UserId;
}

const COLUMNS = [
  'bans.chat_id as chatId',
  'bans.user_id as userId',
  'bans.banned_by as by',
  'bans.banned_at as at',
  'bans.banned_until as until',
  'bans.reason',
] as const;

export function makeBans(db: SqlDatabase): Bans {
  const byKey = prepare(db, (param: Params<Key>) =>
    db.selectFrom('bans').select(COLUMNS).where('chat_id', '=', param('chatId')).where('user_id', '=', param('userId')),
  );
  const ofChat = prepare(db, (param: Params<{ chatId: ChatId; now: number; limit: number }>) =>
    db
      .selectFrom('bans')
      .innerJoin('users as banned', 'banned.id', 'bans.user_id')
      .innerJoin('users as banning', 'banning.id', 'bans.banned_by')
      .select([...COLUMNS, 'banned.username', 'banning.username as byName'])
      .where('bans.chat_id', '=', param('chatId'))
      .where(({ or, eb }) => or([eb('bans.banned_until', 'is', null), eb('bans.banned_until', '>', param('now'))]))
      .orderBy('bans.banned_at', 'desc')
      .orderBy('bans.user_id')
      .limit(param('limit')),
  );
  const deleteOne = prepare(db, (param: Params<Key>) =>
    db
      .deleteFrom('bans')
      .where('chat_id', '=', param('chatId'))
      .where('user_id', '=', param('userId'))
      .returning('user_id'),
  );
  const upsert = makeUpsert(db);

  return {
    find: async (chatId, userId) => (await byKey({ chatId, userId }))[0],
    async inForce(chatId, now, limit) {
      const rows = await ofChat({ chatId, now, limit });
      return rows.map(({ username, byName, ...ban }) => ({
        ban,
        user: { id: ban.userId, username },
        by: { id: ban.by, username: byName },
      }));
    },
    async put(ban) {
      await upsert(ban);
    },
    remove: async (chatId, userId) => (await deleteOne({ chatId, userId })).length > 0,
  };
}

const makeUpsert = (db: SqlDatabase) =>
  prepare(db, (param: Params<Ban>) =>
    db
      .insertInto('bans')
      .values({
        chat_id: param('chatId'),
        user_id: param('userId'),
        banned_by: param('by'),
        banned_at: param('at'),
        banned_until: param('until'),
        reason: param('reason'),
      })
      .onConflict((conflict) =>
        conflict.columns(['chat_id', 'user_id']).doUpdateSet(({ ref }) => ({
          banned_by: ref('excluded.banned_by'),
          banned_at: ref('excluded.banned_at'),
          banned_until: ref('excluded.banned_until'),
          reason: ref('excluded.reason'),
        })),
      ),
  );
