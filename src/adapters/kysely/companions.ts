import type { ExpressionBuilder } from 'kysely';
import type { MembersView } from '../../application/ports/members.ts';
import type { UsernameKey } from '../../domain/identity/username.ts';
import type { UserId } from '../../domain/ids.ts';
import { prepareForList } from './in-list.ts';
import type { Params } from './prepare.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

interface Asker {
  readonly userId: UserId;
}

/** The people with whom a user is in a chat. */
export function makeCompanions(db: SqlDatabase): Pick<MembersView, 'sharing' | 'companions'> {
  const users = (param: Params<Asker>) =>
    db
      .selectFrom('users')
      .select(['users.id', 'users.username'])
      .where(({ exists, selectFrom }) => exists(inOneChat(selectFrom, param)));
  const byName = prepareForList(db, (param: Params<Asker>, keys: readonly UsernameKey[]) =>
    users(param).where('users.username_key', 'in', keys),
  );
  const byId = prepareForList(db, (param: Params<Asker>, ids: readonly UserId[]) =>
    users(param).where('users.id', 'in', ids),
  );

  return {
    async sharing(userId, [first, ...others]) {
      return first === undefined ? [] : byName({ userId }, [first, ...others]);
    },
    async companions(userId, [first, ...others]) {
      return first === undefined ? [] : byId({ userId }, [first, ...others]);
    },
  };
}

const inOneChat = (selectFrom: ExpressionBuilder<Schema, 'users'>['selectFrom'], param: Params<Asker>) =>
  selectFrom('members as mine')
    .innerJoin('members as theirs', 'theirs.chat_id', 'mine.chat_id')
    .select('mine.chat_id')
    .where('mine.user_id', '=', param('userId'))
    .whereRef('theirs.user_id', '=', 'users.id');
