import { describe, expect, it } from 'vitest';
import { makeMemoryErasureList } from '../../../src/adapters/memory/erasure-list.ts';
import { NOW } from '../../builders.ts';
import { DAY } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld, type World } from '../world.ts';

const nameOf = async ({ storage }: World, id: World['ada']['user']['id']) =>
  (await storage.view.users.find(id))?.username;

describe('delete-account', () => {
  it('deletes the account of its actor only: outsiders delete their own, and nobody another’s', async () => {
    const world = await aWorld();
    const { useCases, ada, bob, eve } = world;
    expect(await refusal(useCases.deleteAccount(eve, { words: 'erase', username: 'ada' }))).toBe('invalid_username');
    await useCases.deleteAccount(eve, { words: 'erase', username: ' EVE ' });
    expect(await nameOf(world, eve.user.id)).toBeUndefined();
    expect([await nameOf(world, ada.user.id), await nameOf(world, bob.user.id)]).toEqual(['ada', 'bob']);
    expect(await refusal(useCases.deleteAccount(eve, { words: 'erase', username: 'eve' }))).toBe('confirmation_needed');
  });

  it('tells everybody of the new name, and ends what is open with the sessions', async () => {
    const world = await aWorld();
    const heard: unknown[] = [];
    world.broadcast.subscribeToPresence((event) => heard.push(event));
    await world.useCases.deleteAccount(world.bob, { words: 'keep', username: 'bob' });
    expect(heard).toMatchObject([{ type: 'user_renamed', user: { id: world.bob.user.id, username: 'former member' } }]);
    expect(world.broadcast.published).toContainEqual({
      ...{ type: 'session_ended', userId: world.bob.user.id, sessionId: world.bob.credential.id },
    });
  });
});

describe('view-deletion', () => {
  it('names the chats that its actor owns, and none of them to outsiders', async () => {
    const { useCases, ada, bob, eve, lobby, den } = await aWorld();
    const heir = bob.user;
    expect(await useCases.viewDeletion(ada)).toEqual({ owned: [{ id: lobby.id, name: 'Lobby', heir }], mayGo: true });
    expect((await useCases.viewDeletion(eve)).owned).toEqual([{ id: den.id, name: 'Den', heir: undefined }]);
    expect((await useCases.viewDeletion(bob)).owned).toEqual([]);
  });
});

describe('export-account', () => {
  it('has what its actor wrote, and nothing of it for outsiders', async () => {
    const { useCases, ada, eve, say } = await aWorld();
    await say('one', 'two');
    const texts = async (actor: typeof ada) => {
      const account = await useCases.exportAccount(actor);
      const found: unknown[] = [];
      for await (const { message } of account.messages())
        found.push(message.kind === 'text' ? message.text : undefined);
      await account.close();
      return found;
    };
    expect([await texts(ada), await texts(eve)]).toEqual([['one', 'two'], []]);
  });
});

describe('replay-erasures', () => {
  it('deletes again whoever the list names, and no outsider, and nobody who has their number since', async () => {
    const world = await aWorld();
    const { useCases, storage, ada, bob } = world;
    expect(await useCases.replayErasures()).toEqual({ listed: 0, deleted: 0 });
    const erasureList = makeMemoryErasureList();
    await erasureList.append([
      { userId: bob.user.id, words: 'erase', at: NOW + DAY },
      { userId: ada.user.id, words: 'erase', at: NOW - DAY },
    ]);
    const restarted = world.restarted({ erasureList });
    expect(await restarted.replayErasures()).toEqual({ listed: 0, deleted: 1 });
    expect([await nameOf(world, ada.user.id), await nameOf(world, bob.user.id)]).toEqual(['ada', undefined]);
    expect((await storage.view.erasures.find(bob.user.id))?.words).toBe('erase');
    expect(await restarted.replayErasures()).toEqual({ listed: 0, deleted: 0 });
  });

  it('writes into the list what it lacks', async () => {
    const world = await aWorld();
    await world.useCases.deleteAccount(world.bob, { words: 'keep', username: 'bob' });
    const erasureList = makeMemoryErasureList();
    expect(await world.restarted({ erasureList }).replayErasures()).toEqual({ listed: 1, deleted: 0 });
    expect(await erasureList.read()).toEqual([{ userId: world.bob.user.id, words: 'keep', at: NOW }]);
  });
});
