import type { Passkeys } from '../../application/ports/passkeys.ts';
import type { ChallengeId, PasskeyChallenge } from '../../domain/identity/passkey-challenge.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makePasskeyChallenges(
  db: SqlDatabase,
): Pick<Passkeys, 'addChallenge' | 'takeChallenge' | 'removeExpiredChallenges'> {
  const insert = prepare(db, (param: Params<PasskeyChallenge>) =>
    db.insertInto('passkey_challenges').values({
      ...{ id: param('id'), purpose: param('purpose'), holder: param('holder'), expires_at: param('expiresAt') },
    }),
  );
  const deleteOne = prepare(db, (param: Params<{ id: ChallengeId }>) =>
    db.deleteFrom('passkey_challenges').where('id', '=', param('id')).returningAll(),
  );
  const deleteExpired = prepare(db, (param: Params<{ until: number }>) =>
    db.deleteFrom('passkey_challenges').where('expires_at', '<=', param('until')).returning('id'),
  );

  return {
    async addChallenge(challenge) {
      await insert(challenge);
    },
    async takeChallenge(id) {
      const [row] = await deleteOne({ id });
      return row && { id: row.id, purpose: row.purpose, holder: row.holder, expiresAt: row.expires_at };
    },
    removeExpiredChallenges: async (until) => (await deleteExpired({ until })).length,
  };
}
