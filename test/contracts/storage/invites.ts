import { expect, it } from 'vitest';
import { inviteId } from '../../../src/domain/chats/invite.ts';
import { chatId, userId } from '../../../src/domain/ids.ts';
import { anInviteTo, insertChat } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

export function invitesContract(open: OpenStorage): void {
  it('adds an invite and finds all of it, by its exact id', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const invite = anInviteTo(chat, ada, { id: inviteId('AbC') });
    await unitOfWork.run((store) => store.invites.add(invite));
    expect(await view.invites.find(invite.id)).toEqual(invite);
    expect(await view.invites.find(inviteId('abc'))).toBeUndefined();
    expect(await view.invites.find(inviteId('unknown'))).toBeUndefined();
  });

  it('finds an invite that expired long ago', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const invite = anInviteTo(chat, ada, { expiresAt: 1 });
    await unitOfWork.run((store) => store.invites.add(invite));
    expect(await view.invites.find(invite.id)).toEqual(invite);
  });

  it('keeps as many invites to a chat as are made', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const invites = [
      anInviteTo(chat, ada, { id: inviteId('1') }),
      anInviteTo(chat, ada, { id: inviteId('2') }),
      anInviteTo(chat, bob, { id: inviteId('3') }),
    ];
    await unitOfWork.run(async (store) => {
      for (const invite of invites) await store.invites.add(invite);
    });
    for (const invite of invites) expect(await view.invites.find(invite.id)).toEqual(invite);
  });

  it('takes an id once', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const invite = anInviteTo(chat, ada);
    await unitOfWork.run((store) => store.invites.add(invite));
    await expectMistake(unitOfWork.run((store) => store.invites.add({ ...invite, createdBy: bob.id })));
    expect(await view.invites.find(invite.id)).toEqual(invite);
  });

  it('takes invites only to chats there are and by users there are', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const toNoChat = anInviteTo(chat, ada, { id: inviteId('a'), chatId: chatId(chat.id + 100) });
    const byNobody = anInviteTo(chat, ada, { id: inviteId('b'), createdBy: userId(ada.id + 100) });
    await expectMistake(unitOfWork.run((store) => store.invites.add(toNoChat)));
    await expectMistake(unitOfWork.run((store) => store.invites.add(byNobody)));
    expect(await view.invites.find(toNoChat.id)).toBeUndefined();
    expect(await view.invites.find(byNobody.id)).toBeUndefined();
  });

  it('removes those that one made to one chat, or all to one chat', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const annex = await unitOfWork.run((store) => insertChat(store, 'Annex', ada, bob));
    const made = (id: string, to = chat, by = bob) => anInviteTo(to, by, { id: inviteId(id) });
    const invites = [made('a'), made('b'), made('c', chat, ada), made('d', annex), made('e', annex, ada)];
    const left = async () => {
      const found = await Promise.all(invites.map(({ id }) => view.invites.find(id)));
      return found.flatMap((invite) => invite?.id ?? []).join('');
    };
    await unitOfWork.run(async (store) => {
      for (const invite of invites) await store.invites.add(invite);
      await store.invites.removeMadeBy(chat.id, bob.id);
    });
    expect(await left()).toBe('cde');
    await unitOfWork.run((store) => store.invites.removeAllTo(annex.id));
    expect(await left()).toBe('c');
  });

  it('counts those to a chat that expire after a moment', async () => {
    const { unitOfWork, ada, bob, chat } = await openedWithChat(open);
    const counts = await unitOfWork.run(async (store) => {
      const other = await insertChat(store, 'Den', ada);
      for (const expiresAt of [98, 99, 100]) {
        await store.invites.add(anInviteTo(chat, ada, { id: inviteId(`a${expiresAt}`), expiresAt }));
        await store.invites.add(anInviteTo(chat, bob, { id: inviteId(`b${expiresAt}`), expiresAt }));
      }
      await store.invites.add(anInviteTo(other, ada, { id: inviteId('other'), expiresAt: 100 }));
      return Promise.all([97, 98, 99, 100].map((now) => store.invites.countLive(chat.id, now)));
    });
    expect(counts).toEqual([6, 4, 2, 0]);
  });

  it('lists those to a chat, whether they work or not, with their makers, the newest first', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const first = anInviteTo(chat, ada, { id: inviteId('1'), createdAt: 1, expiresAt: 2, note: 'für Grace' });
    const second = anInviteTo(chat, bob, { id: inviteId('2'), createdAt: 3, maxUses: 1, uses: 1 });
    await unitOfWork.run(async (store) => {
      const other = await insertChat(store, 'Den', ada);
      for (const invite of [first, second, anInviteTo(other, ada)]) await store.invites.add(invite);
    });
    expect(await view.invites.to(chat.id)).toEqual([
      { invite: second, by: bob },
      { invite: first, by: ada },
    ]);
    expect(await view.invites.to(chatId(chat.id + 100))).toEqual([]);
  });

  it('counts uses, of a limited one no more than it may have, also when they come at once', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const [limited, open_] = [anInviteTo(chat, ada, { id: inviteId('a'), maxUses: 2 }), anInviteTo(chat, ada)];
    await unitOfWork.run(async (store) => {
      await store.invites.add(limited);
      await store.invites.add(open_);
    });
    const use = (id = limited.id) => unitOfWork.run((store) => store.invites.use(id));
    const used = await Promise.all(Array.from({ length: 10 }, () => use()));
    expect(used.filter(Boolean)).toHaveLength(2);
    expect([await use(open_.id), await use(inviteId('unknown'))]).toEqual([true, false]);
    expect(await view.invites.find(limited.id)).toEqual({ ...limited, uses: 2 });
    expect(await view.invites.find(open_.id)).toEqual({ ...open_, uses: 1 });
    expect(await unitOfWork.run((store) => store.invites.countLive(chat.id, 0))).toBe(1);
  });

  it('removes one by its id, and none that is unknown', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const [one, other] = [anInviteTo(chat, ada, { id: inviteId('a') }), anInviteTo(chat, ada)];
    await unitOfWork.run(async (store) => {
      for (const invite of [one, other]) await store.invites.add(invite);
      await store.invites.remove(one.id);
      await store.invites.remove(inviteId('unknown'));
    });
    expect(await view.invites.to(chat.id)).toEqual([{ invite: other, by: ada }]);
  });

  it('remembers of each chat and user when they were barred last', async () => {
    const { unitOfWork, ada, bob, chat } = await openedWithChat(open);
    const barred = await unitOfWork.run(async (store) => {
      const before = await store.invites.barredAt(chat.id, bob.id);
      await store.invites.bar(chat.id, bob.id, 5);
      await store.invites.bar(chat.id, bob.id, 7);
      return [before, await store.invites.barredAt(chat.id, bob.id), await store.invites.barredAt(chat.id, ada.id)];
    });
    expect(barred).toEqual([undefined, 7, undefined]);
  });

  it('removes those that expire at a moment or before it, and no later one', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const expiring = (expiresAt: number) => anInviteTo(chat, ada, { id: inviteId(`${expiresAt}`), expiresAt });
    const removed = await unitOfWork.run(async (store) => {
      for (const expiresAt of [98, 99, 100, 101]) await store.invites.add(expiring(expiresAt));
      return [await store.invites.removeExpired(99), await store.invites.removeExpired(99)];
    });
    expect(removed).toEqual([2, 0]);
    expect(await view.invites.find(expiring(98).id)).toBeUndefined();
    expect(await view.invites.find(expiring(99).id)).toBeUndefined();
    expect(await view.invites.find(expiring(100).id)).toEqual(expiring(100));
    expect(await view.invites.find(expiring(101).id)).toEqual(expiring(101));
  });
}
