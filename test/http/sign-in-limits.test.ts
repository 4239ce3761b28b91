import { describe, expect, it } from 'vitest';
import { makePasswordHasher } from '../../src/adapters/system/password-hasher.ts';
import type { PasswordHasher } from '../../src/application/ports/password-hasher.ts';
import { type Config, readConfig } from '../../src/composition/config.ts';
import { PASSWORD_HASHER } from '../../src/composition/tokens.ts';
import { aUsernameKey, insertUser } from '../builders.ts';
import { instantPasswordHasher } from '../fakes.ts';
import { anApp, answerOf, PAGE } from './client.ts';
import { aLimitedApp, ELSEWHERE, failTimes, HERE, signIn, wrongly } from './limited-app.ts';

const MINUTE = 60_000;

describe('RL-1: wrong passwords', () => {
  it('are answered five times in fifteen minutes, and then the right one is refused too', async () => {
    const { app, timer, verified } = await aLimitedApp();
    await failTimes(5, app);
    const refused = await signIn(app, 'ada');
    expect(await answerOf(refused)).toBe('429 too_many_requests');
    expect(refused.headers.get('retry-after')).toBe('900');
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(verified).toHaveLength(5);
    timer.advance(15 * MINUTE - 1);
    expect((await signIn(app, 'ada')).headers.get('retry-after')).toBe('1');
    timer.advance(1);
    expect((await signIn(app, 'ada')).status).toBe(303);
  });

  it('keep nobody out who asks from elsewhere', async () => {
    const { app } = await aLimitedApp();
    await failTimes(5, app);
    expect(await wrongly(app, 'ada')).toBe(429);
    expect((await signIn(app, 'ada', undefined, ELSEWHERE)).status).toBe(303);
    expect((await signIn(app, 'bob')).status).toBe(303);
  });

  it('are counted for a name however it is written', async () => {
    const { app } = await aLimitedApp();
    for (const name of ['ada', 'ADA', ' Ada', 'ａda', 'Ada ']) expect(await wrongly(app, name)).toBe(401);
    expect(await wrongly(app, 'aDa')).toBe(429);
  });

  it('are verified five times at most, however many come at once', async () => {
    const { app, verified } = await aLimitedApp();
    const statuses = await Promise.all(Array.from({ length: 50 }, () => wrongly(app, 'ada')));
    expect(verified).toHaveLength(5);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(45);
    expect((await signIn(app, 'ada', undefined, ELSEWHERE)).status).toBe(303);
  });

  it('are forgotten for a name when it is signed in', async () => {
    const { app } = await aLimitedApp();
    await failTimes(4, app);
    expect((await signIn(app, 'ada')).status).toBe(303);
    await failTimes(5, app);
    expect(await wrongly(app, 'ada')).toBe(429);
  });

  it('are counted for an IPv6 subscriber, not for each of its addresses', async () => {
    const { app } = await aLimitedApp();
    for (let host = 1; host <= 5; host += 1) expect(await wrongly(app, 'ada', `2001:db8:a:b::${host}`)).toBe(401);
    expect(await wrongly(app, 'ada', '2001:db8:a:b:ffff::1')).toBe(429);
    expect(await wrongly(app, 'ada', '2001:db8:a:c::1')).toBe(401);
  });

  it('RL-4: are not hidden by what the caller invents, and behind our proxy are each caller’s own', async () => {
    const { trustedProxies } = readConfig({ TRUSTED_PROXIES: '10.0.0.1' });
    const { app } = await aLimitedApp({ trustedProxies });
    const from = async (peer: string, forwardedFor: string) =>
      (await signIn(app, 'ada', 'wrong password', peer, { 'x-forwarded-for': forwardedFor })).status;
    for (let n = 1; n <= 5; n += 1) expect(await from(HERE, `203.0.113.${n}`)).toBe(401);
    expect(await from(HERE, '203.0.113.99')).toBe(429);
    for (let n = 1; n <= 5; n += 1) expect(await from('10.0.0.1', `203.0.113.${n}, 198.51.100.1`)).toBe(401);
    expect(await from('10.0.0.1', '203.0.113.99, 198.51.100.1')).toBe(429);
    expect(await from('10.0.0.1', '198.51.100.1, 198.51.100.2')).toBe(401);
  });

  it('are limited by nothing with RATE_LIMITS=off', async () => {
    const { app } = await aLimitedApp({ limits: undefined });
    await failTimes(60, app);
    expect((await signIn(app, 'ada')).status).toBe(303);
  });

  it('are refused to a browser with the form, which says when to try again', async () => {
    const { app } = await aLimitedApp();
    await failTimes(5, app);
    const refused = await signIn(app, 'ada', 'wrong password', HERE, PAGE);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '900']);
    const page = await refused.text();
    expect(page).toContain('name="password"');
    expect(page).toContain('Try again in 15 minutes.');
  });
});

