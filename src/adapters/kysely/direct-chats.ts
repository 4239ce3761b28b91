import type { Chats } from '../../application/ports/chats.ts';
import { revision } from '../../domain/chats/chat.ts';
import { NO_NAME, type PeopleKey } from '../../domain/chats/direct.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { prepareForList } from './in-list.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Maximum chats of one statement. */
const BATCH = 1_000;

export function makeDirectChats(db: SqlDatabase): Pick<Chats, 'people' | 'findDirect' | 'addDirect' | 'directOfBoth'> {
  const byKey = prepare(db, (param: Params<{ people: PeopleKey }>) =>
    db.selectFrom('direct_chats').select('chat_id').where('people', '=', param('people')),
  );
  const ofBoth = prepare(db, (param: Params<{ one: UserId; other: UserId }>) =>
    db
      .selectFrom('members')
      .innerJoin('direct_chats', 'direct_chats.chat_id', 'members.chat_id')
      .innerJoin('members as others', 'others.chat_id', 'members.chat_id')
      .select('members.chat_id')
      .where('members.user_id', '=', param('one'))
      .where('others.user_id', '=', param('other'))
      .orderBy('members.chat_id'),
  );
  const findDirect = async (people: PeopleKey) => (await byKey({ people }))[0]?.chat_id;
  return {
    people: makePeople(db),
    findDirect,
    addDirect: makeAddDirect(db, findDirect),
    directOfBoth: async (one, other) => (await ofBoth({ one, other })).map((row) => row.chat_id),
  };
}

function makePeople(db: SqlDatabase): Chats['people'] {
  const select = prepareForList(db, (_param: Params<object>, ids: readonly ChatId[]) =>
    db
      .selectFrom('direct_chats')
      .innerJoin('members', 'members.chat_id', 'direct_chats.chat_id')
      .innerJoin('users', 'users.id', 'members.user_id')
      .select(['direct_chats.chat_id', 'users.id', 'users.username'])
      .where('direct_chats.chat_id', 'in', ids)
      .orderBy('users.id'),
  );
  return async (ids) => {
    const people = new Map<ChatId, User[]>();
    for (let at = 0; at < ids.length; at += BATCH) {
      const [first, ...others] = ids.slice(at, at + BATCH);
      if (first === undefined) break;
      for (const { chat_id, ...user } of await select({}, [first, ...others])) {
        const known = people.get(chat_id);
        if (known) known.push(user);
        else people.set(chat_id, [user]);
      }
    }
    return people;
  };
}

function makeAddDirect(db: SqlDatabase, findDirect: Chats['findDirect']): Chats['addDirect'] {
  const insertChat = prepare(db, (param: Params<{ createdAt: number }>) =>
    db
      .insertInto('chats')
      .values({ name: NO_NAME, created_at: param('createdAt'), revision: revision(0) })
      .returning('id'),
  );
  const insertKey = prepare(db, (param: Params<{ id: ChatId; people: PeopleKey }>) =>
    db
      .insertInto('direct_chats')
      .values({ chat_id: param('id'), people: param('people') })
      .onConflict((conflict) => conflict.column('people').doNothing())
      .returning('chat_id'),
  );
  const deleteChat = prepare(db, (param: Params<{ id: ChatId }>) =>
    db.deleteFrom('chats').where('id', '=', param('id')),
  );
  return async ({ people, createdAt }) => {
    const known = await findDirect(people);
    if (known !== undefined) return { id: known, isNew: false };
    const [row] = await insertChat({ createdAt });
    if (!row) throw new Error('The database returned no row for a new chat.');
    // Waits for a concurrent transaction that inserts the same people.
    if ((await insertKey({ id: row.id, people })).length > 0) return { id: row.id, isNew: true };
    await deleteChat({ id: row.id });
    const other = await findDirect(people);
    if (other === undefined) throw new Error('Neither this transaction nor another one stored the direct chat.');
    return { id: other, isNew: false };
  };
}
