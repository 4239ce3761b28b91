import { describe, expect, it } from 'vitest';
import { chatName } from '../../../src/domain/chats/chat.ts';
import { chatId, userId } from '../../../src/domain/ids.ts';
import { tombstone } from '../../../src/domain/messages/changes.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { aMembership, insertChat, insertMessage, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, opened, openedWithChat } from './opened.ts';

export function chatsContract(open: OpenStorage): void {
  it('adds a chat at revision 0 and finds it', async () => {
    const { unitOfWork, view } = await opened(open);
    const chat = await unitOfWork.run((store) => store.chats.add({ name: chatName('Lobby'), createdAt: NOW }));
    expect(chat).toEqual({ id: expect.any(Number), name: 'Lobby', revision: 0 });
    expect(await view.chats.find(chat.id)).toEqual(chat);
  });

  it('finds nothing under an unknown id, however large', async () => {
    const { view, chat } = await openedWithChat(open);
    expect(await view.chats.find(chatId(chat.id + 1))).toBeUndefined();
    expect(await view.chats.find(chatId(Number.MAX_SAFE_INTEGER))).toBeUndefined();
  });

  it('gives a chat another name and leaves its revision, and other chats, alone', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const other = await unitOfWork.run(async (store) => {
      const other = await insertChat(store, 'Other', ada);
      await store.chats.nextRevision(chat.id);
      await store.chats.rename(chat.id, chatName('Harbour'));
      await store.chats.rename(chatId(other.id + 100), chatName('Nowhere'));
      return other;
    });
    expect(await view.chats.find(chat.id)).toEqual({ id: chat.id, name: 'Harbour', revision: 1 });
    expect(await view.chats.find(other.id)).toEqual(other);
  });

  it('gives chats of one name distinct ids that JavaScript counts exactly', async () => {
    const { unitOfWork } = await opened(open);
    const chats = await unitOfWork.run(async (store) => [
      await insertChat(store, 'Lobby'),
      await insertChat(store, 'Lobby'),
    ]);
    const ids = chats.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(ids).toSatisfy((all: number[]) => all.every((id) => Number.isSafeInteger(id) && id > 0));
  });

  it('counts the revisions of each chat on its own, one by one from 1', async () => {
    const { unitOfWork, view } = await opened(open);
    const taken = await unitOfWork.run(async (store) => {
      const [one, other] = [await insertChat(store, 'One'), await insertChat(store, 'Other')];
      const revisions = [
        await store.chats.nextRevision(one.id),
        await store.chats.nextRevision(one.id),
        await store.chats.nextRevision(other.id),
        await store.chats.nextRevision(one.id),
      ];
      return { revisions, one, other };
    });
    expect(taken.revisions).toEqual([1, 2, 1, 3]);
    expect(await view.chats.find(taken.one.id)).toEqual({ ...taken.one, revision: 3 });
    expect(await view.chats.find(taken.other.id)).toEqual({ ...taken.other, revision: 1 });
  });

  it('has no next revision for a chat that does not exist', async () => {
    const { unitOfWork, chat } = await openedWithChat(open);
    await expectMistake(unitOfWork.run((store) => store.chats.nextRevision(chatId(chat.id + 1))));
  });

  it("lists a user's chats by the time of joining, the newest first and the largest id first among equals", async () => {
    const { unitOfWork, view, bob: user } = await openedWithChat(open);
    const joined = await unitOfWork.run(async (store) => {
      const join = async (name: string, joinedAt: number) => {
        const chat = await insertChat(store, name);
        await store.members.add(aMembership({ chatId: chat.id, userId: user.id, joinedAt }));
        return chat.id;
      };
      return {
        second: await join('Second', NOW + 20),
        tiedLower: await join('Tied', NOW + 10),
        first: await join('First', NOW + 30),
        tiedHigher: await join('Tied', NOW + 10),
      };
    });
    const ids = (await view.chats.ofUser(user.id)).map(({ id }) => id);
    const largestFirst = [joined.tiedLower, joined.tiedHigher].sort((a, b) => b - a);
    expect(ids.slice(0, 4)).toEqual([joined.first, joined.second, ...largestFirst]);
    expect(ids).toHaveLength(5);
  });

  describe('summaries', () => {
    it('has name, revision, members and the newest message of a chat as it is now, and nothing under an unknown id', async () => {
      const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
      expect(await view.chats.summary(chat.id)).toEqual({ ...chat, members: 2, last: null });
      expect(await view.chats.summary(chatId(chat.id + 1))).toBeUndefined();
      const text = messageBody(`  **one**\n\ttwo  ${'🐟'.repeat(9_000)}`);
      const message = await unitOfWork.run(async (store) => {
        await insertMessage(store, chat, ada);
        await insertMessage(store, await insertChat(store, 'Other', ada), ada);
        return insertMessage(store, chat, bob, { text, sentAt: NOW + 5, clientId: null });
      });
      const last = { position: 2, kind: 'text', author: bob, snippet: `one two ${'🐟'.repeat(132)}`, sentAt: NOW + 5 };
      expect(await view.chats.summary(chat.id)).toEqual({ ...chat, revision: 2, members: 2, last });
      await unitOfWork.run(async (store) => {
        const at = await store.chats.nextRevision(chat.id);
        if (message.kind !== 'text') throw new Error('It is a text.');
        await store.messages.change(tombstone(message, { revision: at, by: bob.id, at: NOW + 9 }));
        await store.members.remove(chat.id, ada.id);
        await store.chats.rename(chat.id, chatName('Harbour'));
      });
      const deleted = { ...last, kind: 'deleted', snippet: '' };
      expect(await view.chats.summary(chat.id)).toEqual({
        id: chat.id,
        name: 'Harbour',
        revision: 3,
        members: 1,
        last: deleted,
      });
    });

    it("lists a user's by their newest message, or else by the time of joining, the largest id first among equals", async () => {
      const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
      const ids = await unitOfWork.run(async (store) => {
        const join = async (name: string, joinedAt: number, saidAt?: number) => {
          const joined = await insertChat(store, name, bob);
          await store.members.add(aMembership({ chatId: joined.id, userId: ada.id, joinedAt }));
          if (saidAt !== undefined) await insertMessage(store, joined, bob, { sentAt: saidAt });
          return joined.id;
        };
        await insertChat(store, 'Not hers', bob);
        return {
          third: await join('Third', NOW + 30),
          first: await join('First', NOW + 10, NOW + 50),
          tiedLower: await join('Tied', NOW + 99, NOW + 20),
          tiedHigher: await join('Tied', NOW + 20),
          second: await join('Second', NOW + 60, NOW + 40),
        };
      });
      const listed = await view.chats.summariesOfUser(ada.id);
      const tied = [ids.tiedLower, ids.tiedHigher].toSorted((a, b) => b - a);
      expect(listed.map(({ id }) => id)).toEqual([ids.first, ids.second, ids.third, ...tied, chat.id]);
      for (const { reading, ...summary } of listed) {
        expect(summary).toEqual(await view.chats.summary(summary.id));
        expect(reading).toEqual((await view.reading.ofMembers(summary.id, [ada.id])).get(ada.id));
      }
      expect(await view.chats.summariesOfUser(userId(bob.id + 100))).toEqual([]);
    });
  });

  it("lists a user's chats as they are now, and nobody else's", async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const adasOwn = await unitOfWork.run(async (store) => {
      const own = await insertChat(store, 'Of Ada alone', ada);
      await store.chats.nextRevision(chat.id);
      return own;
    });
    const now = { ...chat, revision: 1 };
    expect(await view.chats.ofUser(bob.id)).toEqual([now]);
    expect(await view.chats.ofUser(ada.id)).toEqual([adasOwn, now]);
    const nobody = userId(ada.id + bob.id);
    const atOnce = await Promise.all([ada.id, nobody, bob.id].map((id) => view.chats.ofUser(id)));
    expect(atOnce).toEqual([[adasOwn, now], [], [now]]);
  });

  it('lists a chat no more once the user has left, and nothing for a stranger', async () => {
    const { unitOfWork, view, bob, ada, chat } = await openedWithChat(open);
    await unitOfWork.run((store) => store.members.remove(chat.id, bob.id));
    expect(await view.chats.ofUser(bob.id)).toEqual([]);
    expect(await view.chats.ofUser(ada.id)).toEqual([chat]);
    expect(await view.chats.ofUser(userId(bob.id + 100))).toEqual([]);
  });
}
