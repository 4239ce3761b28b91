import type { MessagePlace, Messages, MessagesView } from '../../application/ports/messages.ts';
import type { ReactionKey, Reactions } from '../../application/ports/reactions.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { Username } from '../../domain/identity/username.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { isAsPosted, type Message } from '../../domain/messages/message.ts';
import { type Emoji, type Tally, talliesOf } from '../../domain/reactions/tally.ts';
import { prepareForList } from './in-list.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeReactions(db: SqlDatabase): Reactions {
  const talliesAt = makeTallies(db);
  const ofKey = (param: Params<ReactionKey>) =>
    db
      .selectFrom('reactions')
      .select('revision')
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .where('emoji', '=', param('emoji'))
      .where('user_id', '=', param('userId'));
  const select = prepare(db, ofKey);
  return {
    async has(key) {
      return (await select(key)).length > 0;
    },
    async tallies({ chatId, position }) {
      return (await talliesAt(chatId, [position])).get(position) ?? [];
    },
    ...makeWrites(db),
  };
}

function makeWrites(db: SqlDatabase): Pick<Reactions, 'add' | 'remove' | 'removeAll'> {
  const insert = prepare(db, (param: Params<ReactionKey & { revision: Revision }>) =>
    db.insertInto('reactions').values({
      chat_id: param('chatId'),
      position: param('position'),
      emoji: param('emoji'),
      user_id: param('userId'),
      revision: param('revision'),
    }),
  );
  const deleteOne = prepare(db, (param: Params<ReactionKey>) =>
    db
      .deleteFrom('reactions')
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .where('emoji', '=', param('emoji'))
      .where('user_id', '=', param('userId'))
      .returning('revision'),
  );
  const deleteAll = prepare(db, (param: Params<MessagePlace>) =>
    db.deleteFrom('reactions').where('chat_id', '=', param('chatId')).where('position', '=', param('position')),
  );
  return {
    async add(key, revision) {
      await insert({ ...key, revision });
    },
    async remove(key) {
      const [removed] = await deleteOne(key);
      return removed?.revision;
    },
    async removeAll(place) {
      await deleteAll(place);
    },
  };
}

export function makeReactionsTo(db: SqlDatabase): Pick<MessagesView, 'reactionsTo'> {
  const select = prepare(db, (param: Params<MessagePlace>) =>
    db
      .selectFrom('reactions')
      .innerJoin('users', 'users.id', 'reactions.user_id')
      .select(['reactions.emoji', 'reactions.revision', 'users.id', 'users.username'])
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .orderBy('revision'),
  );
  return {
    reactionsTo: async ({ chatId, position }) =>
      (await select({ chatId, position })).map(({ emoji, revision, id, username }) => ({
        ...{ emoji, revision },
        user: { id, username },
      })),
  };
}

/** A change of its reactions is one of the message. */
export function makeNoting(db: SqlDatabase): Pick<Messages, 'noteReactions'> {
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

/** Gives messages of one chat their reactions, by one statement. It reads nothing for messages that are as they were posted. */
export function makeWithReactions(db: SqlDatabase): (messages: readonly Message[]) => Promise<readonly Message[]> {
  const talliesAt = makeTallies(db);
  return async (messages) => {
    const [first, ...others] = messages.filter((message) => message.kind === 'text' && !isAsPosted(message));
    if (!first) return messages;
    const tallies = await talliesAt(first.chatId, [first.position, ...others.map(({ position }) => position)]);
    if (tallies.size === 0) return messages;
    return messages.map((message) => {
      const reactions = message.kind === 'text' ? tallies.get(message.position) : undefined;
      return reactions ? { ...message, reactions } : message;
    });
  };
}

type TalliesAt = (
  chatId: ChatId,
  positions: readonly [Revision, ...Revision[]],
) => Promise<ReadonlyMap<Revision, readonly Tally[]>>;

/**
 * The tallies of messages, by position: of those that have any. The order of the first reaction with each emoji is that of the rows:
 * SQLite needs several times as long for window functions.
 */
function makeTallies(db: SqlDatabase): TalliesAt {
  const select = prepareForList(db, (param: Params<{ chatId: ChatId }>, positions: readonly Revision[]) =>
    db
      .selectFrom('reactions')
      .innerJoin('users', 'users.id', 'reactions.user_id')
      .select(['reactions.position', 'reactions.emoji', 'reactions.user_id', 'users.username'])
      .where('chat_id', '=', param('chatId'))
      .where('position', 'in', positions)
      .orderBy('reactions.position')
      .orderBy('reactions.revision'),
  );
  return async (chatId, positions) => toTallies(await select({ chatId }, positions));
}

interface Row {
  readonly position: Revision;
  readonly emoji: Emoji;
  readonly user_id: UserId;
  readonly username: Username;
}

function toTallies(rows: readonly Row[]): ReadonlyMap<Revision, readonly Tally[]> {
  const byMessage = Map.groupBy(rows, ({ position }) => position);
  const reactionOf = ({ emoji, user_id: id, username }: Row) => ({ emoji, user: { id, username } });
  return new Map([...byMessage].map(([position, all]) => [position, talliesOf(all.map(reactionOf))]));
}
