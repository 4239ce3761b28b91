import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/actor.ts';
import type { ChatId } from '../../../src/domain/ids.ts';
import { settled } from '../../fakes.ts';
import { aWorld, type World } from '../world.ts';
import { connect } from './recording-user-follower.ts';

async function invite(world: World, chatId: ChatId, ...guests: readonly Actor[]): Promise<void> {
  for (const guest of guests) {
    const { code } = await world.useCases.createInvite(world.ada, chatId);
    world.clock.advance(1);
    await world.useCases.redeemInvite(guest, code);
  }
}

const newChat = async (world: World, name: string): Promise<ChatId> => {
  world.clock.advance(1);
  return (await world.useCases.createChat(world.ada, { name })).id;
};

/** Time for the summaries that were read a moment ago to be read again. */
async function later(world: World): Promise<void> {
  await settled();
  world.timer.advance(1_000);
  await settled();
}

async function listed({ useCases }: World, actor: Actor): Promise<readonly string[]> {
  const chats = await useCases.viewChatSummaries(actor);
  return chats.map(({ name, others }) => (others ? `${name} (${others.join(', ')})` : name)).toSorted();
}

describe('two chats of one name', () => {
  it('are told apart by their latest other people, in every list, and others are not', async () => {
    const world = await aWorld();
    const [crowd, alone] = [await newChat(world, 'Boat'), await newChat(world, 'Boat')];
    await newChat(world, 'Pier');
    await invite(world, crowd, world.bob, world.eve);
    expect(await listed(world, world.ada)).toEqual(['Boat ()', 'Boat (eve, bob)', 'Lobby', 'Pier']);
    expect(await listed(world, world.bob)).toEqual(['Boat', 'Lobby']);
    const opened = await world.useCases.openChat(world.ada, { chatId: alone, limit: 50 });
    expect(opened.chats.map(({ others }) => others)).toEqual(
      (await world.useCases.viewChatSummaries(world.ada)).map(({ others }) => others),
    );
    const { chats } = await world.useCases.viewMissed(world.ada);
    expect(chats.find(({ id }) => id === crowd)?.others).toEqual(['eve', 'bob']);
  });

  it('may be a direct chat and a group', async () => {
    const world = await aWorld();
    await world.useCases.openDirectChat(world.ada, { usernames: ['bob'] });
    await invite(world, await newChat(world, 'bob'), world.eve);
    expect(await listed(world, world.ada)).toEqual(['Lobby', 'bob (bob)', 'bob (eve)']);
  });

  it('are told apart on a socket from its hello on', async () => {
    const world = await aWorld();
    await invite(world, await newChat(world, 'Boat'), world.bob);
    await newChat(world, 'Boat');
    const { following, news } = connect(world, world.ada);
    await following.join();
    expect(news()).toEqual(['hello Boat () Boat (bob):bob joined Lobby']);
  });

  it('are told apart live when one gets the name of the other, and not any more when it loses it', async () => {
    const world = await aWorld();
    const pier = await newChat(world, 'Pier');
    await invite(world, pier, world.eve);
    const { following, news } = connect(world, world.ada);
    await following.join();
    news();
    await world.useCases.renameChat(world.ada, { chatId: pier, name: 'Lobby' });
    await later(world);
    const told = new Set(news());
    expect(told).toContain('chat Lobby (bob)');
    expect(told).toContain('chat Lobby (eve):ada renamed the chat to “Lobby”');
    await world.useCases.renameChat(world.ada, { chatId: pier, name: 'Quay' });
    await later(world);
    expect(new Set(news())).toEqual(new Set(['chat Lobby', 'chat Quay:ada renamed the chat to “Quay”']));
  });

  it('are told apart live when one is joined or left, and when other people join and leave', async () => {
    const world = await aWorld();
    const { following, news } = connect(world, world.bob);
    await following.join();
    news();
    const other = await newChat(world, 'Lobby');
    await invite(world, other, world.bob);
    await later(world);
    expect(new Set(news())).toEqual(new Set(['chat Lobby (ada):bob joined', 'chat Lobby (ada)']));
    await invite(world, other, world.eve);
    await later(world);
    expect(news()).toEqual(['chat Lobby (eve, ada):eve joined']);
    await world.useCases.leaveChat(world.eve, other);
    await later(world);
    expect(news()).toEqual(['chat Lobby (ada):eve left']);
    await world.useCases.leaveChat(world.bob, other);
    await later(world);
    expect(news()).toEqual([`left ${other}`, 'chat Lobby']);
  });

  it('stay told apart for one user where another sees only one of them', async () => {
    const world = await aWorld();
    const bobs = connect(world, world.bob);
    await bobs.following.join();
    await newChat(world, 'Lobby');
    const adas = connect(world, world.ada);
    await adas.following.join();
    expect([bobs.news(), adas.news()]).toEqual([['hello Lobby'], ['hello Lobby () Lobby (bob)']]);
    await world.say('hi');
    await later(world);
    expect([bobs.news().at(-1), adas.news().at(-1)]).toEqual(['chat Lobby:hi', 'chat Lobby (bob):hi']);
  });
});
