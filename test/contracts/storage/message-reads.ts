import { expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { chatId } from '../../../src/domain/ids.ts';
import { assertText, tombstone } from '../../../src/domain/messages/changes.ts';
import type { Message } from '../../../src/domain/messages/message.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { quoteOf } from '../../../src/domain/messages/quotes.ts';
import { emoji } from '../../../src/domain/reactions/emoji.ts';
import { aMessageIn, insertChat, insertMessage, NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

export function messageReadsContract(open: OpenStorage): void {
  it('reads the newest messages, oldest first', async () => {
    const { newest } = await withTwelve(open);
    expect(await newest(3)).toEqual([10, 11, 12]);
    expect(await newest(1)).toEqual([12]);
  });

  it('reads all messages where the limit is theirs or more', async () => {
    const { newest } = await withTwelve(open);
    expect(await newest(11)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(await newest(12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(await newest(13)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('reads the messages before a position, without it', async () => {
    const { before } = await withTwelve(open);
    expect(await before(12, 3)).toEqual([9, 10, 11]);
    expect(await before(3, 2)).toEqual([1, 2]);
    expect(await before(3, 50)).toEqual([1, 2]);
    expect(await before(2, 50)).toEqual([1]);
  });

  it('reads nothing before the first message, and the newest before a position past the end', async () => {
    const { before } = await withTwelve(open);
    expect(await before(1, 50)).toEqual([]);
    expect(await before(0, 50)).toEqual([]);
    expect(await before(13, 2)).toEqual([11, 12]);
    expect(await before(1_000_000, 2)).toEqual([11, 12]);
  });

  it('reads the first messages after a position, without it, oldest first', async () => {
    const { next } = await withTwelve(open);
    expect(await next(0, 3)).toEqual([1, 2, 3]);
    expect(await next(4, 3)).toEqual([5, 6, 7]);
    expect(await next(9, 50)).toEqual([10, 11, 12]);
    expect(await next(12, 5)).toEqual([]);
    expect(await next(1_000_000, 5)).toEqual([]);
  });

  it('reads the first messages changed after a revision, in order, without it', async () => {
    const { after } = await withTwelve(open);
    expect(await after(0, 3)).toEqual([1, 2, 3]);
    expect(await after(4, 3)).toEqual([5, 6, 7]);
    expect(await after(9, 3)).toEqual([10, 11, 12]);
    expect(await after(10, 3)).toEqual([11, 12]);
    expect(await after(0, 50)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('reads nothing changed after the newest revision, or after one yet to come', async () => {
    const { after } = await withTwelve(open);
    expect(await after(11, 5)).toEqual([12]);
    expect(await after(12, 5)).toEqual([]);
    expect(await after(1_000_000, 5)).toEqual([]);
  });

  it('reads nothing in an empty chat or in one that does not exist', async () => {
    const { unitOfWork, view, chat } = await openedWithChat(open);
    const empty = await unitOfWork.run((store) => insertChat(store, 'Empty'));
    for (const id of [empty.id, chatId(chat.id + 100)]) {
      expect(await view.messages.before(id, undefined, 10)).toEqual([]);
      expect(await view.messages.before(id, revision(5), 10)).toEqual([]);
      expect(await view.messages.after(id, revision(0), 10)).toEqual([]);
      expect(await view.messages.changedAfter(id, revision(0), 10)).toEqual([]);
    }
  });

  it('reads within a unit what that unit has written, after what is committed', async () => {
    const { unitOfWork, chat, author } = await withTwelve(open);
    const read = await unitOfWork.run(async (store) => {
      await insertMessage(store, chat, author);
      await insertMessage(store, chat, author);
      return {
        newest: positions(await store.messages.before(chat.id, undefined, 3)),
        after: positions(await store.messages.changedAfter(chat.id, revision(11), 50)),
      };
    });
    expect(read).toEqual({ newest: [12, 13, 14], after: [12, 13, 14] });
  });

  it('reads a message without its reactions, its mentions and the message that it answers', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const original = await unitOfWork.run((store) => insertMessage(store, chat, bob));
    const bare = aMessageIn(chat, ada, { position: revision(2), text: messageBody('yes, @bob') });
    await unitOfWork.run(async (store) => {
      await store.chats.nextRevision(chat.id);
      await store.messages.add({ ...bare, replyTo: quoteOf(original), mentions: [{ userId: bob.id, name: 'bob' }] });
      const reacted = await store.chats.nextRevision(chat.id);
      await store.reactions.add(
        { chatId: chat.id, position: bare.position, emoji: emoji('👍'), userId: bob.id },
        reacted,
      );
      await store.messages.noteReactions(bare, reacted);
    });
    expect(await view.messages.find(bare)).toMatchObject({ replyTo: {}, mentions: [{}], reactions: [{}] });
    expect(await view.messages.findBare(bare)).toEqual({ ...bare, revision: revision(3) });
    expect(await view.messages.findBare(original)).toEqual(original);
    expect(await view.messages.findBare({ chatId: chat.id, position: revision(3) })).toBeUndefined();
  });

  it('finds the recent texts of an author, the newest of them, oldest first', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    await unitOfWork.run(async (store) => {
      const say = (author: typeof ada, sentAt: number) => insertMessage(store, chat, author, { sentAt });
      await say(bob, NOW);
      await say(bob, NOW + 10);
      await say(ada, NOW + 11);
      await say(bob, NOW + 12);
      const deleted = await say(bob, NOW + 13);
      assertText(deleted);
      const next = await store.chats.nextRevision(chat.id);
      await store.messages.change(tombstone(deleted, { revision: next, by: ada.id, at: NOW + 14 }));
      await say(bob, NOW + 15);
    });
    const recent = (since: number, limit = 9) => view.messages.recentBy(chat.id, bob.id, { since, limit });
    expect([await recent(NOW + 10), await recent(NOW + 11), await recent(0)]).toEqual([
      [2, 4, 7],
      [4, 7],
      [1, 2, 4, 7],
    ]);
    expect([await recent(0, 2), await recent(NOW + 16)]).toEqual([[4, 7], []]);
    expect(await view.messages.recentBy(chatId(chat.id + 100), bob.id, { since: 0, limit: 9 })).toEqual([]);
  });
}

/** A chat with messages at the positions 1 to 12, among those of another chat. */
async function withTwelve(open: OpenStorage) {
  const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
  await unitOfWork.run(async (store) => {
    const other = await insertChat(store, 'Other', ada);
    for (let count = 0; count < 12; count += 1) {
      await insertMessage(store, chat, count % 2 === 0 ? ada : bob);
      await insertMessage(store, other, ada);
    }
    await insertMessage(store, other, ada);
  });
  const { messages } = view;
  return {
    unitOfWork,
    chat,
    author: bob,
    newest: async (limit: number) => positions(await messages.before(chat.id, undefined, limit)),
    before: async (position: number, limit: number) =>
      positions(await messages.before(chat.id, revision(position), limit)),
    next: async (position: number, limit: number) =>
      positions(await messages.after(chat.id, revision(position), limit)),
    after: async (after: number, limit: number) =>
      positions(await messages.changedAfter(chat.id, revision(after), limit)),
  };
}

const positions = (messages: readonly Message[]): number[] => messages.map(({ position }) => position);
