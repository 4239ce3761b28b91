import type { MessagePlace, Messages } from '../../application/ports/messages.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Mention, Message } from '../../domain/messages/message.ts';
import { prepareForList } from './in-list.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Gives messages of one chat their mentions, by one statement. It reads nothing for texts that cannot have any. */
export function makeWithMentions(db: SqlDatabase): (messages: readonly Message[]) => Promise<readonly Message[]> {
  const select = prepareForList(db, (param: Params<{ chatId: ChatId }>, positions: readonly Revision[]) =>
    db
      .selectFrom('mentions')
      .select(['position', 'user_id as userId', 'name'])
      .where('chat_id', '=', param('chatId'))
      .where('position', 'in', positions)
      .orderBy('position')
      .orderBy('place'),
  );

  return async (messages) => {
    const [first, ...others] = messages.filter((message) => message.kind === 'text' && message.text.includes('@'));
    if (!first) return messages;
    const rows = await select({ chatId: first.chatId }, [first.position, ...others.map(({ position }) => position)]);
    if (rows.length === 0) return messages;
    const mentions = Map.groupBy(rows, ({ position }) => position);
    return messages.map((message) => {
      const found = message.kind === 'text' ? mentions.get(message.position) : undefined;
      return found ? { ...message, mentions: found.map(({ userId, name }) => ({ userId, name })) } : message;
    });
  };
}

export function makeSetMentions(db: SqlDatabase): Messages['setMentions'] {
  const removeAll = prepare(db, (param: Params<MessagePlace>) =>
    db.deleteFrom('mentions').where('chat_id', '=', param('chatId')).where('position', '=', param('position')),
  );
  const add = makeAddMentions(db);
  return async (place, mentions) => {
    await removeAll(place);
    await add(place, mentions);
  };
}

export function makeAddMentions(db: SqlDatabase): (place: MessagePlace, mentions: readonly Mention[]) => Promise<void> {
  const insert = prepare(db, (param: Params<MessagePlace & Mention & { place: number }>) =>
    db.insertInto('mentions').values({
      chat_id: param('chatId'),
      position: param('position'),
      place: param('place'),
      user_id: param('userId'),
      name: param('name'),
    }),
  );
  return async ({ chatId, position }, mentions) => {
    for (const [place, mention] of mentions.entries()) await insert({ chatId, position, place, ...mention });
  };
}
