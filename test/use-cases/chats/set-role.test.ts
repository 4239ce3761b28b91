import { describe, expect, it } from 'vitest';
import type { ShownRole } from '../../../src/domain/chats/membership.ts';
import { type UserId, userId } from '../../../src/domain/ids.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

/** The lobby, of which Cyd is a member too. */
async function aLobby() {
  const world = await aWorld();
  const { useCases, storage, broadcast, ada, bob, eve, lobby } = world;
  const { code } = await useCases.createInvite(ada, lobby.id);
  await useCases.redeemInvite(eve, code);
  const begun = broadcast.published.length;
  const roleOf = async (id: UserId) => (await storage.view.members.find(lobby.id, id))?.role;
  return {
    ...world,
    cyd: eve,
    told: () => broadcast.published.slice(begun),
    roles: async () => Promise.all([ada, bob, eve].map(({ user }) => roleOf(user.id))),
    set: (by: typeof ada, { user }: typeof ada, role: ShownRole) =>
      useCases.setRole(by, { chatId: lobby.id, userId: user.id, role }),
  };
}

describe('set-role', () => {
  it('makes a member a moderator and a member again, with a notice of each, and tells their devices', async () => {
    const { told, ada, bob, lobby, set, roles } = await aLobby();
    await set(ada, bob, 'moderator');
    expect(await roles()).toEqual(['owner', 'moderator', 'member']);
    expect(told()).toMatchObject([
      { type: 'role_set', userId: bob.user.id, chatId: lobby.id },
      { type: 'message_posted', message: { kind: 'notice', author: ada.user, text: 'ada made bob a moderator' } },
    ]);
    await set(ada, bob, 'member');
    expect(await roles()).toEqual(['owner', 'member', 'member']);
    expect(told().at(-1)).toMatchObject({ message: { text: 'ada made bob a member again' } });
  });

  it('hands over the ownership, once: there is one owner, and the one before is a moderator', async () => {
    const { told, ada, bob, cyd, set, roles } = await aLobby();
    await set(ada, bob, 'owner');
    expect(await roles()).toEqual(['moderator', 'owner', 'member']);
    expect(told()).toMatchObject([
      { type: 'role_set', userId: bob.user.id },
      { type: 'role_set', userId: ada.user.id },
      { type: 'message_posted', message: { text: 'ada made bob the owner' } },
    ]);
    expect(await refusal(set(ada, cyd, 'owner'))).toBe('forbidden');
    expect(await roles()).toEqual(['moderator', 'owner', 'member']);
  });

  it('says nothing when the member has that role already', async () => {
    const { told, ada, bob, set } = await aLobby();
    await set(ada, bob, 'member');
    expect(told()).toEqual([]);
  });

  it('is refused to an outsider, for whom there is no such chat, and to all but the owner', async () => {
    const { useCases, broadcast, ada, bob, eve, lobby } = await aWorld();
    for (const chatId of [lobby.id, UNKNOWN_CHAT]) {
      const given = { chatId, userId: bob.user.id, role: 'moderator' } as const;
      expect(await refusal(useCases.setRole(eve, given))).toBe('forbidden');
    }
    for (const { user } of [ada, bob]) {
      const given = { chatId: lobby.id, userId: user.id, role: 'owner' } as const;
      expect(await refusal(useCases.setRole(bob, given))).toBe('forbidden');
    }
    await useCases.setRole(ada, { chatId: lobby.id, userId: bob.user.id, role: 'moderator' });
    const before = broadcast.published.length;
    const own = { chatId: lobby.id, userId: bob.user.id, role: 'owner' } as const;
    expect(await refusal(useCases.setRole(bob, own))).toBe('forbidden');
    expect(broadcast.published).toHaveLength(before);
  });

  it('finds nobody who is no member, and leaves the owner what they are', async () => {
    const { useCases, ada, eve, lobby } = await aWorld();
    const set = (id: UserId) => refusal(useCases.setRole(ada, { chatId: lobby.id, userId: id, role: 'member' }));
    expect(await set(eve.user.id)).toBe('not_found');
    expect(await set(userId(404))).toBe('not_found');
    expect(await set(ada.user.id)).toBe('bad_request');
  });

  it('is not for direct chats', async () => {
    const { useCases, ada, bob } = await aWorld();
    const { chatId } = await useCases.openDirectChat(ada, { usernames: ['bob'] });
    const given = { chatId, userId: bob.user.id, role: 'moderator' } as const;
    expect(await refusal(useCases.setRole(ada, given))).toBe('direct_chat');
  });

  it('lets moderators remove members, delete what others wrote and manage invites, and nothing more', async () => {
    const { useCases, ada, bob, cyd, lobby, set } = await aLobby();
    await set(ada, bob, 'moderator');
    const { id: chatId } = lobby;
    const { message } = await useCases.postMessage(ada, { chatId, text: 'of the owner' });
    await useCases.createInvite(ada, chatId);
    expect(await refusal(useCases.deleteMessage(cyd, { chatId, position: message.position }))).toBe('forbidden');
    expect(await useCases.deleteMessage(bob, { chatId, position: message.position })).toMatchObject({
      kind: 'deleted',
    });
    expect((await useCases.viewInvites(cyd, chatId)).invites).toEqual([]);
    expect((await useCases.viewInvites(bob, chatId)).invites).toHaveLength(2);
    expect(await refusal(useCases.renameChat(bob, { chatId, name: 'Mine' }))).toBe('forbidden');
    expect(await refusal(useCases.removeMember(bob, { chatId, userId: ada.user.id }))).toBe('forbidden');
    await useCases.removeMember(bob, { chatId, userId: cyd.user.id });
  });

  it('lets nobody but the owner remove a moderator', async () => {
    const { useCases, ada, bob, cyd, lobby, set, roles } = await aLobby();
    await set(ada, bob, 'moderator');
    await set(ada, cyd, 'moderator');
    const remove = (by: typeof ada, { user }: typeof ada) =>
      useCases.removeMember(by, { chatId: lobby.id, userId: user.id });
    expect(await refusal(remove(bob, cyd))).toBe('forbidden');
    await remove(ada, cyd);
    expect(await roles()).toEqual(['owner', 'moderator', undefined]);
  });

  it('gives the chat to the moderator who joined first when its owner leaves', async () => {
    const { useCases, told, ada, cyd, lobby, set, roles } = await aLobby();
    await set(ada, cyd, 'moderator');
    await useCases.leaveChat(ada, lobby.id);
    expect(await roles()).toEqual([undefined, 'member', 'owner']);
    expect(told()).toContainEqual({ type: 'role_set', userId: cyd.user.id, chatId: lobby.id });
  });

  it('changes no role and publishes nothing when it cannot be stored', async () => {
    const { storage, told, ada, bob, set, roles } = await aLobby();
    storage.failCommits = true;
    expect(await refusal(set(ada, bob, 'owner'))).toBe('unavailable');
    expect(told()).toEqual([]);
    expect(await roles()).toEqual(['owner', 'member', 'member']);
  });
});
