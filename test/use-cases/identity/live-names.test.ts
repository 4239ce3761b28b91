import { describe, expect, it } from 'vitest';
import { DAY, settled } from '../../fakes.ts';
import { connect } from '../chats/recording-user-follower.ts';
import { follow, followWithDetails } from '../messages/recording-follower.ts';
import { aWorld, type World } from '../world.ts';

/** Lets time pass until what is under way has ended. */
async function pass({ timer }: World, ms = 3_000): Promise<void> {
  for (let passed = 0; passed < ms; passed += 250) {
    timer.advance(250);
    await settled();
  }
}

async function connected(world: World, actor = world.ada) {
  const followed = connect(world, actor);
  await followed.following.join();
  await pass(world);
  return followed;
}

const rename = (world: World, actor: World['ada'], username: string) =>
  world.useCases.changeUsername(actor, { username });

const say = ({ useCases, lobby }: World, actor: World['ada'], text: string) =>
  useCases.postMessage(actor, { chatId: lobby.id, text });

describe('change-username: what is open follows', () => {
  it('tells the user’s own connections and those who share a chat, at once, and no outsider', async () => {
    const world = await aWorld();
    await say(world, world.bob, 'hi');
    const people = [world.ada, world.bob, world.eve];
    const [adas, bobs, eves] = await Promise.all(people.map((actor) => connected(world, actor)));
    if (!adas || !bobs || !eves) throw new Error('Not connected.');
    for (const one of [adas, bobs, eves]) one.news();
    await rename(world, world.bob, 'robert');
    await settled();
    expect(bobs.news()).toEqual(['chat Lobby:hi', 'renamed 2 robert']);
    expect(adas.news()).toEqual(['chat Lobby:hi', 'renamed 2 robert']);
    await pass(world);
    expect([...adas.news(), ...bobs.news(), ...eves.news()]).toEqual([]);
  });

  it('gives the open connections of the user the new name, under which they post, type and are present', async () => {
    const world = await aWorld();
    const bob = { ...world.bob };
    const [adas, bobs] = [await connected(world), await connected(world, bob)];
    bobs.following.renewPresence('active');
    await pass(world);
    await rename(world, world.bob, 'robert');
    expect(bob.user.username).toBe('robert');
    adas.news();
    expect((await say(world, bob, 'hi')).message.author.username).toBe('robert');
    await world.useCases.signalTyping(bob, world.lobby.id);
    bobs.following.renewPresence('idle');
    await pass(world);
    expect(adas.news()).toEqual(
      expect.arrayContaining(['typing robert in 1', 'presence robert idle', 'chat Lobby:hi']),
    );
  });

  it('renames the direct chats in the lists of the others, and the details of those that are open', async () => {
    const world = await aWorld();
    const { chatId } = await world.useCases.openDirectChat(world.ada, { usernames: ['bob'] });
    const adas = await connected(world);
    const page = followWithDetails(world, world.ada, chatId);
    await page.join();
    await pass(world);
    adas.news();
    await rename(world, world.bob, 'robert');
    expect(adas.news()).toContain('chat robert');
    expect(page.follower.calls.at(-1)).toMatch(/^details robert 2/);
    await settled();
    expect(page.follower.calls).toContain('renamed 2 robert');
  });

  it('replays no former name to followers that come back, in authors, quotes and reactions', async () => {
    const world = await aWorld();
    const { useCases, ada, bob, lobby } = world;
    const open = follow(world, ada);
    await open.join();
    const { message: first } = await say(world, bob, 'one');
    const place = { chatId: lobby.id, text: 'two', replyTo: first.position };
    const { message: second } = await useCases.postMessage(ada, place);
    await useCases.reactToMessage(bob, { chatId: lobby.id, position: second.position, emoji: '👍', on: true });
    await pass(world);
    await rename(world, bob, 'robert');
    const back = follow(world, ada, 0);
    await back.join();
    expect(JSON.stringify(back.follower.delivered)).not.toContain('"bob"');
    expect(back.follower.delivered.map(({ position }) => position)).toEqual([1, 2]);
    expect(JSON.stringify(back.follower.delivered).match(/"robert"/g)?.length).toBeGreaterThanOrEqual(3);
    // Sent by an instance that has yet to hear of the rename.
    const late = { ...first, position: 4, revision: 4, id: 4 } as typeof first;
    world.broadcast.publishToChat(lobby.id, { type: 'message_posted', message: late });
    await pass(world);
    expect(open.follower.delivered.at(-1)).toMatchObject({ author: { username: 'robert' } });
  });

  it('finds renames of which no event told, and takes events in the order of their numbers', async () => {
    const world = await aWorld();
    await say(world, world.bob, 'hi');
    const adas = await connected(world);
    adas.news();
    const name = { id: world.bob.user.id, renamedAt: world.clock.now(), restsUntil: 0 };
    const store = (username: string) =>
      world.storage.unitOfWork.run(({ users }) =>
        users.rename({ ...name, username, key: username } as Parameters<typeof users.rename>[0]),
      );
    const one = await store('robert');
    world.broadcast.publishPresence({ type: 'events_missed' });
    await pass(world);
    expect(adas.news()).toEqual(['chat Lobby:hi', 'renamed 2 robert']);
    const two = await store('rob');
    const three = await store('bobby');
    if (!one || !two || !three) throw new Error('Not renamed.');
    world.broadcast.publishPresence({ type: 'user_renamed', ...three });
    world.broadcast.publishPresence({ type: 'user_renamed', ...two });
    await pass(world);
    expect(adas.news()).toEqual(['chat Lobby:hi', 'renamed 2 bobby']);
  });

  it('tells a connection that comes back of the names that changed within a day, and a new instance too', async () => {
    const world = await aWorld();
    await connected(world);
    await rename(world, world.bob, 'robert');
    await rename(world, world.eve, 'eva');
    expect((await connected(world)).news()).toEqual(['hello Lobby', 'renamed 2 robert']);
    expect((await connected(world, world.bob)).news()).toEqual(['hello Lobby', 'renamed 2 robert']);
    world.clock.advance(DAY + 1);
    expect((await connected(world)).news()).toEqual(['hello Lobby']);
  });

  it('tells again where the storage was away, and stops with the connection', async () => {
    const world = await aWorld();
    const [adas, gone] = [await connected(world), await connected(world)];
    for (const one of [adas, gone]) one.news();
    gone.following.stop();
    const { user } = world.bob;
    const renamed = { user: { ...user, username: 'robert' as typeof user.username }, rename: 1, renamedAt: 0 };
    world.storage.failReads = true;
    world.broadcast.publishPresence({ type: 'user_renamed', ...renamed });
    await pass(world);
    expect(adas.news()).toEqual([]);
    world.storage.failReads = false;
    await pass(world);
    expect([adas.news(), gone.news()]).toEqual([['renamed 2 robert'], []]);
  });
});
