import { expect, it } from 'vitest';
import type { Role } from '../../../src/domain/chats/membership.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import { usernameKey } from '../../../src/domain/identity/username.ts';
import { type ChatId, chatId, userId } from '../../../src/domain/ids.ts';
import { aMembership, insertChat, insertUser, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

export function membersContract(open: OpenStorage): void {
  it('adds a membership and finds all of it', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const { id } = await unitOfWork.run((store) => insertChat(store, 'Annex'));
    const owner = aMembership({ chatId: id, userId: ada.id, role: 'owner', joinedAt: NOW + 1 });
    const member = aMembership({ chatId: id, userId: bob.id, role: 'member', joinedAt: NOW + 2 });
    const answers = await unitOfWork.run(async (store) => [
      await store.members.add(owner),
      await store.members.add(member),
    ]);
    expect(answers).toEqual([true, true]);
    expect(await view.members.find(id, ada.id)).toEqual(owner);
    expect(await view.members.find(id, bob.id)).toEqual(member);
  });

  it('finds no membership of a user elsewhere, of a stranger, or of a chat that does not exist', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const annex = await unitOfWork.run((store) => insertChat(store, 'Annex', ada));
    expect(await view.members.find(annex.id, bob.id)).toBeUndefined();
    expect(await view.members.find(chat.id, userId(bob.id + 100))).toBeUndefined();
    expect(await view.members.find(chatId(annex.id + 100), ada.id)).toBeUndefined();
  });

  it('changes nothing when a member is added again, and the unit goes on', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const before = await view.members.find(chat.id, ada.id);
    const again = aMembership({ chatId: chat.id, userId: ada.id, role: 'member', joinedAt: NOW + 99 });
    const answers = await unitOfWork.run(async (store) => [
      await store.members.add(again),
      await store.members.add(again),
      await store.chats.nextRevision(chat.id),
    ]);
    expect(answers).toEqual([false, false, 1]);
    expect(await view.members.find(chat.id, ada.id)).toEqual(before);
    expect(await view.members.count(chat.id)).toBe(2);
  });

  it('lets one of several joins at the same moment be the join', async () => {
    const { unitOfWork, view, ada } = await openedWithChat(open);
    const { id } = await unitOfWork.run((store) => insertChat(store, 'Annex'));
    const membership = aMembership({ chatId: id, userId: ada.id });
    const joined = await Promise.all([1, 2, 3].map(() => unitOfWork.run((store) => store.members.add(membership))));
    expect(joined.toSorted()).toEqual([false, false, true]);
    expect(await view.members.count(id)).toBe(1);
  });

  it('finds members by their names, and nobody who is not a member', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const { annex, zoe } = await unitOfWork.run(async (store) => {
      const zoe = await insertUser(store, 'Zoë');
      return { zoe, annex: await insertChat(store, 'Annex', ada, zoe) };
    });
    const named = async (id: ChatId, ...names: string[]) =>
      (await view.members.named(id, names.map(usernameKey))).map((user) => user.id).toSorted();
    expect(await named(annex.id, 'ZOË', 'bob', 'nobody')).toEqual([zoe.id]);
    expect(await named(chat.id, 'zoë', 'bob', 'ada')).toEqual([ada.id, bob.id]);
    expect(await named(annex.id)).toEqual([]);
    expect(await unitOfWork.run((store) => store.members.named(annex.id, [usernameKey('ada')]))).toEqual([ada]);
  });

  it('removes a member once, and nobody else', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const annex = await unitOfWork.run((store) => insertChat(store, 'Annex', bob));
    const answers = await unitOfWork.run(async (store) => [
      await store.members.remove(chat.id, bob.id),
      await store.members.remove(chat.id, bob.id),
      await store.members.remove(chatId(annex.id + 100), ada.id),
    ]);
    expect(answers).toEqual([true, false, false]);
    expect(await view.members.find(chat.id, bob.id)).toBeUndefined();
    expect(await view.members.find(chat.id, ada.id)).toBeDefined();
    expect(await view.members.find(annex.id, bob.id)).toBeDefined();
  });

  it('lets who left join again, at the new time', async () => {
    const { unitOfWork, view, bob, chat } = await openedWithChat(open);
    const again = aMembership({ chatId: chat.id, userId: bob.id, joinedAt: NOW + 50 });
    const joined = await unitOfWork.run(async (store) => {
      await store.members.remove(chat.id, bob.id);
      return await store.members.add(again);
    });
    expect(joined).toBe(true);
    expect(await view.members.find(chat.id, bob.id)).toEqual(again);
    expect(await view.chats.ofUser(bob.id)).toEqual([chat]);
  });

  it('counts the members of one chat', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const counts = await unitOfWork.run(async (store) => {
      const annex = await insertChat(store, 'Annex', ada);
      const empty = await insertChat(store, 'Empty');
      await store.members.remove(chat.id, bob.id);
      return [await store.members.count(annex.id), await store.members.count(empty.id)];
    });
    expect(counts).toEqual([1, 0]);
    expect(await view.members.count(chat.id)).toBe(1);
    expect(await view.members.count(chatId(chat.id + 100))).toBe(0);
  });

  it('lists members in the order of their joining, by id where that is the same, page by page', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const annex = await unitOfWork.run(async (store) => {
      const { id } = await insertChat(store, 'Annex');
      const cleo = await insertUser(store, 'cleo');
      const dora = await insertUser(store, 'dora');
      await store.members.add(aMembership({ chatId: id, userId: dora.id, role: 'owner', joinedAt: NOW }));
      await store.members.add(aMembership({ chatId: id, userId: cleo.id, joinedAt: NOW + 5 }));
      await store.members.add(aMembership({ chatId: id, userId: ada.id, joinedAt: NOW + 9 }));
      await store.members.add(aMembership({ chatId: id, userId: bob.id, joinedAt: NOW + 5 }));
      return { id, cleo, dora };
    });
    const member = (user: User, joinedAt: number, role: Role = 'member') => ({ user, role, joinedAt });
    const inOrder = [
      member(annex.dora, NOW, 'owner'),
      member(bob, NOW + 5),
      member(annex.cleo, NOW + 5),
      member(ada, NOW + 9),
    ];
    expect(await view.members.list(annex.id, undefined, 10)).toEqual(inOrder);
    expect(await view.members.list(annex.id, undefined, 2)).toEqual(inOrder.slice(0, 2));
    const after = (joinedAt: number, { id }: User) => view.members.list(annex.id, { joinedAt, userId: id }, 2);
    expect(await after(NOW + 5, bob)).toEqual(inOrder.slice(2));
    expect(await after(NOW + 5, annex.cleo)).toEqual(inOrder.slice(3));
    expect(await after(NOW + 9, ada)).toEqual([]);
    expect(await view.members.list(chatId(annex.id + 100), undefined, 10)).toEqual([]);
  });

  it('reads the members who joined last of several chats at once, the latest first, by id where that is the same', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const made = await unitOfWork.run(async (store) => {
      const crowd = await insertChat(store, 'Crowd');
      const people: User[] = [];
      for (let n = 0; n < 9; n++) {
        const user = await insertUser(store, `sailor ${n}`);
        people.push(user);
        const joinedAt = n < 3 ? NOW - n : NOW + 1;
        await store.members.add(aMembership({ chatId: crowd.id, userId: user.id, joinedAt }));
      }
      await store.members.remove(crowd.id, people[7]?.id ?? userId(0));
      const alone = await insertChat(store, 'Alone', bob);
      const empty = await insertChat(store, 'Empty');
      return { crowd, people, alone, empty };
    });
    const { crowd, people, alone, empty } = made;
    const latest = await view.members.latest([crowd.id, alone.id, empty.id, chat.id, chatId(empty.id + 100)]);
    expect(latest.get(crowd.id)).toEqual([8, 6, 5, 4].map((n) => people[n]));
    expect(latest.get(alone.id)).toEqual([bob]);
    expect(latest.get(empty.id) ?? []).toEqual([]);
    expect(latest.get(chat.id)).toHaveLength(2);
    expect(latest.get(chat.id)).toEqual(expect.arrayContaining([ada, bob]));
    expect(await view.members.latest([])).toEqual(new Map());
  });

  it('finds the moderator who joined first as the heir, without one the member who did', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const { id, cleo, dora } = await unitOfWork.run(async (store) => {
      const { id } = await insertChat(store, 'Annex');
      const [cleo, dora] = [await insertUser(store, 'cleo'), await insertUser(store, 'dora')];
      await store.members.add(aMembership({ chatId: id, userId: ada.id, joinedAt: NOW + 9 }));
      await store.members.add(aMembership({ chatId: id, userId: dora.id, joinedAt: NOW + 5 }));
      await store.members.add(aMembership({ chatId: id, userId: cleo.id, joinedAt: NOW + 5 }));
      return { id, cleo, dora };
    });
    expect(await view.members.heir(id)).toEqual(cleo);
    await unitOfWork.run(async (store) => {
      await store.members.setRole(id, ada.id, 'moderator');
      expect(await store.members.heir(id)).toEqual(ada);
      await store.members.setRole(id, dora.id, 'moderator');
      await store.members.add(aMembership({ chatId: id, userId: bob.id, joinedAt: NOW + 1 }));
    });
    expect(await view.members.heir(id)).toEqual(dora);
    expect(await view.members.heir(chatId(id + 100))).toBeUndefined();
    const readings = await view.reading.ofMembers(id, [ada.id, bob.id]);
    expect([ada.id, bob.id].map((one) => readings.get(one)?.role)).toEqual(['moderator', 'member']);
    // A role of a group that a list of roles in a statement might forget.
    expect((await view.chats.ofUser(ada.id)).map((chat) => chat.id)).toContain(id);
  });

  it('goes on after a place whose member has left', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const [first] = await view.members.list(chat.id, undefined, 1);
    await unitOfWork.run((store) => store.members.remove(chat.id, ada.id));
    const place = { joinedAt: first?.joinedAt ?? 0, userId: ada.id };
    expect(await view.members.list(chat.id, place, 5)).toMatchObject([{ user: bob }]);
  });

  it('gives a member another role, and nobody else', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const annex = await unitOfWork.run((store) => insertChat(store, 'Annex', ada, bob));
    await unitOfWork.run(async (store) => {
      await store.members.setRole(chat.id, bob.id, 'owner');
      await store.members.setRole(chat.id, userId(bob.id + 100), 'owner');
    });
    const roles = (id: ChatId) => view.members.list(id, undefined, 9).then((all) => all.map(({ role }) => role));
    expect(await roles(chat.id)).toEqual(['owner', 'owner']);
    expect(await roles(annex.id)).toEqual(['owner', 'member']);
  });

  it('takes members only of chats and users there are', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const ofNoChat = aMembership({ chatId: chatId(chat.id + 100), userId: ada.id });
    const ofNobody = aMembership({ chatId: chat.id, userId: userId(ada.id + 100) });
    await expectMistake(unitOfWork.run((store) => store.members.add(ofNoChat)));
    await expectMistake(unitOfWork.run((store) => store.members.add(ofNobody)));
    expect(await view.members.count(ofNoChat.chatId)).toBe(0);
    expect(await view.members.count(chat.id)).toBe(2);
  });
}
