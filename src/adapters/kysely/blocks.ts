import type { Blocks } from '../../application/ports/blocks.ts';
import type { Block } from '../../domain/chats/direct.ts';
import type { UserId } from '../../domain/ids.ts';
import { prepareForList } from './in-list.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeBlocks(db: SqlDatabase): Blocks {
  const byUser = prepare(db, (param: Params<{ userId: UserId }>) =>
    db
      .selectFrom('blocks')
      .innerJoin('users', 'users.id', 'blocks.blocked_id')
      .select(['users.id', 'users.username'])
      .where('blocks.user_id', '=', param('userId'))
      .orderBy('users.id'),
  );
  const ofUser = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.selectFrom('blocks').select('user_id').where('blocked_id', '=', param('userId')),
  );
  const ofUsers = prepareForList(db, (_param: Params<object>, ids: readonly UserId[]) =>
    db
      .selectFrom('blocks')
      .select(['user_id as by', 'blocked_id as blocked'])
      .where('user_id', 'in', ids)
      .where('blocked_id', 'in', ids),
  );
  const insert = prepare(db, (param: Params<Block & { readonly createdAt: number }>) =>
    db
      .insertInto('blocks')
      .values({ user_id: param('by'), blocked_id: param('blocked'), created_at: param('createdAt') })
      .onConflict((conflict) => conflict.columns(['user_id', 'blocked_id']).doNothing()),
  );
  const deleteOne = prepare(db, (param: Params<Block>) =>
    db
      .deleteFrom('blocks')
      .where('user_id', '=', param('by'))
      .where('blocked_id', '=', param('blocked'))
      .returning('blocked_id'),
  );

  return {
    by: (userId) => byUser({ userId }),
    of: async (userId) => (await ofUser({ userId })).map((row) => row.user_id),
    async among([first, ...others]) {
      return first === undefined ? [] : ofUsers({}, [first, ...others]);
    },
    async add(block) {
      await insert(block);
    },
    remove: async (block) => (await deleteOne(block)).length > 0,
  };
}
