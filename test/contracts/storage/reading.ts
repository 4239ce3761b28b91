import { describe, expect, it } from 'vitest';
import { addNotice } from '../../../src/application/use-cases/chats/add-notice.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import { chatId, type UserId, userId } from '../../../src/domain/ids.ts';
import { tombstone } from '../../../src/domain/messages/changes.ts';
import { NOTICES } from '../../../src/domain/messages/notices.ts';
import type { Level } from '../../../src/domain/reading/level.ts';
import { MAX_UNREAD } from '../../../src/domain/reading/reading.ts';
import { aMembership, insertChat, insertMessage, insertUser, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

export function readingContract(open: OpenStorage): void {
  async function openedWithReaders() {
    const world = await openedWithChat(open);
    const { unitOfWork, view, chat } = world;
    return {
      ...world,
      say: (author: User, times = 1, mentioned: readonly User[] = []) =>
        unitOfWork.run(async (store) => {
          const mentions = mentioned.map(({ id, username }) => ({ userId: id, name: username }));
          for (let n = 1; n < times; n += 1) await insertMessage(store, chat, author, { clientId: null });
          const message = await insertMessage(store, chat, author, { clientId: null });
          await store.messages.setMentions(message, mentions);
          return message;
        }),
      read: ({ id }: User, position: number, version = 0) =>
        unitOfWork.run((store) => store.reading.set(chat.id, id, { position: revision(position), version })),
      of: async ({ id }: User) => (await view.reading.ofMembers(chat.id, [id])).get(id),
    };
  }

  it('a new member has read everything so far, and one who comes back begins again', async () => {
    const { unitOfWork, chat, ada, bob, say, read, of } = await openedWithReaders();
    await say(ada, 3);
    expect(await of(bob)).toEqual({
      pointer: { position: 0, version: 0 },
      level: 'mentions',
      mutedUntil: null,
      pinned: false,
      role: 'member',
      revision: 3,
      unread: 3,
      mentions: 0,
    });
    await read(bob, 1, 7);
    await unitOfWork.run(async (store) => {
      await store.members.remove(chat.id, bob.id);
      await store.members.add(aMembership({ chatId: chat.id, userId: bob.id }));
      await store.members.add(aMembership({ chatId: chat.id, userId: bob.id }));
    });
    expect(await of(bob)).toMatchObject({ pointer: { position: 3, version: 0 }, revision: 3, unread: 0 });
  });

  it('finds and stores the pointer of a member, and of nobody else', async () => {
    const { unitOfWork, view, chat, ada, bob, read } = await openedWithReaders();
    await read(ada, 5, 2);
    const found = await unitOfWork.run(async (store) => [
      await store.reading.find(chat.id, ada.id),
      await store.reading.find(chat.id, bob.id),
      await store.reading.find(chat.id, userId(bob.id + 100)),
    ]);
    expect(found).toEqual([{ position: 5, version: 2 }, { position: 0, version: 0 }, undefined]);
    const state = {
      pointer: { position: 5, version: 2 },
      level: 'mentions',
      mutedUntil: null,
      pinned: false,
      role: 'owner',
    };
    expect(await view.reading.statesOf(ada.id)).toEqual(new Map([[chat.id, state]]));
    expect(await view.reading.statesOf(userId(bob.id + 100))).toEqual(new Map());
    const stranger = await unitOfWork.run((store) => insertUser(store, 'eve'));
    await expectMistake(read(stranger, 1));
  });

  it('answers the pointers and levels of several users who ask at once', async () => {
    const { unitOfWork, view, chat, ada, bob, read } = await openedWithReaders();
    await read(ada, 5);
    await unitOfWork.run((store) => store.reading.setLevel(chat.id, ada.id, 'nothing'));
    const nobody = userId(ada.id + bob.id + 100);
    const asked = await Promise.all([ada.id, nobody, bob.id].map((id) => view.reading.statesOf(id)));
    const at = (position: number, level: string, role: string) =>
      new Map([[chat.id, { pointer: { position, version: 0 }, level, mutedUntil: null, pinned: false, role }]]);
    expect(asked).toEqual([at(5, 'nothing', 'owner'), new Map(), at(0, 'mentions', 'member')]);
  });

  it('keeps the level of each member per chat, mentions at first, and forgets it when they leave', async () => {
    const { unitOfWork, view, chat, ada, bob, of } = await openedWithReaders();
    const setLevel = (id: UserId, level: Level) =>
      unitOfWork.run((store) => store.reading.setLevel(chat.id, id, level));
    await setLevel(ada.id, 'all');
    await setLevel(ada.id, 'nothing');
    expect(await of(ada)).toMatchObject({ level: 'nothing' });
    expect(await of(bob)).toMatchObject({ level: 'mentions' });
    const [listed] = await view.chats.summariesOfUser(ada.id);
    expect(listed?.reading.level).toBe('nothing');
    await unitOfWork.run(async (store) => {
      await store.members.remove(chat.id, ada.id);
      await store.members.add(aMembership({ chatId: chat.id, userId: ada.id }));
    });
    expect(await of(ada)).toMatchObject({ level: 'mentions' });
    await expectMistake(setLevel(userId(bob.id + 100), 'all'));
  });

  it('keeps whether a member pinned the chat apart from the level, and forgets it when they leave', async () => {
    const { unitOfWork, view, chat, ada, bob, of } = await openedWithReaders();
    const setPinned = (id: UserId, pinned: boolean) =>
      unitOfWork.run((store) => store.reading.setPinned(chat.id, id, pinned));
    await setPinned(ada.id, true);
    await unitOfWork.run((store) => store.reading.setLevel(chat.id, ada.id, 'nothing'));
    expect(await of(ada)).toMatchObject({ pinned: true, level: 'nothing' });
    expect(await of(bob)).toMatchObject({ pinned: false, level: 'mentions' });
    expect((await view.chats.summariesOfUser(ada.id))[0]?.reading.pinned).toBe(true);
    expect((await view.reading.statesOf(ada.id)).get(chat.id)).toMatchObject({ pinned: true });
    await setPinned(ada.id, false);
    expect(await of(ada)).toMatchObject({ pinned: false, level: 'nothing' });
    await setPinned(ada.id, true);
    await unitOfWork.run(async (store) => {
      await store.members.remove(chat.id, ada.id);
      await store.members.add(aMembership({ chatId: chat.id, userId: ada.id }));
    });
    expect(await of(ada)).toMatchObject({ pinned: false });
    await expectMistake(setPinned(userId(bob.id + 100), true));
  });

  describe('unread', () => {
    it('counts the texts of others above the pointer: no notices, no deleted messages and none of one’s own', async () => {
      const { unitOfWork, chat, ada, bob, say, read, of } = await openedWithReaders();
      await say(bob, 2);
      const gone = await say(bob);
      await say(bob, 2);
      await say(ada, 3);
      await unitOfWork.run(async (store) => {
        await addNotice(store, { chatId: chat.id, author: bob, text: NOTICES.left(bob.username), sentAt: NOW });
        const at = { revision: await store.chats.nextRevision(chat.id), by: bob.id, at: NOW };
        if (gone.kind === 'text') await store.messages.change(tombstone(gone, at));
      });
      expect(await of(ada)).toMatchObject({ unread: 4, mentions: 0, revision: 10 });
      expect(await of(bob)).toMatchObject({ unread: 3 });
      await read(ada, 4);
      expect(await of(ada)).toMatchObject({ unread: 1, pointer: { position: 4 } });
      await read(ada, 10);
      expect(await of(ada)).toMatchObject({ unread: 0 });
    });

    it('counts the messages that mention the member apart, each once', async () => {
      const { ada, bob, say, read, of } = await openedWithReaders();
      await say(bob, 1, [ada, bob, ada]);
      await say(bob, 2, [bob]);
      await say(ada, 1, [ada]);
      await say(bob, 1, [ada]);
      expect(await of(ada)).toMatchObject({ unread: 4, mentions: 2 });
      expect(await of(bob)).toMatchObject({ unread: 1, mentions: 0 });
      await read(ada, 1);
      expect(await of(ada)).toMatchObject({ unread: 3, mentions: 1 });
    });

    it('counts no further than 100', async () => {
      const { ada, bob, say, read, of } = await openedWithReaders();
      for (let n = 0; n < 101; n += 1) await say(bob, 1, [ada]);
      await say(ada, 50);
      expect(await of(ada)).toMatchObject({ unread: MAX_UNREAD, mentions: MAX_UNREAD });
      await read(ada, 2);
      expect(await of(ada)).toMatchObject({ unread: 99, mentions: 99 });
    });

    it('is that of each member who is asked for, and of no stranger', async () => {
      const { unitOfWork, view, chat, ada, bob, say, read } = await openedWithReaders();
      const carl = await unitOfWork.run(async (store) => {
        const carl = await insertUser(store, 'carl');
        await insertChat(store, 'Elsewhere', carl);
        return carl;
      });
      await say(bob, 2);
      await read(ada, 1);
      const readings = await view.reading.ofMembers(chat.id, [ada.id, carl.id, bob.id, userId(carl.id + 100)]);
      expect([...readings].map(([id, { unread }]) => [id, unread]).toSorted()).toEqual([
        [ada.id, 1],
        [bob.id, 0],
      ]);
      expect(await view.reading.ofMembers(chat.id, [])).toEqual(new Map());
      expect(await view.reading.ofMembers(chatId(chat.id + 100), [ada.id])).toEqual(new Map());
    });
  });
}
