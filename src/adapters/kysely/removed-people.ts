import type { Erasures, Removal } from '../../application/ports/erasures.ts';
import { FORMER_MEMBER, keyOfFormer } from '../../domain/identity/former-member.ts';
import type { UsernameKey } from '../../domain/identity/username.ts';
import type { UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import { makeNextRename, makeRestingNames } from './renaming.ts';
import type { SqlDatabase } from './sql-database.ts';
import { REMOVED } from './users.ts';

export function makeRemovePerson(db: SqlDatabase): Pick<Erasures, 'removePerson'> {
  const nextRename = makeNextRename(db);
  const formerKey = prepare(db, (param: Params<{ id: UserId; at: number }>) =>
    db
      .selectFrom('users')
      .select('username_key')
      .where('id', '=', param('id'))
      .where('created_at', '<=', param('at'))
      .where('password_hash', '!=', REMOVED),
  );
  const update = makeUpdate(db);
  const names = makeRestingNames(db);
  const removeOwn = OWN.map((table) => makeRemoveOf(db, table));
  const removeSettings = OF_MEMBERS.map((table) => makeRemoveOfMember(db, table));
  const removeOthers = makeRemoveOthers(db);
  const removeReports = makeRemoveOf(db, 'reports');

  return {
    async removePerson({ userId: id, words, at, restsUntil }: Removal) {
      const rename = await nextRename();
      const former = (await formerKey({ id, at }))[0]?.username_key;
      if (former === undefined) return undefined;
      await update({ id, key: keyOfFormer(id), rename, at });
      await names.rest({ key: former, userId: id, restsUntil });
      for (const remove of [...removeOwn, ...removeSettings, ...removeOthers]) await remove({ id });
      if (words === 'erase') await removeReports({ id });
      return { user: { id, username: FORMER_MEMBER }, rename, renamedAt: at };
    },
  };
}

function makeUpdate(db: SqlDatabase) {
  return prepare(db, (param: Params<{ id: UserId; key: UsernameKey; rename: number; at: number }>) =>
    db
      .updateTable('users')
      .set({
        username: FORMER_MEMBER,
        username_key: param('key'),
        password_hash: REMOVED,
        undoable_until: null,
        away_until: null,
        rename_number: param('rename'),
        renamed_at: param('at'),
        administrator_since: null,
        // Nobody writes directly to a person who is gone, as to one whose account is deactivated.
        deactivated_at: param('at'),
        invited_by: null,
      })
      .where('id', '=', param('id')),
  );
}

/** The tables whose rows are of one user. */
const OWN = [
  'passkeys',
  // Behind those that refer to it.
  'passkey_owners',
  'held_sessions',
  'two_step',
  'recovery_codes',
  'one_time_links',
  'notification_settings',
  'blocks',
  'barred_members',
  'bans',
  'slow_posts',
  'exports',
] as const;

/** The tables whose rows are of one member. Groups remove theirs with the member; a person stays in direct chats. */
const OF_MEMBERS = ['read_pointers', 'levels', 'hidden_chats'] as const;

type OfUser = (typeof OWN)[number] | 'reports';

function makeRemoveOf(db: SqlDatabase, table: OfUser) {
  return prepare(db, (param: Params<{ id: UserId }>) => db.deleteFrom(table).where('user_id', '=', param('id')));
}

function makeRemoveOfMember(db: SqlDatabase, table: (typeof OF_MEMBERS)[number]) {
  return prepare(db, (param: Params<{ id: UserId }>) =>
    db
      .deleteFrom(table)
      .where('user_id', '=', param('id'))
      .where('chat_id', 'in', (chats) =>
        chats.selectFrom('members').select('members.chat_id').where('members.user_id', '=', param('id')),
      ),
  );
}

function makeRemoveOthers(db: SqlDatabase) {
  return [
    prepare(db, (param: Params<{ id: UserId }>) => db.deleteFrom('blocks').where('blocked_id', '=', param('id'))),
    prepare(db, (param: Params<{ id: UserId }>) => db.deleteFrom('invites').where('created_by', '=', param('id'))),
  ];
}
