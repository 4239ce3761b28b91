import { describe, expect, it } from 'vitest';
import { settled } from '../../fakes.ts';
import { connect } from '../chats/recording-user-follower.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('set-level', () => {
  it('sets of which messages of a chat the actor is notified, for them alone', async () => {
    const { ada, bob, lobby, useCases } = await aWorld();
    await useCases.setLevel(bob, { chatId: lobby.id, level: 'nothing' });
    expect((await useCases.viewChatSummary(bob, lobby.id)).reading.level).toBe('nothing');
    expect((await useCases.viewChatSummary(ada, lobby.id)).reading.level).toBe('mentions');
  });

  it('is told to all devices of the user, also where the event was lost', async () => {
    const world = await aWorld();
    const { bob, lobby, useCases, storage, broadcast, timer } = world;
    const devices = [connect(world), connect(world)];
    for (const { following } of devices) await following.join();
    const shown = () => devices.map(({ follower }) => follower.readings.get(lobby.id)?.level);
    const wait = async () => {
      await settled();
      timer.advance(1_000);
      await settled();
    };
    await useCases.setLevel(bob, { chatId: lobby.id, level: 'all' });
    await wait();
    expect(shown()).toEqual(['all', 'all']);
    await storage.unitOfWork.run((store) => store.reading.setLevel(lobby.id, bob.user.id, 'nothing'));
    broadcast.publishToUser(bob.user.id, { type: 'events_missed' });
    await wait();
    expect(shown()).toEqual(['nothing', 'nothing']);
  });

  it('refuses outsiders, who cannot tell a closed chat from one that does not exist', async () => {
    const { eve, lobby, useCases } = await aWorld();
    const closed = await refusal(useCases.setLevel(eve, { chatId: lobby.id, level: 'all' }));
    expect(closed).toBe('forbidden');
    expect(await refusal(useCases.setLevel(eve, { chatId: UNKNOWN_CHAT, level: 'all' }))).toEqual(closed);
  });
});
