import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { settled } from '../../fakes.ts';
import { connect, type FollowedUser } from '../chats/recording-user-follower.ts';
import { aWorld } from '../world.ts';

async function listening() {
  const world = await aWorld();
  const [bobs, adas] = [connect(world), connect(world, world.ada)];
  await Promise.all([bobs.following.join(), adas.following.join()]);
  const sounds = async (of: FollowedUser) => {
    for (let time = 0; time < 2; time++) {
      await settled();
      world.timer.advance(1_000);
      await settled();
    }
    return of.news().filter((told) => told.startsWith('sound'));
  };
  return { ...world, bobs, adas, sounds };
}

describe('the sound of open pages', () => {
  it('is for messages that call for their reader by level, mention or keyword, and never for their author', async () => {
    const { bob, bobs, adas, lobby, say, sounds, useCases } = await listening();
    await say('nothing for bob', 'nothing either');
    expect(await sounds(bobs)).toEqual([]);
    await say('@bob come', 'and nothing again');
    expect(await sounds(bobs)).toEqual([`sound 3 in ${lobby.id}`]);
    expect(await sounds(adas)).toEqual([]);
    await useCases.setNotifications(bob, { keywords: ['tide'] });
    await say('the tide is high');
    expect(await sounds(bobs)).toEqual([`sound 5 in ${lobby.id}`]);
    await useCases.setLevel(bob, { chatId: lobby.id, level: 'all', mute: undefined });
    await say('anything');
    expect(await sounds(bobs)).toEqual([`sound 6 in ${lobby.id}`]);
    // The messages of a second make one sound.
    await say('one');
    await settled();
    await say('two', 'three');
    expect(await sounds(bobs)).toEqual([`sound 7 in ${lobby.id}`, `sound 9 in ${lobby.id}`]);
  });

  it('follows mutes, quiet hours and the switch at once, on a connection that heard sounds before', async () => {
    const { bob, bobs, clock, lobby, say, sounds, useCases } = await listening();
    const chatId = lobby.id;
    await say('@bob');
    expect(await sounds(bobs)).toHaveLength(1);
    await useCases.setLevel(bob, { chatId, level: undefined, mute: { forMs: 3_600_000 } });
    await say('@bob');
    expect(await sounds(bobs)).toEqual([]);
    await useCases.setLevel(bob, { chatId, level: undefined, mute: null });
    const [from, to] = [-1, 1].map((hours) => new Date(clock.now() + hours * 3_600_000).toISOString().slice(11, 16));
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
    await useCases.setNotifications(bob, { quietHours: { zone: 'UTC', days, from: from ?? '', to: to ?? '' } });
    await say('@bob');
    expect(await sounds(bobs)).toEqual([]);
    await useCases.setNotifications(bob, { quietHours: null, sound: false });
    await say('@bob');
    expect(await sounds(bobs)).toEqual([]);
    await useCases.setNotifications(bob, { sound: true });
    await say('@bob');
    expect(await sounds(bobs)).toEqual([`sound 5 in ${chatId}`]);
  });

  it('is not for what its reader has read, nor after they have left', async () => {
    const { bob, bobs, lobby, say, sounds, useCases } = await listening();
    await say('nothing for bob');
    await settled();
    // What is posted within the second after that is told at its end.
    await say('@bob');
    await useCases.markRead(bob, { chatId: lobby.id, position: revision(2), version: undefined });
    expect(await sounds(bobs)).toEqual([]);
    await useCases.leaveChat(bob, lobby.id);
    await say('@bob');
    expect(await sounds(bobs)).toEqual([]);
  });
});
