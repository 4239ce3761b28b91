import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/actor.ts';
import { aUsernameKey } from '../../builders.ts';
import { refusal } from '../refusal.ts';
import { aWorld, type World } from '../world.ts';

const MINUTE = 60_000;
const credentials = (username: string) => ({
  username,
  password: 'correct horse',
  presentedTokens: [],
  address: '192.0.2.1',
  network: '192.0.2.0/24',
  deviceName: 'Firefox on Linux',
  deviceTokens: [],
});

async function newcomer(world: World, name = 'adaa'): Promise<{ actor: Actor; token: string }> {
  const { token } = await world.useCases.authenticate(credentials(name));
  const identified = await world.useCases.identifySession(token);
  if (!identified) throw new Error(`${name} is not signed in.`);
  return { actor: identified.actor, token };
}

const isThere = async ({ storage }: World, name = 'adaa') =>
  (await storage.view.users.credentialsOf(aUsernameKey(name))) !== undefined;

describe('may-undo-registration', () => {
  it('is true for a new account that nobody used, and false for outsiders and members', async () => {
    const world = await aWorld();
    const { actor } = await newcomer(world);
    expect(await world.useCases.mayUndoRegistration(actor)).toBe(true);
    for (const other of [world.ada, world.eve]) expect(await world.useCases.mayUndoRegistration(other)).toBe(false);
    world.clock.advance(30 * MINUTE);
    expect(await world.useCases.mayUndoRegistration(actor)).toBe(false);
  });
});

describe('undo-registration', () => {
  it('removes an account that was just made, with its session, and says that the session ended', async () => {
    const world = await aWorld();
    const { actor, token } = await newcomer(world);
    expect(await world.useCases.mayUndoRegistration(actor)).toBe(true);
    await world.useCases.undoRegistration(actor);
    expect(await isThere(world)).toBe(false);
    expect(await world.useCases.identifySession(token)).toBeUndefined();
    const sessionId = actor.credential.id;
    expect(world.broadcast.published).toEqual([{ type: 'session_ended', userId: actor.user.id, sessionId }]);
    expect((await newcomer(world)).actor.user.id).not.toBe(actor.user.id);
  });

  it('is refused to outsiders and members whose accounts are in use, and removes nobody else', async () => {
    const world = await aWorld();
    const { actor } = await newcomer(world);
    for (const outsider of [world.eve, world.ada]) {
      expect(await world.useCases.mayUndoRegistration(outsider)).toBe(false);
      expect(await refusal(world.useCases.undoRegistration(outsider))).toBe('conflict');
    }
    expect(await isThere(world)).toBe(true);
    expect(await isThere(world, 'eve')).toBe(true);
    expect(await world.useCases.mayUndoRegistration(actor)).toBe(true);
  });

  it.each<[string, (world: World, actor: Actor) => Promise<unknown>]>([
    ['started a chat', ({ useCases }, actor) => useCases.createChat(actor, { name: 'Den' })],
    [
      'joined a chat and left it',
      async ({ useCases, ada, lobby }, actor) => {
        const { code } = await useCases.createInvite(ada, lobby.id);
        await useCases.redeemInvite(actor, code);
        await useCases.leaveChat(actor, lobby.id);
      },
    ],
    ['signed in a second time', ({ useCases }) => useCases.authenticate(credentials('adaa'))],
    ['waited for half an hour', async ({ clock }) => clock.advance(30 * MINUTE)],
  ])('is refused clearly to who has %s', async (_what, use) => {
    const world = await aWorld();
    const { actor, token } = await newcomer(world);
    await use(world, actor);
    expect(await world.useCases.mayUndoRegistration(actor)).toBe(false);
    await expect(world.useCases.undoRegistration(actor)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('This account stays'),
    });
    expect(await isThere(world)).toBe(true);
    expect(await world.useCases.identifySession(token)).toBeDefined();
  });

  it('leaves nobody in a chat whose account was undone at the same time, and no session', async () => {
    const world = await aWorld();
    const { actor } = await newcomer(world);
    await world.useCases.undoRegistration(actor);
    expect(await refusal(world.useCases.createChat(actor, { name: 'Den' }))).toBe('unauthenticated');
    const { code } = await world.useCases.createInvite(world.ada, world.lobby.id);
    expect(await refusal(world.useCases.redeemInvite(actor, code))).toBe('unauthenticated');
    expect(await world.storage.view.members.count(world.lobby.id)).toBe(2);
  });

  it('says nothing, and keeps the account, when it cannot be stored', async () => {
    const world = await aWorld();
    const { actor } = await newcomer(world);
    world.storage.failCommits = true;
    expect(await refusal(world.useCases.undoRegistration(actor))).toBe('unavailable');
    world.storage.failCommits = false;
    expect(await isThere(world)).toBe(true);
    expect(world.broadcast.published).toEqual([]);
  });
});
