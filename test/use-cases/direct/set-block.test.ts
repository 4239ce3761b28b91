import { describe, expect, it } from 'vitest';
import { userId } from '../../../src/domain/ids.ts';
import { anActor, insertChat, insertUser } from '../../builders.ts';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

async function withDirect() {
  const world = await aWorld();
  const { ada, bob, useCases } = world;
  const { chatId } = await useCases.openDirectChat(ada, { usernames: ['bob'] });
  const block = (on: boolean) => useCases.setBlock(ada, { userId: bob.user.id, on });
  return { ...world, chatId, block };
}

describe('set-block', () => {
  it('ends the direct messages of the blocked person, their edits and reactions, and nothing in groups', async () => {
    const { ada, bob, lobby, useCases, chatId, block } = await withDirect();
    const { message } = await useCases.postMessage(bob, { chatId, text: 'one' });
    await block(true);
    const { position, revision: base } = message;
    for (const work of [
      useCases.postMessage(bob, { chatId, text: 'two' }),
      useCases.editMessage(bob, { chatId, position, base, text: 'better' }),
      useCases.reactToMessage(bob, { chatId, position, emoji: '👍', on: true }),
    ])
      expect(await refusal(work)).toBe('forbidden');
    await useCases.postMessage(ada, { chatId, text: 'three' });
    await useCases.postMessage(bob, { chatId: lobby.id, text: 'four' });
    expect((await useCases.readHistory(bob, { chatId, limit: 10 })).messages).toHaveLength(2);
    await block(false);
    await useCases.postMessage(bob, { chatId, text: 'five' });
  });

  it('holds for chats that are made later, by others too, and as long as one of the people blocks', async () => {
    const { ada, bob, storage, useCases, block } = await withDirect();
    const carl = await storage.unitOfWork.run(async (store) => {
      const user = await insertUser(store, 'carl');
      await insertChat(store, 'Cellar', ada.user, bob.user, user);
      return anActor(user);
    });
    await block(true);
    const { chatId } = await useCases.openDirectChat(carl, { usernames: ['ada', 'bob'] });
    const post = (text: string) => useCases.postMessage(bob, { chatId, text });
    expect(await refusal(post('one'))).toBe('forbidden');
    await useCases.setBlock(carl, { userId: bob.user.id, on: true });
    await block(false);
    expect(await refusal(post('two'))).toBe('forbidden');
    await useCases.setBlock(carl, { userId: bob.user.id, on: false });
    await post('three');
  });

  it('is told to nobody: the blocked person is a member as before', async () => {
    const { bob, useCases, broadcast, chatId, block } = await withDirect();
    const told = broadcast.published.length;
    await block(true);
    expect(broadcast.published).toHaveLength(told);
    expect(await useCases.viewBlocks(bob)).toEqual([]);
    expect((await useCases.viewMembers(bob, { chatId, limit: 10 })).count).toBe(2);
  });

  it('refuses outsiders of all of one’s chats as it refuses unknown users, and oneself', async () => {
    const { ada, eve, useCases } = await withDirect();
    const block = (id: number) => refusal(useCases.setBlock(ada, { userId: userId(id), on: true }));
    expect([await block(eve.user.id), await block(404), await block(ada.user.id)]).toEqual([
      'not_found',
      'not_found',
      'bad_request',
    ]);
  });
});

describe('view-blocks', () => {
  it('lists whom the actor blocks, and shows it to no outsider', async () => {
    const { ada, bob, eve, useCases, block } = await withDirect();
    await block(true);
    await block(true);
    expect(await useCases.viewBlocks(ada)).toEqual([bob.user]);
    expect(await useCases.viewBlocks(eve)).toEqual([]);
    await block(false);
    expect(await useCases.viewBlocks(ada)).toEqual([]);
  });
});
