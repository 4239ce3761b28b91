import type { MessagePlace, Messages, PersonalScan } from '../../application/ports/messages.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import { type ChatId, chatId, type UserId } from '../../domain/ids.ts';
import type { Message } from '../../domain/messages/message.ts';
import type { MessageRow } from './message-rows.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

const START: MessagePlace = { chatId: chatId(0), position: revision(0) };
const END: MessagePlace = {
  chatId: chatId(Number.MAX_SAFE_INTEGER),
  position: revision(Number.MAX_SAFE_INTEGER),
};

type ToMessages = (rows: readonly MessageRow[]) => Promise<readonly Message[]>;

/** What a part of all messages has to do with a user. */
export function makePersonal(db: SqlDatabase, toMessages: ToMessages): Pick<Messages, 'personal'> {
  const endOfPart = makeEndOfPart(db);
  const messagesIn = prepare(db, (param: Params<Part>) => selectMessages(db, param));
  const reactionsIn = prepare(db, (param: Params<Part>) => selectReactions(db, param));

  return {
    async personal({ userId, after = START, window }) {
      const next = await endOfPart({ after, window });
      const end = next ?? END;
      const part = { userId, chatId: after.chatId, position: after.position };
      const range = { ...part, lastChatId: end.chatId, lastPosition: end.position };
      const messages: Message[] = [];
      for (const rows of Map.groupBy(await messagesIn(range), ({ chat_id }) => chat_id).values())
        messages.push(...(await toMessages(rows)));
      return {
        written: messages.filter(({ author }) => author.id === userId),
        about: messages.filter(({ author }) => author.id !== userId),
        reactions: await reactionsIn(range),
        next,
      };
    },
  };
}

interface Part extends MessagePlace {
  readonly userId: UserId;
  readonly lastChatId: ChatId;
  readonly lastPosition: Revision;
}

function makeEndOfPart(db: SqlDatabase) {
  const endOf = prepare(db, (param: Params<MessagePlace & { skipped: number }>) =>
    db
      .selectFrom('messages')
      .select(['chat_id as chatId', 'position'])
      .where((column) =>
        column(column.refTuple('chat_id', 'position'), '>', column.tuple(param('chatId'), param('position'))),
      )
      .orderBy('chat_id')
      .orderBy('position')
      .limit(1)
      .offset(param('skipped')),
  );
  return async ({ after, window }: { readonly after: MessagePlace } & Pick<PersonalScan, 'window'>) =>
    (await endOf({ chatId: after.chatId, position: after.position, skipped: window - 1 }))[0];
}

function selectMessages(db: SqlDatabase, param: Params<Part>) {
  return db
    .selectFrom('messages')
    .innerJoin('users', 'users.id', 'messages.author_id')
    .selectAll('messages')
    .select('users.username')
    .where((column) =>
      column.and([
        column(
          column.refTuple('messages.chat_id', 'messages.position'),
          '>',
          column.tuple(param('chatId'), param('position')),
        ),
        column(
          column.refTuple('messages.chat_id', 'messages.position'),
          '<=',
          column.tuple(param('lastChatId'), param('lastPosition')),
        ),
        column.or([
          column('messages.author_id', '=', param('userId')),
          column('messages.kind', '=', 'notice'),
          column.exists(
            column
              .selectFrom('mentions')
              .select('mentions.user_id')
              .whereRef('mentions.chat_id', '=', 'messages.chat_id')
              .whereRef('mentions.position', '=', 'messages.position')
              .where('mentions.user_id', '=', param('userId')),
          ),
        ]),
      ]),
    )
    .orderBy('messages.chat_id')
    .orderBy('messages.position');
}

function selectReactions(db: SqlDatabase, param: Params<Part>) {
  return db
    .selectFrom('reactions')
    .select(['chat_id as chatId', 'position', 'emoji'])
    .where((column) =>
      column.and([
        column(column.refTuple('chat_id', 'position'), '>', column.tuple(param('chatId'), param('position'))),
        column(column.refTuple('chat_id', 'position'), '<=', column.tuple(param('lastChatId'), param('lastPosition'))),
        column('user_id', '=', param('userId')),
      ]),
    )
    .orderBy('chat_id')
    .orderBy('position');
}
