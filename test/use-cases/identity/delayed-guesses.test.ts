import { describe, expect, it } from 'vitest';
import type { Rates } from '../../../src/adapters/rate-limiter/rate-limits.ts';
import { settled } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld, type World } from '../world.ts';

const failures = (count: number) => ({ count, withinMs: 900_000, refill: 'together' }) as const;
const TEN = { count: 10, withinMs: 600_000, refill: 'evenly' } as const;
const rates: Rates = {
  sign_in_failures: failures(5),
  sign_in_failures_of_address: failures(50),
  sign_in_failures_of_network: failures(10),
  sign_in_failures_of_name: failures(30),
  registrations: TEN,
  new_chats: TEN,
  new_invites: TEN,
  renames: TEN,
  exports: TEN,
  pictures: TEN,
  uploads: TEN,
  link_cards_of_user: TEN,
  link_cards_of_chat: TEN,
  wrong_codes: TEN,
  passkey_challenges: TEN,
};

const signIn = (
  world: World,
  from: { password?: string; address?: string; network?: string; deviceTokens?: readonly string[] },
) =>
  world.useCases.authenticate({
    username: 'grace',
    password: 'correct horse',
    presentedTokens: [],
    address: '192.0.2.1',
    network: '192.0.2.0/24',
    deviceName: 'Firefox on Linux',
    deviceTokens: [],
    ...from,
  });

/** Grace has registered, and one network has sent ten wrong passwords for her name. */
async function attacked() {
  const world = await aWorld({ rates, delayCaps: { ofNetwork: 2, inAll: 2 } });
  const { deviceTokens } = await signIn(world, {});
  for (let n = 0; n < 10; n += 1) {
    const address = `192.0.2.${100 + Math.floor(n / 5)}`;
    expect(await refusal(signIn(world, { password: 'wrong password', address }))).toBe('wrong_credentials');
  }
  return { world, deviceTokens };
}

describe('authenticate: a name that is under attack', () => {
  it('is delayed by three seconds in a browser that is new, and lets its owner in then, but no outsider', async () => {
    const { world } = await attacked();
    const signedIn = signIn(world, {});
    await settled();
    expect(world.timer.pending).toBe(1);
    world.timer.advance(3_000);
    expect((await signedIn).user.username).toBe('grace');
    const outsider = refusal(signIn(world, { password: 'wrong password' }));
    await settled();
    world.timer.advance(3_000);
    expect(await outsider).toBe('wrong_credentials');
  });

  it('is not delayed in a browser in which it has signed in before, nor from another network', async () => {
    const { world, deviceTokens } = await attacked();
    expect((await signIn(world, { deviceTokens })).deviceTokens).toEqual(deviceTokens);
    await signIn(world, { address: '198.51.100.1', network: '198.51.100.0/24' });
    expect(world.timer.pending).toBe(0);
  });

  it('delays few at a time: one from a network, and two in all here', async () => {
    const { world } = await attacked();
    for (let n = 0; n < 20; n += 1) {
      const from = { address: `10.0.${Math.floor(n / 5)}.1`, network: `10.0.${Math.floor(n / 5)}.0/24` };
      expect(await refusal(signIn(world, { ...from, password: 'wrong password' }))).toBe('wrong_credentials');
    }
    const delayed = ['203.0.113', '198.51.100'].map((net) =>
      signIn(world, { address: `${net}.1`, network: `${net}.0/24` }),
    );
    await settled();
    expect(world.timer.pending).toBe(2);
    expect(await refusal(signIn(world, { address: '203.0.113.2', network: '203.0.113.0/24' }))).toBe(
      'too_many_requests',
    );
    expect(await refusal(signIn(world, { address: '10.9.9.9', network: '10.9.9.0/24' }))).toBe('too_many_requests');
    world.timer.advance(3_000);
    expect((await Promise.all(delayed)).map(({ isNew }) => isNew)).toEqual([false, false]);
    const later = signIn(world, { address: '10.9.9.9', network: '10.9.9.0/24' });
    await settled();
    world.timer.advance(3_000);
    expect((await later).isNew).toBe(false);
  });

  it('delays nothing once the process stops', async () => {
    const { world } = await attacked();
    const waiting = refusal(signIn(world, {}));
    await settled();
    world.stopping.abort();
    expect(await waiting).toBe('unavailable');
    expect(await refusal(signIn(world, {}))).toBe('unavailable');
  });
});
