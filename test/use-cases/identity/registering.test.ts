import { describe, expect, it } from 'vitest';
import { makeMemoryBlobs } from '../../../src/adapters/memory/blobs.ts';
import { makeMemoryPresence } from '../../../src/adapters/memory/presence.ts';
import { openMemoryStorage } from '../../../src/adapters/memory/storage.ts';
import { makePasskeyVerifier } from '../../../src/adapters/simplewebauthn/passkey-verifier.ts';
import type { Registration } from '../../../src/domain/identity/registration.ts';
import { aUsernameKey } from '../../builders.ts';
import {
  countingSecrets,
  DAY,
  instantPasswordHasher,
  instantThumbnails,
  manualTimer,
  recordingBroadcast,
  recordingLog,
  recordingPushSender,
  stoppedClock,
} from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { wired } from '../wired.ts';
import { aWorld, type World } from '../world.ts';

const claim = (username: string, more: { readonly password?: string; readonly invite?: string } = {}) => ({
  ...{ username, password: 'correct horse', presentedTokens: [], deviceName: '', deviceTokens: [] },
  ...{ address: '192.0.2.1', network: '192.0.2.0/24' },
  ...more,
});

/** The use cases on a storage without accounts. */
function emptyWorld(registration: Registration) {
  const storage = openMemoryStorage();
  const ports = {
    ...{ storage, broadcast: recordingBroadcast(), presence: makeMemoryPresence(), clock: stoppedClock() },
    ...{ timer: manualTimer(), log: recordingLog(), secrets: countingSecrets(), stopping: new AbortController() },
    ...{
      blobs: makeMemoryBlobs(),
      thumbnails: instantThumbnails(),
      passwordHasher: instantPasswordHasher(),
      pushSender: recordingPushSender(),
    },
    passkeyVerifier: makePasskeyVerifier(),
  };
  const files = { fileRules: { isOn: false, maxBytes: 0, bytesPerUser: 0 } };
  const limits = { rates: undefined, delayCaps: { ofNetwork: 0, inAll: 0 } };
  return { storage, ...wired(ports, { registration, ...limits, ...files }) };
}

const administrators = async ({ storage }: Pick<World, 'storage'> | ReturnType<typeof emptyWorld>) =>
  (await storage.view.administration.administrators()).map(({ user }) => user.username);
const isThere = async ({ storage }: World, name: string) =>
  (await storage.view.users.credentialsOf(aUsernameKey(name))) !== undefined;

describe('view-registration', () => {
  it('tells outsiders who may register, with an invite and without, and nothing of names', async () => {
    for (const registration of ['open', 'closed'] as const) {
      const { useCases } = await aWorld({ registration });
      expect(await useCases.viewRegistration(undefined)).toBe(registration);
      expect(await useCases.viewRegistration('unknown')).toBe(registration);
    }
    const { useCases, ada, lobby, clock } = await aWorld({ registration: 'invite' });
    const { code } = await useCases.createInvite(ada, lobby.id);
    expect(await useCases.viewRegistration(undefined)).toBe('invite');
    expect(await useCases.viewRegistration('unknown')).toBe('invite');
    expect(await useCases.viewRegistration(code)).toBe('invited');
    clock.advance(8 * DAY);
    expect(await useCases.viewRegistration(code)).toBe('invite');
  });
});

describe('authenticate, where new accounts need an invite', () => {
  it('registers who holds one that works, as many as it lets in, and nobody else', async () => {
    const world = await aWorld({ registration: 'invite' });
    const { useCases, ada, lobby } = world;
    const { code: invite } = await useCases.createInvite(ada, lobby.id, { uses: 2 });
    expect(await refusal(useCases.authenticate(claim('cyd')))).toBe('wrong_credentials');
    expect(await refusal(useCases.authenticate(claim('cyd', { invite: 'unknown' })))).toBe('wrong_credentials');
    expect(await useCases.authenticate(claim('cyd', { invite }))).toMatchObject({ isNew: true });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) => useCases.authenticate(claim(`person ${n}`, { invite }))),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await world.storage.view.overview.totals()).toMatchObject({ people: 5 });
    expect((await useCases.authenticate(claim('cyd'))).isNew).toBe(false);
  });

  it('lets a person who undid a mistyped name register again by the same link', async () => {
    const world = await aWorld({ registration: 'invite' });
    const { useCases, ada, lobby } = world;
    const { code: invite } = await useCases.createInvite(ada, lobby.id, { uses: 1 });
    const { token } = await useCases.authenticate(claim('cydd', { invite }));
    const actor = (await useCases.identifySession(token))?.actor;
    if (!actor) throw new Error('Not signed in.');
    await useCases.undoRegistration(actor);
    await useCases.authenticate(claim('cyd', { invite }));
    expect([await isThere(world, 'cydd'), await isThere(world, 'cyd')]).toEqual([false, true]);
  });

  it('answers a known name with a wrong password as a name that nobody has, with and without a dead invite', async () => {
    const { useCases } = await aWorld({ registration: 'invite' });
    const code = 'dead';
    const said = (username: string, invite?: string) =>
      useCases
        .authenticate(claim(username, { password: 'wrong password', ...(invite && { invite }) }))
        .catch((error: Error) => `${error.message}`);
    const answers = new Set([
      await said('bob'),
      await said('nobody'),
      await said('bob', code),
      await said('nobody', code),
    ]);
    expect([...answers]).toEqual([
      'The username or the password is wrong. A new account needs an invite link that works.',
    ]);
  });
});

describe('authenticate, at an installation without accounts', () => {
  it.each(['open', 'invite', 'closed'] as const)(
    'makes the first account its administrator: %s',
    async (registration) => {
      const world = emptyWorld(registration);
      expect(await world.useCases.viewRegistration(undefined)).toBe('first');
      const names = ['cyd', 'dora', 'fay'];
      await Promise.allSettled(names.map((name) => world.useCases.authenticate(claim(name))));
      expect(await administrators(world)).toHaveLength(1);
      expect(await world.storage.view.overview.totals()).toMatchObject({ people: registration === 'open' ? 3 : 1 });
    },
  );

  it('makes no administrator where there was an account before', async () => {
    const world = await aWorld();
    await world.useCases.authenticate(claim('cyd'));
    expect(await administrators(world)).toEqual([]);
  });
});
