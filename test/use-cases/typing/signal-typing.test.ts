import { describe, expect, it } from 'vitest';
import { insertChat, insertUser } from '../../builders.ts';
import { connect, type FollowedUser } from '../chats/recording-user-follower.ts';
import { recordingFollower } from '../messages/recording-follower.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT, type World } from '../world.ts';

/** A connection of the actor's that has been told the list of chats. */
async function connected(world: World, actor = world.bob): Promise<FollowedUser> {
  const device = connect(world, actor);
  await device.following.join();
  device.news();
  return device;
}

const TYPING = 'typing ada in 1';

describe('signal-typing', () => {
  it('tells the other members who see the chat in their lists, and stores nothing', async () => {
    const world = await aWorld();
    const [adas, bobs, eves] = [
      await connected(world, world.ada),
      await connected(world),
      await connected(world, world.eve),
    ];
    await world.useCases.signalTyping(world.ada, world.lobby.id);
    expect(bobs.news()).toEqual([TYPING]);
    expect([...adas.news(), ...eves.news()]).toEqual([]);
  });

  it('hides the typing of a person from those who block them, in groups too, until they end that', async () => {
    const world = await aWorld();
    const { signalTyping, setBlock } = world.useCases;
    const bobs = await connected(world);
    const block = (on: boolean) => setBlock(world.bob, { userId: world.ada.user.id, on });
    await block(true);
    await signalTyping(world.ada, world.lobby.id);
    expect(bobs.news()).toEqual([]);
    await block(false);
    await signalTyping(world.ada, world.lobby.id);
    expect(bobs.news()).toEqual([TYPING]);
  });

  it('tells no connection before its list of chats', async () => {
    const world = await aWorld();
    await connected(world);
    const second = connect(world);
    const joining = second.following.join();
    await world.useCases.signalTyping(world.ada, world.lobby.id);
    await joining;
    await world.useCases.signalTyping(world.ada, world.lobby.id);
    expect(second.news()[0]).toMatch(/^hello/);
  });

  it('TY-1: tells only the connections that follow the chat where it has more than 250 members', async () => {
    const world = await aWorld();
    const { bob, eve } = world;
    const hall = await world.storage.unitOfWork.run(async (store) => {
      const crowd = [];
      for (let n = 0; n < 249; n += 1) crowd.push(await insertUser(store, `crowd-${n}`));
      return insertChat(store, 'Hall', eve.user, bob.user, ...crowd);
    });
    const [following, elsewhere] = [await connected(world), await connected(world)];
    const chat = { chatId: hall.id, after: undefined, wantsDetails: false };
    await following.following.followChat(chat, recordingFollower()).join();
    await world.useCases.signalTyping(eve, hall.id);
    expect(following.news()).toEqual([`typing eve in ${hall.id}`]);
    expect(elsewhere.news()).toEqual([]);
  });

  it('does not tell what has been posted meanwhile', async () => {
    const world = await aWorld();
    const bobs = await connected(world);
    const { signalTyping } = world.useCases;
    for (let n = 0; n < 3; n += 1) await signalTyping(world.ada, world.lobby.id);
    expect(bobs.news()).toEqual([TYPING, TYPING]);
    await world.say('done');
    world.timer.advance(1_000);
    expect(bobs.news().filter((call) => call === TYPING)).toEqual([]);
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
