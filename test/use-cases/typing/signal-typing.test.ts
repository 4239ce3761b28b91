import { describe, expect, it } from 'vitest';
import { follow } from '../messages/recording-follower.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('signal-typing', () => {
  it('tells the other followers of the chat, and stores nothing', async () => {
    const world = await aWorld();
    const [adas, bobs] = [follow(world, world.ada), follow(world, world.bob)];
    await Promise.all([adas.join(), bobs.join()]);
    await world.useCases.signalTyping(world.ada, world.lobby.id);
    expect(bobs.follower.calls).toEqual(['ready 0', 'typing ada']);
    expect(adas.follower.calls).toEqual(['ready 0']);
  });

  it('does not tell what has been posted meanwhile', async () => {
    const world = await aWorld();
    const bobs = follow(world, world.bob);
    await bobs.join();
    const { signalTyping } = world.useCases;
    for (let n = 0; n < 3; n += 1) await signalTyping(world.ada, world.lobby.id);
    expect(bobs.follower.calls).toEqual(['ready 0', 'typing ada', 'typing ada']);
    await world.say('done');
    await bobs.follower.heard(1);
    world.timer.advance(1_000);
    expect(bobs.follower.calls.at(-1)).toBe('deliver done');
  });

  it('tells nobody for an outsider, who is refused alike where there is no such chat', async () => {
    const world = await aWorld();
    const { signalTyping } = world.useCases;
    const told = world.broadcast.published.length;
    expect(await refusal(signalTyping(world.eve, world.lobby.id))).toBe('forbidden');
    expect(await refusal(signalTyping(world.eve, UNKNOWN_CHAT))).toBe('forbidden');
    expect(world.broadcast.published).toHaveLength(told);
  });
});
