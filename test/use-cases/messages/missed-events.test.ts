import { describe, expect, it, vi } from 'vitest';
import type { Actor } from '../../../src/application/actor.ts';
import { addNotice } from '../../../src/application/use-cases/chats/add-notice.ts';
import type { Message } from '../../../src/domain/messages/message.ts';
import { NOTICES } from '../../../src/domain/messages/notices.ts';
import { aMembership, insertMessage, insertUser, NOW } from '../../builders.ts';
import { settled } from '../../fakes.ts';
import { aWorld, type World } from '../world.ts';
import { follow, range, revisionsOf } from './recording-follower.ts';

/** Changes the store without a broadcast, as another instance does whose broadcast is lost. */
const silently = ({ storage }: World) => storage.unitOfWork;

const postSilently = (world: World, count = 1): Promise<readonly Message[]> =>
  silently(world).run(async (store) => {
    const messages: Message[] = [];
    for (let n = 0; n < count; n += 1) messages.push(await insertMessage(store, world.lobby, world.ada.user));
    return messages;
  });

/** Every departure adds a notice, even if its broadcast is lost. */
const leaveSilently = (world: World, { user }: Actor) =>
  silently(world).run(async (store) => {
    await store.members.remove(world.lobby.id, user.id);
    return addNotice(store, { chatId: world.lobby.id, author: user, text: NOTICES.left(user.username), sentAt: NOW });
  });

/** As the broadcast reports now and then: events may have been lost. */
async function hint({ broadcast, lobby, timer }: World): Promise<void> {
  broadcast.publishToChat(lobby.id, { type: 'events_missed' });
  await settled();
  timer.advance(10);
  await settled();
}

async function following(world: World, actor = world.bob) {
  const followed = follow(world, actor);
  await followed.join();
  return followed.follower;
}

describe('a chat feed that is told that it may have missed something', () => {
  it('reads what was posted since', async () => {
    const world = await aWorld();
    const follower = await following(world);
    await postSilently(world, 3);
    await hint(world);
    expect(revisionsOf(follower)).toEqual([1, 2, 3]);
    await world.say('heard');
    world.timer.advance(10);
    expect(revisionsOf(follower)).toEqual([1, 2, 3, 4]);
  });

  it('reads more than a thousand', async () => {
    const world = await aWorld();
    const follower = await following(world);
    await postSilently(world, 1_500);
    await hint(world);
    expect(revisionsOf(follower)).toEqual(range(1, 1_500));
  });

  it('says nothing when there is nothing', async () => {
    const world = await aWorld();
    const follower = await following(world);
    await hint(world);
    await hint(world);
    expect(follower.calls).toEqual(['ready 0']);
  });

  it('AZ-4: ends the following of who is a member no more, and of nobody else', async () => {
    const world = await aWorld();
    const [bob, ada, again] = [await following(world), await following(world, world.ada), await following(world)];
    await leaveSilently(world, world.bob);
    await hint(world);
    expect(bob.calls).toEqual(['ready 0', 'end not_a_member']);
    expect(again.calls).toEqual(['ready 0', 'end not_a_member']);
    expect(ada.calls).toEqual(['ready 0', 'deliver bob left']);
    await world.say('among ourselves');
    world.timer.advance(10);
    expect(bob.delivered).toEqual([]);
    expect(ada.calls).toEqual(['ready 0', 'deliver bob left', 'deliver among ourselves']);
  });

  it('AZ-4: ends the following of who left when only the notice of it was heard', async () => {
    const world = await aWorld();
    const bob = await following(world);
    await hint(world);
    const left = await leaveSilently(world, world.bob);
    world.broadcast.publishToChat(world.lobby.id, { type: 'message_posted', message: left });
    await hint(world);
    expect(bob.calls.at(-1)).toBe('end not_a_member');
  });

  it('reads the members only when there was a notice since', async () => {
    const world = await aWorld();
    await following(world);
    const list = vi.spyOn(world.storage.view.members, 'list');
    await hint(world);
    expect(list).toHaveBeenCalledOnce();
    await world.say('hello');
    await hint(world);
    await hint(world);
    expect(list).toHaveBeenCalledOnce();
    await leaveSilently(world, world.ada);
    await hint(world);
    expect(list).toHaveBeenCalledTimes(2);
  });

  it('finds members wherever they stand in a long list', async () => {
    const world = await aWorld();
    await silently(world).run(async (store) => {
      for (const n of range(1, 2_100)) {
        const { id } = await insertUser(store, `member${n}`);
        await store.members.add(aMembership({ chatId: world.lobby.id, userId: id, joinedAt: NOW + n }));
      }
      const userId = world.eve.user.id;
      await store.members.add(aMembership({ chatId: world.lobby.id, userId, joinedAt: NOW + 2_101 }));
    });
    const [last, first] = [await following(world, world.eve), await following(world, world.ada)];
    await hint(world);
    expect([last.calls, first.calls]).toEqual([['ready 0'], ['ready 0']]);
    await leaveSilently(world, world.eve);
    await hint(world);
    expect([last.calls, first.calls]).toEqual([
      ['ready 0', 'end not_a_member'],
      ['ready 0', 'deliver eve left'],
    ]);
  });

  it('does not take for gone who joins while the members are being read', async () => {
    const world = await aWorld();
    await following(world);
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    world.storage.slowReads = promise;
    const hinted = hint(world);
    const membership = aMembership({ chatId: world.lobby.id, userId: world.eve.user.id, joinedAt: NOW + 1 });
    await silently(world).run((store) => store.members.add(membership));
    const joined = following(world, world.eve);
    answer();
    world.storage.slowReads = undefined;
    await hinted;
    expect((await joined).calls).toEqual(['ready 0']);
  });

  it('ends nobody when the store cannot be read, and looks again at the next word', async () => {
    const world = await aWorld();
    const [bob, ada] = [await following(world), await following(world, world.ada)];
    await postSilently(world);
    await leaveSilently(world, world.bob);
    world.storage.failReads = true;
    await hint(world);
    await hint(world);
    expect([bob.calls, ada.calls]).toEqual([['ready 0'], ['ready 0']]);
    world.storage.failReads = false;
    await hint(world);
    expect(revisionsOf(ada)).toEqual([1, 2]);
    expect(bob.calls.at(-1)).toBe('end not_a_member');
  });

  it('finds what was posted while it learned where the chat stands', async () => {
    const world = await aWorld();
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    world.storage.slowReads = promise;
    const { join, follower } = follow(world, world.bob, 0);
    const joined = join();
    await settled();
    await postSilently(world);
    await hint(world);
    world.storage.slowReads = undefined;
    answer();
    await joined;
    await settled();
    world.timer.advance(10);
    expect(revisionsOf(follower)).toEqual([1]);
  });
});
