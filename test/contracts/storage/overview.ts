import { expect, it } from 'vitest';
import { peopleKey } from '../../../src/domain/chats/direct.ts';
import { inviteId } from '../../../src/domain/chats/invite.ts';
import { aMembership, anInviteTo, aSessionOf, insertChat, insertMessage, insertUser, NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

export function overviewContract(open: OpenStorage): void {
  it('finds people by a part of their names, page by page', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const percent = await unitOfWork.run(async (store) => {
      await store.sessions.add(aSessionOf(bob, { seenAt: NOW + 5 }));
      await store.administration.setAdministrator(ada.id, NOW);
      return insertUser(store, '100%_\\b');
    });
    const find = async (text: string, after?: string, limit = 9) =>
      (await view.overview.people({ text, after, limit })).map(({ user }) => user);
    expect(await find('b')).toEqual([percent, bob]);
    expect(await find('%')).toEqual([percent]);
    expect(await find('_')).toEqual([percent]);
    expect(await find('\\')).toEqual([percent]);
    expect(await find('')).toEqual([percent, ada, bob]);
    expect(await find('', 'ada')).toEqual([bob]);
    expect(await find('', undefined, 1)).toEqual([percent]);
    const [first, second] = await view.overview.people({ text: '', after: '100%_\\b', limit: 2 });
    const common = { deactivatedAt: null, createdAt: NOW };
    expect(first).toEqual({ ...common, user: ada, administratorSince: NOW, key: 'ada', sessions: 0, seenAt: null });
    expect(second).toMatchObject({ ...common, user: bob, administratorSince: null, sessions: 1, seenAt: NOW + 5 });
  });

  it('lists chats by their size and by their last use, and a direct one without a name', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const { quiet, direct } = await unitOfWork.run(async (store) => {
      await insertMessage(store, chat, ada, { sentAt: NOW + 1 });
      await insertMessage(store, chat, bob, { sentAt: NOW + 2 });
      const people = peopleKey([ada, bob]);
      const { id } = await store.chats.addDirect({ people, createdAt: NOW });
      for (const user of [ada, bob]) await store.members.add(aMembership({ chatId: id, userId: user.id }));
      await insertMessage(store, { ...chat, id }, ada, { sentAt: NOW + 9 });
      return { quiet: await insertChat(store, 'Quiet', ada), direct: id };
    });
    const lobby = { id: chat.id, name: 'Lobby', members: 2, changes: 2, usedAt: NOW + 2 };
    const both = { id: direct, name: null, members: 2, changes: 1, usedAt: NOW + 9 };
    const empty = { id: quiet.id, name: 'Quiet', members: 1, changes: 0, usedAt: null };
    expect(await view.overview.chats({ by: 'size', offset: 0, limit: 9 })).toEqual([lobby, both, empty]);
    expect(await view.overview.chats({ by: 'use', offset: 0, limit: 2 })).toEqual([both, lobby]);
    expect(await view.overview.chats({ by: 'use', offset: 2, limit: 2 })).toEqual([empty]);
    expect(await view.overview.totals()).toMatchObject({ people: 2, chats: 3, changes: 3 });
  });

  it('lists the invites that work, the newest first', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const invite = anInviteTo(chat, ada, { expiresAt: NOW + 2 });
    const newer = anInviteTo(chat, bob, { id: inviteId('newer'), createdAt: NOW + 1, expiresAt: NOW + 3 });
    const used = anInviteTo(chat, ada, { id: inviteId('used'), maxUses: 1, uses: 1 });
    await unitOfWork.run(async ({ invites }) => {
      for (const one of [invite, newer, used]) await invites.add(one);
    });
    const at = { id: chat.id, name: 'Lobby' };
    expect(await view.overview.liveInvites({ now: NOW, offset: 0, limit: 9 })).toEqual([
      { invite: newer, chat: at, by: bob },
      { invite, chat: at, by: ada },
    ]);
    expect(await view.overview.liveInvites({ now: NOW + 2, offset: 0, limit: 9 })).toHaveLength(1);
    expect(await view.overview.liveInvites({ now: NOW, offset: 1, limit: 9 })).toHaveLength(1);
  });

  it('lets as many people register with an invite as it lets in, and holds places for those who stay', async () => {
    const { unitOfWork, ada, bob, chat } = await openedWithChat(open);
    const invite = anInviteTo(chat, ada, { maxUses: 1, expiresAt: NOW + 1 });
    await unitOfWork.run(({ invites }) => invites.add(invite));
    const register = (user: typeof ada, now = NOW) =>
      unitOfWork.run(({ invites }) => invites.admitRegistration(invite.id, { userId: user.id, now }));
    expect(await register(ada, NOW + 1)).toBe(false);
    expect((await Promise.all([register(ada), register(bob)])).toSorted()).toEqual([false, true]);
    expect(
      await unitOfWork.run(({ invites }) => invites.admitRegistration(inviteId('none'), { userId: ada.id, now: NOW })),
    ).toBe(false);
  });
}
