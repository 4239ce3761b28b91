import { expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { assertText, edited } from '../../../src/domain/messages/changes.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { emoji } from '../../../src/domain/reactions/emoji.ts';
import { insertMessage, insertUser, NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

const UP = emoji('👍');
const HEART = emoji('❤');

/** Reactions to messages. */
export function reactionsContract(open: OpenStorage): void {
  async function openedWithMessages() {
    const world = await openedWithChat(open);
    const { unitOfWork, ada, bob, chat } = world;
    const [message, other] = await unitOfWork.run(async (store) => [
      await insertMessage(store, chat, ada),
      await insertMessage(store, chat, bob),
    ]);
    if (!message || !other) throw new Error('There are two.');
    const set = (user: { readonly id: typeof ada.id }, symbol: typeof UP, on = true, of = message) =>
      unitOfWork.run(async (store) => {
        const next = await store.chats.nextRevision(chat.id);
        const key = { chatId: chat.id, position: of.position, emoji: symbol, userId: user.id };
        await (on ? store.reactions.add(key, next) : store.reactions.remove(key));
        await store.messages.noteReactions(of, next);
      });
    const reactionsTo = async (place = message) => {
      const found = await world.view.messages.find(place);
      return found?.kind === 'text' ? found.reactions : undefined;
    };
    return { ...world, message, other, set, reactionsTo };
  }

  it('reads a message with its reactions, by emoji in the order of the first one with it', async () => {
    const { ada, bob, message, other, set, view, chat, reactionsTo } = await openedWithMessages();
    await set(bob, HEART);
    await set(ada, UP);
    await set(bob, UP);
    await set(ada, UP, true, other);
    const tallies = [
      { emoji: HEART, count: 1, users: [bob] },
      { emoji: UP, count: 2, users: [ada, bob] },
    ];
    expect(await reactionsTo()).toEqual(tallies);
    expect(await view.messages.before(chat.id, undefined, 10)).toEqual([
      { ...message, revision: 5, reactions: tallies },
      { ...other, revision: 6, reactions: [{ emoji: UP, count: 1, users: [ada] }] },
    ]);
    const missed = await view.messages.changedAfter(chat.id, revision(2), 10);
    expect(missed.map(({ position, revision }) => [position, revision])).toEqual([
      [message.position, 5],
      [other.position, 6],
    ]);
    expect(missed[0]).toHaveProperty('reactions', tallies);
  });

  it('takes reactions away one by one, and none that is not there', async () => {
    const { ada, bob, set, reactionsTo } = await openedWithMessages();
    await set(ada, UP);
    await set(bob, HEART);
    await set(bob, UP);
    await set(ada, UP, false);
    await set(ada, UP, false);
    expect(await reactionsTo()).toEqual([
      { emoji: HEART, count: 1, users: [bob] },
      { emoji: UP, count: 1, users: [bob] },
    ]);
    await set(bob, UP, false);
    await set(bob, HEART, false);
    expect(await reactionsTo()).toEqual([]);
  });

  it('names the first twenty people of a tally, and counts all', async () => {
    const { unitOfWork, view, chat, message, other, set, reactionsTo } = await openedWithMessages();
    const people = await unitOfWork.run(async (store) => {
      const users = [];
      for (let n = 1; n <= 23; n += 1) users.push(await insertUser(store, `person-${n}`));
      return users;
    });
    for (const user of people) await set(user, UP);
    expect(await reactionsTo()).toEqual([{ emoji: UP, count: 23, users: people.slice(0, 20) }]);
    expect(await view.messages.reactionsTo(message)).toEqual(
      people.map((user, index) => ({ emoji: UP, user, revision: index + 3 })),
    );
    expect(await view.messages.reactionsTo(other)).toEqual([]);
    const [first, last] = [people[0], people[22]];
    if (!first || !last) throw new Error('There are 23.');
    const key = { chatId: chat.id, position: message.position, emoji: UP };
    const has = (userId: typeof first.id) => unitOfWork.run((store) => store.reactions.has({ ...key, userId }));
    expect(await has(last.id)).toBe(true);
    await set(first, UP, false);
    expect(await has(first.id)).toBe(false);
    expect(await reactionsTo()).toEqual([{ emoji: UP, count: 22, users: people.slice(1, 21) }]);
  });

  it('keeps reactions when the message changes, and forgets them when they are removed', async () => {
    const { unitOfWork, ada, chat, message, set, view, reactionsTo } = await openedWithMessages();
    await set(ada, UP);
    const reactions = [{ emoji: UP, count: 1, users: [ada] }];
    await unitOfWork.run(async (store) => {
      const current = await store.messages.find(message);
      if (!current) throw new Error('It is there.');
      assertText(current);
      expect(current.reactions).toEqual(reactions);
      const next = await store.chats.nextRevision(chat.id);
      await store.messages.change(edited(current, messageBody('better'), { revision: next, at: NOW }));
      expect(await store.reactions.tallies(message)).toEqual(reactions);
    });
    expect(await view.messages.find(message)).toMatchObject({ text: 'better', reactions });
    await unitOfWork.run((store) => store.reactions.removeAll(message));
    expect(await reactionsTo()).toEqual([]);
  });

  it('keeps nothing of a unit that fails, and refuses the same reaction twice', async () => {
    const { unitOfWork, ada, message, reactionsTo, set } = await openedWithMessages();
    const key = { chatId: message.chatId, position: message.position, emoji: UP, userId: ada.id };
    const failing = unitOfWork.run(async (store) => {
      await store.reactions.add(key, await store.chats.nextRevision(message.chatId));
      throw new Error('not this time');
    });
    await expect(failing).rejects.toThrow('not this time');
    await set(ada, HEART);
    expect(await reactionsTo()).toEqual([{ emoji: HEART, count: 1, users: [ada] }]);
    await expect(set(ada, HEART)).rejects.toThrow();
  });
}
