import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('mark-unread', () => {
  it('makes a message and all that come after it unread, and tells all the actor’s devices', async () => {
    const world = await aWorld();
    const { bob, lobby, useCases } = world;
    await world.say('one', 'two', 'three', 'four');
    await useCases.markRead(bob, { chatId: lobby.id, position: revision(4), version: undefined });
    await useCases.markUnread(bob, { chatId: lobby.id, position: revision(2) });
    const { reading } = await useCases.viewChatSummary(bob, lobby.id);
    expect(reading).toMatchObject({ pointer: { position: 1, version: 1 }, unread: 3 });
    const told = { type: 'pointer_moved', userId: bob.user.id, chatId: lobby.id };
    expect(world.broadcast.published.slice(-2)).toEqual([told, told]);
  });

  it('refuses a message that the chat does not have', async () => {
    const { bob, lobby, useCases } = await aWorld();
    const refused = await refusal(useCases.markUnread(bob, { chatId: lobby.id, position: revision(9) }));
    expect(refused).toBe('not_found');
  });

  it('refuses outsiders, who cannot tell a closed chat from one that does not exist', async () => {
    const { eve, lobby, useCases, say } = await aWorld();
    await say('one');
    const closed = await refusal(useCases.markUnread(eve, { chatId: lobby.id, position: revision(1) }));
    expect(closed).toBe('forbidden');
    const unknown = useCases.markUnread(eve, { chatId: UNKNOWN_CHAT, position: revision(1) });
    expect(await refusal(unknown)).toEqual(closed);
  });
});