describe('RL-1: what is right', () => {
  it('is not limited, however much of it comes', async () => {
    const { app } = await aLimitedApp();
    for (let count = 0; count < 60; count += 1) expect((await signIn(app, 'ada')).status).toBe(303);
  });

  it('is not limited when it comes at once: those who wait for their turn keep nobody out', async () => {
    const { app } = await aLimitedApp({}, makePasswordHasher());
    const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await signIn(app, 'ada')).status));
    expect(new Set(statuses)).toEqual(new Set([303]));
  });
});

describe('BU-1: registrations', () => {
  it('are ten at once for each address and then one a minute, and existing people sign in there as before', async () => {
    const { limits } = readConfig({});
    const { app, timer } = await aLimitedApp({ limits });
    const register = async (name: string, address = HERE) => (await signIn(app, name, undefined, address)).status;
    // Ada's account was the first.
    for (let n = 2; n <= 10; n += 1) expect(await register(`person ${n}`)).toBe(303);
    const refused = await signIn(app, 'one more');
    expect(await answerOf(refused)).toBe('429 too_many_requests');
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await register('person 7')).toBe(303);
    expect(await register('one more', ELSEWHERE)).toBe(303);
    timer.advance(MINUTE);
    expect(await register('a minute later')).toBe(303);
    expect(await register('and another')).toBe(429);
  });

  it('are counted for an IPv6 subscriber, and take nothing when they are refused', async () => {
    const { limits } = readConfig({});
    const { app } = await aLimitedApp({ limits });
    const register = (n: number, password?: string) => signIn(app, `person ${n}`, password, `2001:db8:a:b::${n}`);
    for (let n = 1; n <= 20; n += 1) expect((await register(n, 'password')).status).toBe(422);
    for (let n = 1; n <= 10; n += 1) expect((await register(n)).status).toBe(303);
    expect((await register(11)).status).toBe(429);
  });
});

describe('AU-6: where registration is closed', () => {
  const REFUSED = { registration: 'closed' } as const;

  /** Only Ada has an account. */
  async function aClosedApp(changes: Partial<Config> = {}) {
    const hashed: string[] = [];
    const hasher = instantPasswordHasher();
    const counted = async (begin: () => Promise<void>) => {
      await begin();
      hashed.push('verify');
    };
    const passwordHasher: PasswordHasher = {
      ...hasher,
      hash(password, address) {
        hashed.push('hash');
        return hasher.hash(password, address);
      },
      verify: (hash, { begin, ...guess }) => hasher.verify(hash, { ...guess, begin: () => counted(begin) }),
      verifyNothing: ({ begin, ...guess }) => hasher.verifyNothing({ ...guess, begin: () => counted(begin) }),
    };
    const app = await anApp({ ...REFUSED, ...changes }, (wiring) => wiring.bind(PASSWORD_HASHER, () => passwordHasher));
    await app.storage.unitOfWork.run((store) => insertUser(store, 'ada'));
    return { app, hashed };
  }

  const whole = async (response: Response) => ({
    status: response.status,
    headers: [...response.headers],
    body: await response.text(),
  });

  it.each([
    ['a program', {}],
    ['a browser', PAGE],
  ])('an unknown name is answered like a wrong password, twenty times over, to %s', async (_who, headers) => {
    const { app, hashed } = await aClosedApp();
    const answers = new Set<string>();
    for (let count = 0; count < 20; count += 1) {
      for (const name of ['ada', `person ${count}`]) {
        answers.add(JSON.stringify(await whole(await signIn(app, name, 'wrong password', HERE, headers))));
      }
    }
    expect(answers.size).toBe(1);
    expect([...answers][0]).toContain('"status":401');
    expect(hashed).toEqual(Array.from({ length: 40 }, () => 'verify'));
    expect(await app.storage.view.users.credentialsOf(aUsernameKey('person 0'))).toBeUndefined();
  });

  it('is limited like it too', async () => {
    const { app } = await aClosedApp({ limits: readConfig({}).limits });
    for (const name of ['ada', 'grace']) await failTimes(5, app, name);
    const [known, unknown] = [await signIn(app, 'ada', 'wrong password'), await signIn(app, 'grace', 'wrong password')];
    expect(known.status).toBe(429);
    expect(await whole(unknown)).toEqual(await whole(known));
  });
});
