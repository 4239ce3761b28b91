import type { Selectable } from 'kysely';
import type { MessagePlace, Messages } from '../../application/ports/messages.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { Username } from '../../domain/identity/username.ts';
import type { ChatId } from '../../domain/ids.ts';
import { AS_POSTED, isAsPosted, type Message, messageId } from '../../domain/messages/message.ts';
import type { MessageBody } from '../../domain/messages/message-body.ts';
import { makePinned } from './pins.ts';
import { type Params, prepare } from './prepare.ts';
import { makeWithReactions } from './reactions.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';
import { makeVersions } from './versions.ts';

const END = revision(Number.MAX_SAFE_INTEGER);

export function makeMessages(db: SqlDatabase): Messages {
  return { ...makeReads(db), ...makeWrites(db), ...makeNoting(db), ...makeVersions(db), ...makePinned(db, toMessage) };
}

function makeReads(db: SqlDatabase): Pick<Messages, 'find' | 'before' | 'changedAfter'> {
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
      .orderBy('position', 'desc')
      .limit(param('limit')),
  );
  const missed = prepare(db, (param: Params<After>) => firstChanges(db, param));
  const withReactions = makeWithReactions(db);

  return {
    async find(place) {
      const [message] = await withReactions((await atPlace(place)).map(toMessage));
      return message;
    },
    async before(chatId, position, limit) {
      const rows = await newestBefore({ chatId, position: position ?? END, limit });
      return withReactions(rows.map(toMessage).reverse());
    },
    async changedAfter(chatId, after, limit) {
      return withReactions((await missed({ chatId, after, limit })).map(toMessage));
    },
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
        pinned_by: param('pinned_by'),
        pinned_at: param('pinned_at'),
      })
      .where('chat_id', '=', param('chat_id'))
      .where('position', '=', param('position')),
  );

  return {
    async add(message) {
      await insert(toRow(message));
    },
    async change(message) {
      await update(toRow(message));
    },
  };
}

function makeNoting(db: SqlDatabase): Pick<Messages, 'noteReactions'> {
  const note = prepare(db, (param: Params<MessagePlace & { revision: Revision }>) =>
    db
      .updateTable('messages')
      .set({ changed_at: param('revision') })
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position')),
  );
  return {
    async noteReactions({ chatId, position }, revision) {
      await note({ chatId, position, revision });
    },
  };
}

type Row = Selectable<Schema['messages']>;

export function toMessage(row: Row & { readonly username: Username }): Message {
  const { chat_id: chatId, position, edited_at: at } = row;
  const entry = {
    id: messageId({ chatId, position }),
    chatId,
    position,
    revision: row.changed_at ?? position,
    clientId: row.client_id,
    author: { id: row.author_id, username: row.username },
    sentAt: row.sent_at,
  };
  switch (row.kind) {
    case 'text': {
      const edit = at === null || row.text_revision === null ? null : { revision: row.text_revision, at };
      const pin = row.pinned_at === null || row.pinned_by === null ? null : { by: row.pinned_by, at: row.pinned_at };
      return { ...entry, ...AS_POSTED, kind: 'text', text: row.text, edit, pin };
    }
    case 'notice':
      return { ...entry, kind: 'notice', text: row.text };
    case 'deleted':
      return { ...entry, kind: 'deleted', deletedBy: row.deleted_by ?? row.author_id, deletedAt: row.deleted_at ?? 0 };
    default:
      return row.kind satisfies never;
  }
}

const WORDLESS = '' as MessageBody;

export function toRow(message: Message): Row {
  const { edit, pin } = message.kind === 'text' ? message : AS_POSTED;
  const deleted = message.kind === 'deleted' ? message : undefined;
  return {
    chat_id: message.chatId,
    position: message.position,
    author_id: message.author.id,
    client_id: message.clientId,
    kind: message.kind,
    text: message.kind === 'deleted' ? WORDLESS : message.text,
    sent_at: message.sentAt,
    changed_at: isAsPosted(message) ? null : message.revision,
    text_revision: edit?.revision ?? null,
    edited_at: edit?.at ?? null,
    deleted_by: deleted?.deletedBy ?? null,
    deleted_at: deleted?.deletedAt ?? null,
    pinned_by: pin?.by ?? null,
    pinned_at: pin?.at ?? null,
  };
}
