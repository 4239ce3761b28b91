import type { MessagePlace } from '../../application/ports/messages.ts';
import type { Lag, Search, SearchView } from '../../application/ports/search.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { ChatId } from '../../domain/ids.ts';
import { type SearchPlace, usualPlace } from '../../domain/search/search-place.ts';
import type { Searchable } from '../../domain/search/searched-message.ts';
import { prepareForList } from './in-list.ts';
import { type Params, prepare } from './prepare.ts';
import type { SearchRow } from './search-grams.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeSearch(db: SqlDatabase): Search {
  const entries = makeEntries(db);
  const progress = makeProgress(db);
  return {
    propose: (proposing) => db.grams.propose(db.run, proposing),
    lags: makeLags(db),
    set: entries.set,
    removeRange: entries.removeRange,

    async index({ chatId, from, to, messages }) {
      if (!(await progress.advance(chatId, from, to))) return false;
      // Together: over a network, a batch takes as many round trips as a message.
      await Promise.all(messages.map(({ searchable, ...message }) => entries.set({ chatId, ...message }, searchable)));
      return true;
    },

    async settle(version) {
      if (!(await progress.settle(version))) return false;
      await db.grams.clear(db.run);
      return true;
    },
  };
}

function makeLags(db: SqlDatabase): SearchView['lags'] {
  const NOT_YET = revision(0);
  const lagging = db
    .selectFrom('chats')
    .leftJoin('search_progress as reached', 'reached.chat_id', 'chats.id')
    .select(['chats.id as chatId', 'chats.revision'])
    .select((column) => column.fn.coalesce('reached.revision', column.val(NOT_YET)).as('indexedTo'))
    .where((column) => column('chats.revision', '>', column.fn.coalesce('reached.revision', column.val(NOT_YET))))
    .orderBy('chats.id');
  const first = prepare(db, (param: Params<{ limit: number }>) => lagging.limit(param('limit')));
  const ofThese = prepareForList(db, (_param: Params<object>, ids: readonly ChatId[]) =>
    lagging.where('chats.id', 'in', ids),
  );
  return async (which): Promise<readonly Lag[]> => {
    if ('limit' in which) return first({ limit: which.limit });
    const [id, ...others] = which.chats;
    return id === undefined ? [] : ofThese({}, [id, ...others]);
  };
}

function makeProgress(db: SqlDatabase) {
  type Step = { chatId: ChatId; from: Revision; to: Revision };
  const begin = prepare(db, (param: Params<Step>) =>
    db
      .insertInto('search_progress')
      .values({ chat_id: param('chatId'), revision: param('to') })
      .onConflict((conflict) => conflict.column('chat_id').doNothing())
      .returning('revision'),
  );
  const go = prepare(db, (param: Params<Step>) =>
    db
      .updateTable('search_progress')
      .set({ revision: param('to') })
      .where('chat_id', '=', param('chatId'))
      .where('revision', '=', param('from'))
      .returning('revision'),
  );
  const settle = prepare(db, (param: Params<{ version: number }>) =>
    db
      .insertInto('search_state')
      .values({ id: 1, version: param('version') })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({ version: param('version') })
          .where('search_state.version', '!=', param('version')),
      )
      .returning('version'),
  );
  const forget = prepare(db, () => db.deleteFrom('search_progress'));
  return {
    async advance(chatId: ChatId, from: Revision, to: Revision): Promise<boolean> {
      const step = { chatId, from, to };
      return (await (from === 0 ? begin(step) : go(step))).length > 0;
    },
    async settle(version: number): Promise<boolean> {
      if ((await settle({ version })).length === 0) return false;
      await forget({});
      return true;
    },
  };
}

type Place = MessagePlace & { readonly sentAt: number };

function makeEntries(db: SqlDatabase) {
  const { find, inRange } = makeEntryReads(db);
  const remove = (row: SearchRow) => db.grams.remove(db.run, row);

  /** Other messages of the same millisecond may have the place. */
  async function add(row: SearchRow): Promise<void> {
    for (let next = row; !(await db.grams.add(db.run, next)); )
      next = { ...next, place: (next.place + 1) as SearchPlace };
  }

  async function set(message: Place, searchable: Searchable | undefined): Promise<void> {
    const { chatId, position } = message;
    const [known] = await find({ chatId, position });
    const wanted = searchable && { text: searchable.text, marks: searchable.marks.join(' ') };
    if (known && wanted && known.text === wanted.text && known.marks === wanted.marks) return;
    if (known) await remove(known);
    if (!wanted) return;
    await add({ place: known?.place ?? usualPlace(message), chat_id: chatId, position, ...wanted });
  }

  const removeRange: Search['removeRange'] = async (chatId, range) => {
    for (const row of await inRange({ chatId, ...range })) await remove(row);
  };
  return { set, removeRange };
}

function makeEntryReads(db: SqlDatabase) {
  const ofChat = (chatId: ChatId) => db.selectFrom('search_texts').selectAll().where('chat_id', '=', chatId);
  return {
    find: prepare(db, (param: Params<MessagePlace>) =>
      ofChat(param('chatId')).where('position', '=', param('position')),
    ),
    inRange: prepare(db, (param: Params<{ chatId: ChatId; after: Revision; through: Revision }>) =>
      ofChat(param('chatId')).where('position', '>', param('after')).where('position', '<=', param('through')),
    ),
  };
}
