import { describe, expect, it } from 'vitest';
import { addNotice } from '../../../src/application/use-cases/chats/add-notice.ts';
import { type Chat, revision } from '../../../src/domain/chats/chat.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import { userId } from '../../../src/domain/ids.ts';
import { tombstone } from '../../../src/domain/messages/changes.ts';
import type { Message, TextMessage } from '../../../src/domain/messages/message.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { NOTICES } from '../../../src/domain/messages/notices.ts';
import { quoteOf } from '../../../src/domain/messages/quotes.ts';
import type { Emoji } from '../../../src/domain/reactions/tally.ts';
import { MAX_MISSED, type MissedMessage } from '../../../src/domain/reading/missed.ts';
import { aMembership, insertChat, insertMessage, insertUser, NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

/** Catching up: what stands out among the messages that a member has yet to read. */
export function missedContract(open: OpenStorage): void {
  async function openedWithReaders() {
    const world = await openedWithChat(open);
    const { unitOfWork, view, chat } = world;
    return {
      ...world,
      say: (author: User, changes: Partial<TextMessage> = {}, where: Chat = chat) =>
        unitOfWork.run(async (store) => {
          const message = await insertMessage(store, where, author, { clientId: null, ...changes });
          if (message.kind !== 'text') throw new Error('No text.');
          return message;
        }),
      react: (message: Message, by: User, emoji = '👍') =>
        unitOfWork.run(async (store) => {
          const changed = await store.chats.nextRevision(message.chatId);
          const { chatId, position } = message;
          await store.reactions.add({ chatId, position, emoji: emoji as Emoji, userId: by.id }, changed);
          await store.messages.noteReactions(message, changed);
        }),
      change: (message: TextMessage, changes: Partial<TextMessage>) =>
        unitOfWork.run(async (store) => {
          const changed = await store.chats.nextRevision(message.chatId);
          await store.messages.change({ ...message, ...changes, revision: changed });
        }),
      remove: (message: TextMessage) =>
        unitOfWork.run(async (store) => {
          const at = { revision: await store.chats.nextRevision(message.chatId), by: message.author.id, at: NOW };
          await store.messages.change(tombstone(message, at));
        }),
      read: ({ id }: User, position: number) =>
        unitOfWork.run((store) => store.reading.set(chat.id, id, { position: revision(position), version: 0 })),
      missedBy: async ({ id }: User) => view.reading.missedBy(id),
    };
  }

  const mentioning = ({ id, username }: User) => ({ mentions: [{ userId: id, name: username }] });
  const reasonsOf = (missed: readonly MissedMessage[]) => missed.map(({ position, reasons }) => [position, ...reasons]);

  it('has mentions, replies to the member, pinned and most reacted messages, each once with all its reasons', async () => {
    const { ada, bob, say, react, change, missedBy } = await openedWithReaders();
    const mine = await say(ada);
    await say(bob);
    const called = await say(bob, { ...mentioning(ada), replyTo: quoteOf(mine), text: messageBody('**Look**, @ada') });
    const notice = await say(bob);
    await say(bob, { replyTo: quoteOf(notice) });
    await react(called, bob);
    await react(called, ada, '🎉');
    await change(notice, { pin: { by: bob.id, at: NOW } });
    const missed = await missedBy(ada);
    expect(reasonsOf(missed)).toEqual([
      [3, 'mention', 'reply', 'reacted'],
      [4, 'pinned'],
    ]);
    expect(missed[0]).toMatchObject({
      chatId: called.chatId,
      author: { id: bob.id, username: 'bob' },
      snippet: 'Look, @ada',
      sentAt: NOW,
      reactions: 2,
    });
    expect(missed[1]?.reactions).toBe(0);
    expect(await missedBy({ ...ada, id: userId(404) })).toEqual([]);
  });

  it('has nothing that is read, deleted or a notice, nothing of one’s own and nothing of people whom the member blocks', async () => {
    const { unitOfWork, chat, ada, bob, say, react, remove, read, missedBy } = await openedWithReaders();
    const eve = await unitOfWork.run(async (store) => {
      const eve = await insertUser(store, 'eve');
      await store.members.add(aMembership({ chatId: chat.id, userId: eve.id }));
      await store.blocks.add({ by: ada.id, blocked: eve.id, createdAt: NOW });
      return eve;
    });
    await say(bob, mentioning(ada));
    await read(ada, 1);
    await say(eve, mentioning(ada));
    const own = await say(ada, mentioning(ada));
    await react(own, bob);
    const gone = await say(bob, mentioning(ada));
    await react(gone, ada);
    await remove(gone);
    await unitOfWork.run((store) =>
      addNotice(store, { chatId: chat.id, author: bob, text: NOTICES.left(bob.username), sentAt: NOW }),
    );
    expect(await missedBy(ada)).toEqual([]);
    await say(bob, mentioning(ada));
    expect(reasonsOf(await missedBy(ada))).toHaveLength(1);
    await unitOfWork.run((store) => store.members.remove(chat.id, ada.id));
    expect(await missedBy(ada)).toEqual([]);
  });

  it('has the newest messages of direct chats, and of each chat apart', async () => {
    const { unitOfWork, ada, bob, say, missedBy } = await openedWithReaders();
    const direct = await unitOfWork.run(async (store) => {
      const { id } = await store.chats.addDirect({ people: `${ada.id},${bob.id}` as never, createdAt: NOW });
      for (const user of [ada, bob])
        await store.members.add(aMembership({ chatId: id, userId: user.id, role: 'participant' }));
      const chat = await store.chats.find(id);
      if (!chat) throw new Error('No chat.');
      return chat;
    });
    await say(bob, mentioning(ada));
    for (let n = 0; n < MAX_MISSED.direct + 2; n += 1) await say(bob, { sentAt: NOW + n }, direct);
    await say(ada, {}, direct);
    const missed = await missedBy(ada);
    const positions = missed.filter(({ chatId }) => chatId === direct.id).map(({ position }) => position);
    expect(positions).toEqual(Array.from({ length: MAX_MISSED.direct }, (_, n) => n + 3));
    expect(missed.filter(({ chatId }) => chatId !== direct.id)).toMatchObject([{ reasons: ['mention'] }]);
  });

  it('has at most so many of a chat for each reason: the newest, and of reacted messages those with the most reactions', async () => {
    const { ada, bob, say, react, missedBy } = await openedWithReaders();
    for (let n = 0; n < MAX_MISSED.mention + 2; n += 1) await say(bob, mentioning(ada));
    const popular = [];
    for (let n = 0; n < MAX_MISSED.reacted + 1; n += 1) popular.push(await say(bob));
    for (const message of popular) await react(message, bob);
    for (const message of popular.slice(0, 2)) await react(message, ada);
    const missed = await missedBy(ada);
    const withReason = (reason: string) => missed.filter(({ reasons }) => reasons.some((one) => one === reason));
    expect(withReason('mention').map(({ position }) => position)).toEqual(
      Array.from({ length: MAX_MISSED.mention }, (_, n) => n + 3),
    );
    expect(withReason('reacted').map(({ position, reactions }) => [position, reactions])).toEqual([
      [popular[0]?.position, 2],
      [popular[1]?.position, 2],
      [popular[3]?.position, 1],
    ]);
  });

  describe('of several users who ask at once', () => {
    it('answers to each their own', async () => {
      const { unitOfWork, ada, bob, say, missedBy } = await openedWithReaders();
      await unitOfWork.run((store) => insertChat(store, 'Elsewhere', bob));
      await say(bob, mentioning(ada));
      const asked = await Promise.all([ada, bob, ada].map(missedBy));
      expect(asked.map(reasonsOf)).toEqual([[[1, 'mention']], [], [[1, 'mention']]]);
    });
  });
}
