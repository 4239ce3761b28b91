import type { TwoSteps, TwoStepView } from '../../application/ports/two-step.ts';
import type { UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeTwoStep(db: SqlDatabase): TwoSteps {
  return { ...makeReads(db), ...makeSecrets(db), ...makeRecovery(db) };
}

function makeReads(db: SqlDatabase): TwoStepView {
  const select = prepare(db, (param: Params<{ userId: UserId }>) =>
    db
      .selectFrom('two_step')
      .select(['secret', 'enabled_at as enabledAt', 'last_step as lastStep'])
      .where('user_id', '=', param('userId')),
  );
  const codes = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.selectFrom('recovery_codes').select('digest').where('user_id', '=', param('userId')),
  );

  return {
    of: async (userId) => (await select({ userId }))[0],
    recoveryLeft: async (userId) => (await codes({ userId })).length,
    hasRecovery: async (userId, wanted) => (await codes({ userId })).some(({ digest }) => digest === wanted),
  };
}

function makeSecrets(db: SqlDatabase): Pick<TwoSteps, 'begin' | 'enable' | 'use' | 'remove'> {
  const upsert = prepare(db, (param: Params<{ userId: UserId; secret: string }>) =>
    db
      .insertInto('two_step')
      .values({ user_id: param('userId'), secret: param('secret'), enabled_at: null, last_step: 0 })
      .onConflict((conflict) =>
        conflict.column('user_id').doUpdateSet({ secret: param('secret'), enabled_at: null, last_step: 0 }),
      ),
  );
  const setEnabled = prepare(db, (param: Params<{ userId: UserId; at: number; step: number }>) =>
    db
      .updateTable('two_step')
      .set({ enabled_at: param('at'), last_step: param('step') })
      .where('user_id', '=', param('userId')),
  );
  const raise = prepare(db, (param: Params<{ userId: UserId; step: number }>) =>
    db
      .updateTable('two_step')
      .set({ last_step: param('step') })
      .where('user_id', '=', param('userId'))
      .where('last_step', '<', param('step'))
      .returning('user_id'),
  );
  const deleteSecret = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.deleteFrom('two_step').where('user_id', '=', param('userId')).returning('user_id'),
  );
  const deleteCodes = prepareDeletion(db);

  return {
    async begin(userId, secret) {
      await upsert({ userId, secret });
    },
    async enable(userId, by) {
      await setEnabled({ userId, ...by });
    },
    use: async (userId, step) => (await raise({ userId, step })).length > 0,
    async remove(userId) {
      await deleteCodes({ userId });
      return (await deleteSecret({ userId })).length > 0;
    },
  };
}

function makeRecovery(db: SqlDatabase): Pick<TwoSteps, 'setRecovery' | 'useRecovery'> {
  const insert = prepare(db, (param: Params<{ userId: UserId; digest: string }>) =>
    db.insertInto('recovery_codes').values({ user_id: param('userId'), digest: param('digest') }),
  );
  const deleteOne = prepare(db, (param: Params<{ userId: UserId; digest: string }>) =>
    db
      .deleteFrom('recovery_codes')
      .where('user_id', '=', param('userId'))
      .where('digest', '=', param('digest'))
      .returning('user_id'),
  );
  const deleteAll = prepareDeletion(db);

  return {
    async setRecovery(userId, digests) {
      await deleteAll({ userId });
      for (const digest of digests) await insert({ userId, digest });
    },
    useRecovery: async (userId, digest) => (await deleteOne({ userId, digest })).length > 0,
  };
}

const prepareDeletion = (db: SqlDatabase) =>
  prepare(db, (param: Params<{ userId: UserId }>) =>
    db.deleteFrom('recovery_codes').where('user_id', '=', param('userId')),
  );
