import type { MessagePlace, Messages } from '../../application/ports/messages.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Message } from '../../domain/messages/message.ts';
import { makeAttach } from './attach-files.ts';
import { makeAddMentions, makeSetMentions, makeWithMentions } from './mentions.ts';
import { type MessageRow, type Row, toMessage, toRow } from './message-rows.ts';
import { makePersonal } from './personal.ts';
import { makePinned } from './pins.ts';
import { type Params, prepare } from './prepare.ts';
import { makeReadQuotes } from './quotes.ts';
import { makeNoting, makeReactionsTo, makeWithReactions } from './reactions.ts';
import { makeRecentBy } from './recent-messages.ts';
import { makeRemovingRanges } from './retention.ts';
import type { SqlDatabase } from './sql-database.ts';
import { makeVersions } from './versions.ts';

const END = revision(Number.MAX_SAFE_INTEGER);

export function makeMessages(db: SqlDatabase): Messages {
  const toMessages = makeToMessages(db);
  return {
    ...makeReads(db, toMessages),
    ...makeWrites(db),
    ...makeNoting(db),
    ...makeVersions(db),
    ...makePinned(db, toMessages),
    ...makeReactionsTo(db),
    ...makeRecentBy(db),
    ...makeRemovingRanges(db),
    ...makePersonal(db, toMessages),
    setMentions: makeSetMentions(db),
  };
}

type ToMessages = ReturnType<typeof makeToMessages>;

function makeReads(
  db: SqlDatabase,
  toMessages: ToMessages,
): Pick<Messages, 'find' | 'findBare' | 'before' | 'after' | 'changedAfter'> {
  const withAuthor = db
    .selectFrom('messages')
    .innerJoin('users', 'users.id', 'messages.author_id')
    .selectAll('messages')
    .select('users.username');
  const atPlace = prepare(db, (param: Params<MessagePlace>) =>
    withAuthor
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .$if(db.locksWhatItReads, (query) => query.forUpdate('messages')),
  );
  const newestBefore = prepare(db, (param: Params<MessagePlace & { limit: number }>) =>
    withAuthor
      .where('chat_id', '=', param('chatId'))
      .where('position', '<', param('position'))
      .where('hidden', 'is', null)
      .orderBy('position', 'desc')
      .limit(param('limit')),
  );
  const firstAfter = prepare(db, (param: Params<MessagePlace & { limit: number }>) =>
    withAuthor
      .where('chat_id', '=', param('chatId'))
      .where('position', '>', param('position'))
      .where('hidden', 'is', null)
      .orderBy('position')
      .limit(param('limit')),
  );
  const missed = prepare(db, (param: Params<After>) => firstChanges(db, param));

  return {
    async find(place) {
      const [message] = await toMessages(await atPlace(place));
      return message;
    },
    async findBare(place) {
      const [row] = await atPlace(place);
      return row && toMessage(row);
    },
    async before(chatId, position, limit) {
      const rows = await newestBefore({ chatId, position: position ?? END, limit });
      return toMessages(rows.toReversed());
    },
    async after(chatId, position, limit) {
      return toMessages(await firstAfter({ chatId, position, limit }));
    },
    async changedAfter(chatId, after, limit) {
      return toMessages(await missed({ chatId, after, limit }));
    },
  };
}

/**
 * Makes messages of the rows of one chat. Only replies, reactions and mentions cost another statement each, which is one for all of
 * the messages.
 */
function makeToMessages(db: SqlDatabase): (rows: readonly MessageRow[]) => Promise<readonly Message[]> {
  const readQuotes = makeReadQuotes(db);
  const withReactions = makeWithReactions(db);
  const withMentions = makeWithMentions(db);

  return async (rows) => {
    const answered = new Set<Revision>();
    for (const { kind, reply_to } of rows) if (kind === 'text' && reply_to !== null) answered.add(reply_to);
    const [first] = rows;
    if (!first) return [];
    const quotes = await readQuotes(first.chat_id, answered);
    const quoteOf = ({ reply_to }: MessageRow) => (reply_to === null ? undefined : quotes.get(reply_to));
    return withMentions(await withReactions(rows.map((row) => toMessage(row, quoteOf(row)))));
  };
}

interface After {
  readonly chatId: ChatId;
  readonly after: Revision;
  readonly limit: number;
}

/** The last change of a message is its post or a later change. Each of the two has its own index, in order of revision. */
function firstChanges(db: SqlDatabase, param: Params<After>) {
  const ofChat = db.selectFrom('messages').selectAll().where('chat_id', '=', param('chatId'));
  const posted = ofChat
    .where('position', '>', param('after'))
    .where('changed_at', 'is', null)
    .orderBy('position')
    .limit(param('limit'));
  const changed = ofChat.where('changed_at', '>', param('after')).orderBy('changed_at').limit(param('limit'));
  const both = db
    .selectFrom(posted.as('posted'))
    .selectAll()
    .unionAll(db.selectFrom(changed.as('changed')).selectAll());
  return db
    .selectFrom(both.as('missed'))
    .innerJoin('users', 'users.id', 'missed.author_id')
    .selectAll('missed')
    .select('users.username')
    .orderBy((missed) => missed.fn.coalesce('missed.changed_at', 'missed.position'))
    .limit(param('limit'));
}

function makeWrites(db: SqlDatabase): Pick<Messages, 'add' | 'change'> {
  // A new message is as it was posted, so the columns for changes stay null.
  const insert = prepare(db, (param: Params<Row>) =>
    db.insertInto('messages').values({
      chat_id: param('chat_id'),
      position: param('position'),
      author_id: param('author_id'),
      client_id: param('client_id'),
      kind: param('kind'),
      text: param('text'),
      sent_at: param('sent_at'),
      reply_to: param('reply_to'),
    }),
  );
  const update = prepare(db, (param: Params<Row>) =>
    db
      .updateTable('messages')
      .set({
        kind: param('kind'),
        text: param('text'),
        changed_at: param('changed_at'),
        text_revision: param('text_revision'),
        edited_at: param('edited_at'),
        deleted_by: param('deleted_by'),
        deleted_at: param('deleted_at'),
        hidden: param('hidden'),
        pinned_by: param('pinned_by'),
        pinned_at: param('pinned_at'),
      })
      .where('chat_id', '=', param('chat_id'))
      .where('position', '=', param('position')),
  );

  const addMentions = makeAddMentions(db);
  const attach = makeAttach(db);

  return {
    async add(message) {
      await insert(toRow(message));
      if (message.kind !== 'text') return;
      if (message.mentions.length > 0) await addMentions(message, message.mentions);
      if (message.files.length > 0) await attach(message);
    },
    async change(message) {
      await update(toRow(message));
    },
  };
}
