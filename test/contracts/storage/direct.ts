import { expect, it } from 'vitest';
import type { Store } from '../../../src/application/ports/store.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { peopleKey } from '../../../src/domain/chats/direct.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import { usernameKey } from '../../../src/domain/identity/username.ts';
import { aMembership, insertChat, insertMessage, insertUser, NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

export async function insertDirect(store: Store, ...people: readonly User[]) {
  const { id: chatId } = await store.chats.addDirect({ people: peopleKey(people), createdAt: NOW });
  for (const { id: userId } of people)
    await store.members.add(aMembership({ chatId, userId, role: 'participant', joinedAt: NOW }));
  const chat = await store.chats.find(chatId);
  if (!chat) throw new Error('It was added.');
  return chat;
}

export function directContract(open: OpenStorage): void {
  const openedWithDirect = async () => {
    const world = await openedWithChat(open);
    const { ada, bob } = world;
    return { ...world, direct: await world.unitOfWork.run((store) => insertDirect(store, bob, ada)) };
  };

  it('a set of people has one direct chat, in whatever order they are named', async () => {
    const { unitOfWork, view, ada, bob, chat, direct } = await openedWithDirect();
    const add = () =>
      unitOfWork.run((store) => store.chats.addDirect({ people: peopleKey([ada, bob]), createdAt: NOW }));
    expect(await Promise.all([add(), add()])).toEqual(Array(2).fill({ id: direct.id, isNew: false }));
    expect(await view.chats.findDirect(peopleKey([bob, ada]))).toBe(direct.id);
    expect(await view.chats.findDirect(peopleKey([ada]))).toBeUndefined();
    expect(await view.chats.people([chat.id, direct.id])).toEqual(new Map([[direct.id, [ada, bob]]]));
    expect(await view.chats.people([])).toEqual(new Map());
  });

  it('of several units that add the chat of the same people at once, one creates it', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const people = peopleKey([ada, bob]);
    const added = await Promise.all(
      Array.from({ length: 20 }, () => unitOfWork.run((store) => store.chats.addDirect({ people, createdAt: NOW }))),
    );
    expect(new Set(added.map(({ id }) => id)).size).toBe(1);
    expect(added.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await view.chats.findDirect(people)).toBe(added[0]?.id);
  });

  it('summaries have the people of a direct chat and its level, and none for groups', async () => {
    const { view, ada, bob, chat, direct } = await openedWithDirect();
    expect((await view.chats.summary(direct.id))?.people).toEqual([ada, bob]);
    expect((await view.chats.summary(chat.id))?.people).toBeUndefined();
    const listed = await view.chats.summariesOfUser(ada.id);
    const shown = listed.map(({ id, people, reading }) => [id, people, reading.level]);
    expect(shown).toEqual(
      expect.arrayContaining([
        [direct.id, [ada, bob], 'all'],
        [chat.id, undefined, 'mentions'],
      ]),
    );
    expect((await view.reading.statesOf(ada.id)).get(direct.id)?.level).toBe('all');
  });

  it('finds the direct chats of two people', async () => {
    const { unitOfWork, ada, bob, direct } = await openedWithDirect();
    const found = await unitOfWork.run(async (store) => {
      const carl = await insertUser(store, 'carl');
      const three = await insertDirect(store, ada, bob, carl);
      return {
        three,
        both: await store.chats.directOfBoth(bob.id, ada.id),
        one: await store.chats.directOfBoth(bob.id, carl.id),
      };
    });
    expect([found.both, found.one]).toEqual([[direct.id, found.three.id], [found.three.id]]);
  });

  it('a hidden chat is not listed until the next message, and a change of a message does not bring it back', async () => {
    const { unitOfWork, view, ada, bob, chat, direct } = await openedWithDirect();
    const listed = async (user: User) => {
      const ids = (await view.chats.ofUser(user.id)).map(({ id }) => id);
      const summaries = (await view.chats.summariesOfUser(user.id)).map(({ id }) => id);
      expect(summaries.toSorted()).toEqual(ids.toSorted());
      return ids.includes(direct.id);
    };
    const hide = (at: number) => unitOfWork.run((store) => store.members.hide(direct.id, ada.id, revision(at)));
    await hide(0);
    expect([await listed(ada), await listed(bob)]).toEqual([false, true]);
    const message = await unitOfWork.run((store) => insertMessage(store, direct, bob));
    expect(await listed(ada)).toBe(true);
    await hide(message.position);
    await unitOfWork.run((store) => store.chats.nextRevision(direct.id));
    expect(await listed(ada)).toBe(false);
    expect(await view.chats.ofUser(ada.id)).toMatchObject([{ id: chat.id }]);
    expect(await view.members.hiddenBefore(direct.id, message.position)).toEqual([]);
    expect(await view.members.hiddenBefore(direct.id, revision(message.position + 1))).toEqual([ada.id]);
    const unhide = (before: number) =>
      unitOfWork.run((store) => store.members.unhide(direct.id, ada.id, revision(before)));
    expect([await unhide(message.position), await unhide(9), await unhide(9)]).toEqual([false, true, false]);
    expect(await listed(ada)).toBe(true);
  });

  it('finds those of several names who share a chat with the user', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    await unitOfWork.run(async (store) => insertChat(store, 'Elsewhere', await insertUser(store, 'eve')));
    const keys = ['BOB', 'eve', 'nobody'].map(usernameKey);
    expect(await view.members.sharing(ada.id, keys)).toEqual([bob]);
    expect(await view.members.sharing(ada.id, [])).toEqual([]);
  });
}
