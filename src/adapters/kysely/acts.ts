import type { Acts, ActsView } from '../../application/ports/acts.ts';
import type { ChatId } from '../../domain/ids.ts';
import { type ActId, actId, type NewAct } from '../../domain/moderation/act.ts';
import { toAct } from './act-rows.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

const END = actId(Number.MAX_SAFE_INTEGER);

interface Key {
  readonly chatId: ChatId;
  readonly id: ActId;
}

export function makeActs(db: SqlDatabase): Acts {
  const insert = prepare(db, (param: Params<Omit<NewAct, 'changes'> & { readonly changes: string }>) =>
    db
      .insertInto('acts')
      .values({
        chat_id: param('chatId'),
        kind: param('kind'),
        actor_id: param('actorId'),
        target_id: param('targetId'),
        reason: param('reason'),
        revision: param('revision'),
        done_at: param('at'),
        changes: param('changes'),
        undoes: param('undoes'),
      })
      .returning('id'),
  );
  return {
    ...makeReads(db),
    async add(act) {
      const [row] = await insert({ ...act, changes: JSON.stringify(act.changes) });
      if (!row) throw new Error('An act was not stored.');
      return { ...act, id: row.id };
    },
  };
}

function makeReads(db: SqlDatabase): ActsView {
  const byId = prepare(db, (param: Params<Key>) =>
    db
      .selectFrom('acts')
      .selectAll()
      .where('chat_id', '=', param('chatId'))
      .where('id', '=', param('id'))
      .$if(db.locksWhatItReads, (query) => query.forUpdate()),
  );
  const newestBefore = prepare(db, (param: Params<Key & { limit: number }>) =>
    db
      .selectFrom('acts')
      .innerJoin('users as actor', 'actor.id', 'acts.actor_id')
      .leftJoin('users as target', 'target.id', 'acts.target_id')
      .leftJoin('acts as undoing', 'undoing.undoes', 'acts.id')
      .selectAll('acts')
      .select(['actor.username as actorName', 'target.username as targetName', 'undoing.id as undoneBy'])
      .where('acts.chat_id', '=', param('chatId'))
      .where('acts.id', '<', param('id'))
      .orderBy('acts.id', 'desc')
      .limit(param('limit')),
  );
  const laterOnes = prepare(db, (param: Params<Key>) =>
    db
      .selectFrom('acts')
      .selectAll()
      .where('chat_id', '=', param('chatId'))
      .where('id', '>', param('id'))
      .orderBy('id'),
  );

  return {
    async find(chatId, id) {
      const [row] = await byId({ chatId, id });
      return row && toAct(row);
    },
    async list(chatId, before, limit) {
      const rows = await newestBefore({ chatId, id: before ?? END, limit });
      return rows.map(({ actorName, targetName, undoneBy, ...row }) => ({
        act: toAct(row),
        actor: { id: row.actor_id, username: actorName },
        target: row.target_id === null || targetName === null ? undefined : { id: row.target_id, username: targetName },
        isUndone: undoneBy !== null,
      }));
    },
    after: async (chatId, id) => (await laterOnes({ chatId, id })).map(toAct),
  };
}
