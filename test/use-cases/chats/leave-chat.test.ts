import { describe, expect, it } from 'vitest';
import { textOf } from '../../../src/domain/messages/message.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT, type World } from '../world.ts';

const textsIn = async ({ storage, lobby }: World) =>
  (await storage.view.messages.before(lobby.id, undefined, 100)).map(
    (message) => `${message.kind}: ${textOf(message)}`,
  );

describe('leave-chat', () => {
  it('closes the chat to who leaves, and says so in it', async () => {
    const world = await aWorld();
    const { useCases, bob, lobby } = world;
    await useCases.leaveChat(bob, lobby.id);
    expect(await refusal(useCases.viewChat(bob, lobby.id))).toBe('forbidden');
    expect(await refusal(useCases.postMessage(bob, { chatId: lobby.id, text: 'still here?' }))).toBe('forbidden');
    expect(await useCases.viewChatSummaries(bob)).toEqual([]);
    expect(await textsIn(world)).toEqual(['notice: bob left']);
  });

  it('is refused to an outsider, for whom there is no such chat', async () => {
    const { useCases, broadcast, bob, eve, lobby } = await aWorld();
    expect(await refusal(useCases.leaveChat(eve, lobby.id))).toBe('forbidden');
    expect(await refusal(useCases.leaveChat(eve, UNKNOWN_CHAT))).toBe('forbidden');
    await useCases.leaveChat(bob, lobby.id);
    expect(await refusal(useCases.leaveChat(bob, lobby.id))).toBe('forbidden');
    expect(broadcast.published).toHaveLength(3);
  });

  it('publishes the end of the membership before what is said of it', async () => {
    const { useCases, broadcast, bob, lobby } = await aWorld();
    await useCases.leaveChat(bob, lobby.id);
    expect(broadcast.published).toMatchObject([
      { type: 'member_left', chatId: lobby.id, userId: bob.user.id },
      { type: 'chat_left', chatId: lobby.id, userId: bob.user.id },
      { type: 'message_posted', message: { text: 'bob left', author: bob.user, revision: 1 } },
    ]);
  });

  it('leaves the chat to whoever has been in it longest, when the owner goes', async () => {
    const world = await aWorld();
    const { useCases, clock, ada, bob, eve, lobby } = world;
    clock.advance(1000);
    await useCases.redeemInvite(eve, (await useCases.createInvite(ada, lobby.id)).code);
    await useCases.leaveChat(ada, lobby.id);
    expect(await textsIn(world)).toEqual(['notice: eve joined', 'notice: ada left', 'notice: bob is the owner now']);
    const { members } = await useCases.viewMembers(bob, { chatId: lobby.id, limit: 9 });
    expect(members.map(({ user, role }) => [user.username, role])).toEqual([
      ['bob', 'owner'],
      ['eve', 'member'],
    ]);
  });

  it('leaves the owner alone when somebody else goes', async () => {
    const { useCases, ada, bob, lobby } = await aWorld();
    await useCases.leaveChat(bob, lobby.id);
    expect(await useCases.viewMembers(ada, { chatId: lobby.id, limit: 9 })).toMatchObject({
      you: { role: 'owner' },
      count: 1,
    });
  });

  it('revokes the invites of who leaves, and nobody else’s', async () => {
    const { useCases, ada, bob, eve, lobby } = await aWorld();
    const { code: own } = await useCases.createInvite(bob, lobby.id);
    const { code: adas } = await useCases.createInvite(ada, lobby.id);
    await useCases.leaveChat(bob, lobby.id);
    expect(await refusal(useCases.redeemInvite(eve, own))).toBe('not_found');
    expect(await useCases.redeemInvite(bob, adas)).toBe(lobby.id);
  });

  it('puts the chat out of reach when the last one goes', async () => {
    const { useCases, ada, bob, eve, lobby } = await aWorld();
    const codes = [await useCases.createInvite(ada, lobby.id), await useCases.createInvite(bob, lobby.id)];
    await useCases.leaveChat(ada, lobby.id);
    await useCases.leaveChat(bob, lobby.id);
    for (const { code } of codes) expect(await refusal(useCases.redeemInvite(eve, code))).toBe('not_found');
    for (const { code } of codes) expect(await refusal(useCases.viewInvite(eve, code))).toBe('not_found');
    expect(await refusal(useCases.viewChat(ada, lobby.id))).toBe('forbidden');
  });

  it('changes nothing and publishes nothing when it cannot be stored', async () => {
    const { useCases, storage, broadcast, bob, lobby } = await aWorld();
    storage.failCommits = true;
    expect(await refusal(useCases.leaveChat(bob, lobby.id))).toBe('unavailable');
    expect(broadcast.published).toEqual([]);
    expect(await useCases.viewChat(bob, lobby.id)).toMatchObject({ members: 2 });
  });
});
