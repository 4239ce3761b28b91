import type { MessagePlace } from '../../application/ports/messages.ts';
import type { Past, PastView } from '../../application/ports/past.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { prepareForList } from './in-list.ts';
import { type PastRow, toFacts, toRows } from './past-rows.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makePast(db: SqlDatabase): Past {
  return { ...makeReads(db), ...makeWrites(db), ...makeRemoving(db) };
}

function makeReads(db: SqlDatabase): PastView {
  const select = prepareForList(db, (param: Params<{ chatId: ChatId }>, positions: readonly Revision[]) =>
    db
      .selectFrom('past_facts')
      .leftJoin('users', 'users.id', 'past_facts.user_id')
      .selectAll('past_facts')
      .select('users.username')
      .where('chat_id', '=', param('chatId'))
      .where('position', 'in', positions)
      .orderBy('position')
      .orderBy('from_revision')
      .orderBy('kind')
      .orderBy('place'),
  );
  return {
    async factsOf(chatId, [first, ...others]) {
      if (first === undefined) return new Map();
      const rows = await select({ chatId }, [first, ...others]);
      const byMessage = Map.groupBy(rows, ({ position }) => position);
      return new Map([...byMessage].map(([position, all]) => [position, toFacts(all)]));
    },
  };
}

function makeWrites(db: SqlDatabase): Pick<Past, 'add' | 'endPin'> {
  const insert = prepare(db, (param: Params<PastRow>) =>
    db.insertInto('past_facts').values({
      chat_id: param('chat_id'),
      position: param('position'),
      kind: param('kind'),
      from_revision: param('from_revision'),
      until_revision: param('until_revision'),
      place: param('place'),
      user_id: param('user_id'),
      emoji: param('emoji'),
      name: param('name'),
      at: param('at'),
    }),
  );
  const end = prepare(db, (param: Params<MessagePlace & { until: Revision }>) =>
    db
      .updateTable('past_facts')
      .set({ until_revision: param('until') })
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .where('kind', '=', 'pin')
      .where('until_revision', 'is', null),
  );
  return {
    async add(place, fact) {
      for (const row of toRows(place, fact)) await insert(row);
    },
    async endPin({ chatId, position }, until) {
      await end({ chatId, position, until });
    },
  };
}

function makeRemoving(db: SqlDatabase): Pick<Past, 'removeAll' | 'forgetPerson'> {
  const ofMessage = prepare(db, (param: Params<MessagePlace>) =>
    db.deleteFrom('past_facts').where('chat_id', '=', param('chatId')).where('position', '=', param('position')),
  );
  const ofPerson = (kind: 'mention' | 'reaction') =>
    prepare(db, (param: Params<{ userId: UserId }>) =>
      db.deleteFrom('past_facts').where('user_id', '=', param('userId')).where('kind', '=', kind),
    );
  const [mentions, reactionsOf] = [ofPerson('mention'), ofPerson('reaction')];
  return {
    async removeAll({ chatId, position }) {
      await ofMessage({ chatId, position });
    },
    async forgetPerson(userId, { reactions }) {
      await mentions({ userId });
      if (reactions) await reactionsOf({ userId });
    },
  };
}
