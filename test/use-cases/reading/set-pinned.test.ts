import { describe, expect, it } from 'vitest';
import { settled } from '../../fakes.ts';
import { connect } from '../chats/recording-user-follower.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('set-pinned', () => {
  it('pins a chat for the actor alone, and tells all their devices', async () => {
    const world = await aWorld();
    const { ada, bob, lobby, useCases, timer } = world;
    const devices = [connect(world), connect(world)];
    for (const { following } of devices) await following.join();
    for (const pinned of [true, false]) {
      await useCases.setPinned(bob, { chatId: lobby.id, pinned });
      await settled();
      timer.advance(1_000);
      await settled();
      expect(devices.map(({ follower }) => follower.readings.get(lobby.id)?.pinned)).toEqual([pinned, pinned]);
      expect((await useCases.viewChatSummary(ada, lobby.id)).reading.pinned).toBe(false);
    }
  });

  it('refuses outsiders, who cannot tell a closed chat from one that does not exist', async () => {
    const { eve, lobby, useCases } = await aWorld();
    const closed = await refusal(useCases.setPinned(eve, { chatId: lobby.id, pinned: true }));
    expect(closed).toBe('forbidden');
    expect(await refusal(useCases.setPinned(eve, { chatId: UNKNOWN_CHAT, pinned: true }))).toEqual(closed);
  });
});
