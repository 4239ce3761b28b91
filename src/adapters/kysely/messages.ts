import type { Selectable } from 'kysely';
import type { Messages } from '../../application/ports/messages.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { Username } from '../../domain/identity/username.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { ClientId } from '../../domain/messages/client-id.ts';
import { type Message, messageId } from '../../domain/messages/message.ts';
import { type Params, prepare } from './prepare.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

const END = revision(Number.MAX_SAFE_INTEGER);

export function makeMessages(db: SqlDatabase): Messages {
  const withAuthor = db
    .selectFrom('messages')
    .innerJoin('users', 'users.id', 'messages.author_id')
    .selectAll('messages')
    .select('users.username');
  const newestBefore = prepare(db, (param: Params<{ chatId: ChatId; position: Revision; limit: number }>) =>
    withAuthor
      .where('chat_id', '=', param('chatId'))
      .where('position', '<', param('position'))
      .orderBy('position', 'desc')
      .limit(param('limit')),
  );
  const firstAfter = prepare(db, (param: Params<{ chatId: ChatId; position: Revision; limit: number }>) =>
    withAuthor
      .where('chat_id', '=', param('chatId'))
      .where('position', '>', param('position'))
      .orderBy('position')
      .limit(param('limit')),
  );
  const byClientId = prepare(db, (param: Params<{ chatId: ChatId; authorId: UserId; clientId: ClientId }>) =>
    db
      .selectFrom('messages')
      .selectAll()
      .where('chat_id', '=', param('chatId'))
      .where('author_id', '=', param('authorId'))
      .where('client_id', '=', param('clientId')),
  );
  const insert = prepare(db, (param: Params<Omit<Message, 'author'> & { authorId: UserId }>) =>
    db.insertInto('messages').values({
      chat_id: param('chatId'),
      position: param('position'),
      author_id: param('authorId'),
      client_id: param('clientId'),
      kind: param('kind'),
      text: param('text'),
      sent_at: param('sentAt'),
    }),
  );

  return {
    async before(chatId, position, limit) {
      const rows = await newestBefore({ chatId, position: position ?? END, limit });
      return rows.map(toMessage).reverse();
    },
    async changedAfter(chatId, after, limit) {
      return (await firstAfter({ chatId, position: after, limit })).map(toMessage);
    },
    async sentAs(chatId, author, clientId) {
      const [row] = await byClientId({ chatId, authorId: author.id, clientId });
      return row && toMessage({ ...row, username: author.username });
    },
    async add(message) {
      await insert({ ...message, authorId: message.author.id });
    },
  };
}

export function toMessage(row: Selectable<Schema['messages']> & { username: Username }): Message {
  const chatId = row.chat_id;
  const { position } = row;
  return {
    id: messageId({ chatId, position }),
    chatId,
    position,
    revision: position,
    clientId: row.client_id,
    kind: row.kind,
    author: { id: row.author_id, username: row.username },
    text: row.text,
    sentAt: row.sent_at,
  };
}
