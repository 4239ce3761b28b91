import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { readAll } from '../../../src/domain/reading/read-pointer.ts';
import { settled } from '../../fakes.ts';
import { connect } from '../chats/recording-user-follower.ts';
import { aWorld, type World } from '../world.ts';

/** Bob on two devices. */
async function withDevices() {
  const world = await aWorld();
  const devices = [connect(world), connect(world)];
  for (const { following } of devices) await following.join();
  const { bob, lobby, useCases } = world;
  return {
    ...world,
    read: (position: number) =>
      useCases.markRead(bob, { chatId: lobby.id, position: revision(position), version: undefined }),
    unread: (position: number) => useCases.markUnread(bob, { chatId: lobby.id, position: revision(position) }),
    /** Lets the shortest time between two reads pass. */
    async wait(ms = 200) {
      await settled();
      world.timer.advance(ms);
      await settled();
    },
    /** What each device shows of the lobby. */
    shown: () =>
      devices.map(({ follower }) => {
        const reading = follower.readings.get(lobby.id);
        return [reading?.pointer.position, reading?.unread, reading?.mentions];
      }),
    calls: () => devices.map(({ news }) => news()),
  };
}

describe('unread on the devices of a user who follows their chats', () => {
  it('begins with what the store has, and follows what is posted, deleted, restored and read', async () => {
    const { ada, useCases, say, read, shown, wait } = await withDevices();
    const first = [0, 0, 0];
    expect(shown()).toEqual([first, first]);
    await say('one', '@bob two');
    const [gone] = await say('three');
    await wait(1_000);
    expect(shown()).toEqual(Array(2).fill([0, 3, 1]));
    if (!gone) throw new Error('It was posted.');
    await useCases.deleteMessage(ada, gone);
    await wait(1_000);
    expect(shown()).toEqual(Array(2).fill([0, 2, 1]));
    await useCases.restoreMessage(ada, gone);
    await wait(1_000);
    expect(shown()).toEqual(Array(2).fill([0, 3, 1]));
    await read(3);
    await wait();
    expect(shown()).toEqual(Array(2).fill([3, 0, 0]));
  });

  it('comes back as a badge on every device within a second after a message was marked unread, in a busy chat too', async () => {
    const { say, read, unread, shown, wait } = await withDevices();
    await say('one', 'two', 'three');
    await read(3);
    await wait(1_000);
    expect(shown()).toEqual(Array(2).fill([3, 0, 0]));
    await say('four');
    await settled();
    await unread(2);
    await wait(200);
    expect(shown()).toEqual(Array(2).fill([1, 3, 0]));
  });

  it('is the author’s own never, and no reaction makes anything unread or is told', async () => {
    const { ada, bob, lobby, useCases, say, shown, wait, calls } = await withDevices();
    await useCases.postMessage(bob, { chatId: lobby.id, text: 'mine' });
    const [message] = await say('yours');
    await wait(1_000);
    expect(shown()).toEqual(Array(2).fill([0, 1, 0]));
    if (!message) throw new Error('It was posted.');
    calls();
    await useCases.reactToMessage(ada, { ...message, emoji: '👍', on: true });
    await wait(1_000);
    expect(calls()).toEqual([[], []]);
  });

  it('is read with one statement for all who see the chat, and tells no one else when one of them has read', async () => {
    const world = await withDevices();
    const { ada, bob, lobby, storage, say, read, wait, calls } = world;
    const adas = connect(world as World, ada);
    await adas.following.join();
    const asked: number[] = [];
    const { ofMembers } = storage.view.reading;
    Object.assign(storage.view.reading, {
      ofMembers: (chatId: typeof lobby.id, userIds: readonly (typeof bob.user.id)[]) => {
        asked.push(userIds.length);
        return ofMembers(chatId, userIds);
      },
    });
    await say('one', 'two', 'three');
    await wait(1_000);
    expect(asked).toEqual([2, 2]);
    adas.news();
    calls();
    await read(3);
    await wait();
    expect(calls()).toEqual([['chat Lobby:three'], ['chat Lobby:three']]);
    expect(adas.news()).toEqual([]);
  });

  it('is looked for in the store where the event of a move was lost', async () => {
    const { bob, lobby, storage, broadcast, say, shown, wait } = await withDevices();
    await say('one', 'two');
    await wait(1_000);
    await storage.unitOfWork.run((store) => store.reading.set(lobby.id, bob.user.id, readAll(revision(1))));
    broadcast.publishToUser(bob.user.id, { type: 'events_missed' });
    await wait();
    expect(shown()).toEqual(Array(2).fill([1, 1, 0]));
  });

  it('begins again at their joining for a member who left and came back', async () => {
    const { ada, bob, lobby, useCases, say, unread, shown, wait } = await withDevices();
    await say('one', 'two');
    await unread(1);
    await wait(1_000);
    await useCases.leaveChat(bob, lobby.id);
    const { code } = await useCases.createInvite(ada, lobby.id);
    await useCases.redeemInvite(bob, code);
    await wait(1_000);
    expect(shown()).toEqual(Array(2).fill([3, 0, 0]));
  });
});
