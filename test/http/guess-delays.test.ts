import { describe, expect, it } from 'vitest';
import { insertUser } from '../builders.ts';
import { answerOf, PAGE, type TestApp } from './client.ts';
import { aLimitedApp, ELSEWHERE, failTimes, HERE, NEARBY, signIn, wrongly } from './limited-app.ts';

const WRONG = 'wrong password';

async function useUpTheAddress(app: TestApp): Promise<void> {
  for (let person = 0; person < 13; person += 1) await signIn(app, `person ${person}`, undefined, ELSEWHERE);
  for (let person = 0; person < 12; person += 1) await failTimes(4, app, `person ${person}`);
  await failTimes(2, app, 'person 12');
}

/** Sends `count` wrong passwords for Ada at once, `each` of them from one /64 of a /48. */
const guessAll = (app: TestApp, count: number, each = 5) =>
  Array.from({ length: count }, (_, n) =>
    signIn(app, 'ada', WRONG, `2001:db8:a:${Math.floor(n / each).toString(16)}::${(n + 1).toString(16)}`),
  );

describe('BU-2: fifty wrong passwords from one address', () => {
  it('lock nobody out there: a browser that has signed in before gets in at once, another one after three seconds', async () => {
    const { app, ada, timer, delayed } = await aLimitedApp();
    await useUpTheAddress(app);
    expect((await ada.signIn('ada')).status).toBe(303);
    expect(timer.pending).toBe(0);
    expect((await delayed(signIn(app, 'ada'))).status).toBe(303);
    expect(await delayed(wrongly(app, 'person 12'))).toBe(401);
    expect((await signIn(app, 'ada', undefined, NEARBY)).status).toBe(303);
  });

  it('slow down all browsers that are new there for fifteen minutes, and signing in does not make up for them', async () => {
    const { app, timer, delayed } = await aLimitedApp();
    for (let person = 0; person < 13; person += 1) {
      await signIn(app, `person ${person}`);
      if (person < 12) await failTimes(4, app, `person ${person}`);
      expect((await signIn(app, 'ada')).status).toBe(303);
    }
    await failTimes(2, app, 'person 12');
    for (let count = 0; count < 3; count += 1) expect((await delayed(signIn(app, 'ada'))).status).toBe(303);
    timer.advance(15 * 60_000);
    expect((await signIn(app, 'ada')).status).toBe(303);
  });

  it('become a trickle however many names are tried at once: two wait, the others are told when to come back', async () => {
    const { app, timer, verified, untilDelayed } = await aLimitedApp();
    const names = Array.from({ length: 100 }, (_, index) => `person ${index}`);
    for (const name of names) await signIn(app, name);
    const answers = names.map((name) => signIn(app, name, WRONG));
    await untilDelayed(2);
    expect(verified.filter((password) => password === WRONG)).toHaveLength(50);
    timer.advance(3_000);
    const all = await Promise.all(answers);
    const refused = all.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(48);
    expect(new Set(refused.map(({ headers }) => headers.get('retry-after')))).toEqual(new Set(['3']));
    expect(verified.filter((password) => password === WRONG)).toHaveLength(52);
  });

  it('tell a browser past the trickle so with the form', async () => {
    const { app, timer, untilDelayed } = await aLimitedApp();
    await useUpTheAddress(app);
    const waiting = ['person 1', 'person 2'].map((name) => signIn(app, name));
    await untilDelayed(2);
    const refused = await signIn(app, 'ada', undefined, HERE, PAGE);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
    expect(await refused.text()).toContain('Try again in a moment.');
    timer.advance(3_000);
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([303, 303]);
  });
});

describe('BU-2: guesses at one name', () => {
  it('are a trickle from one /48, 970 of them at once: ten and then one each three seconds, and its owner gets in elsewhere', async () => {
    const { app, ada, timer, verified, untilDelayed } = await aLimitedApp();
    const answers = guessAll(app, 970);
    await untilDelayed(1);
    expect(verified).toHaveLength(10);
    expect((await ada.signIn('ada')).status).toBe(303);
    expect((await signIn(app, 'ada', undefined, ELSEWHERE)).status).toBe(303);
    expect((await signIn(app, 'person 1', undefined, '2001:db8:a::1')).status).toBe(303);
    timer.advance(3_000);
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(11);
    expect(statuses.filter((status) => status === 429)).toHaveLength(959);
  });

  it('are the same for all addresses of an IPv4 /24', async () => {
    const { app, delayed } = await aLimitedApp();
    for (const address of ['203.0.113.1', '203.0.113.200']) await failTimes(5, app, 'ada', address);
    expect(await delayed(wrongly(app, 'ada', '203.0.113.99'))).toBe(401);
    expect((await delayed(signIn(app, 'ada', undefined, '203.0.113.99'))).status).toBe(303);
    expect(await wrongly(app, 'ada', '203.0.112.1')).toBe(401);
  });

  it('are counted in all, from however many networks: past thirty the owner is let in by a new browser after three seconds', async () => {
    const { app, ada, timer, verified, delayed, untilDelayed } = await aLimitedApp();
    for (let n = 0; n < 6; n += 1) await failTimes(5, app, 'ada', `203.0.${n}.1`);
    expect((await delayed(signIn(app, 'ada', undefined, ELSEWHERE))).status).toBe(303);
    expect((await ada.signIn('ada')).status).toBe(303);
    const before = verified.length;
    const many = Array.from({ length: 150 }, (_, n) => signIn(app, 'ada', WRONG, `10.0.${n}.1`));
    await untilDelayed(100);
    expect(verified).toHaveLength(before);
    timer.advance(3_000);
    const statuses = (await Promise.all(many)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(100);
    expect(statuses.filter((status) => status === 429)).toHaveLength(50);
  });

  it('RL-1: from one address are still five, and none after them', async () => {
    const { app, delayed } = await aLimitedApp();
    for (const address of ['203.0.113.1', '203.0.113.2']) await failTimes(5, app, 'ada', address);
    for (let n = 0; n < 5; n += 1) expect(await delayed(wrongly(app, 'ada', '203.0.113.3'))).toBe(401);
    expect(await answerOf(await signIn(app, 'ada', undefined, '203.0.113.3'))).toBe('429 too_many_requests');
  });

  it('are let go of when the server stops, which does not wait for them', async () => {
    const { app, untilDelayed } = await aLimitedApp();
    for (const address of [HERE, NEARBY]) await failTimes(5, app, 'ada', address);
    const waiting = signIn(app, 'ada', undefined, '192.0.2.3');
    await untilDelayed(1);
    await app.close();
    expect(await answerOf(await waiting)).toBe('503 unavailable');
  });

  it('are delayed by nothing with RATE_LIMITS=off', async () => {
    const { app } = await aLimitedApp({ limits: undefined });
    const statuses = (await Promise.all(guessAll(app, 100, 50))).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([401]));
  });
});

describe('AU-6: where registration is closed', () => {
  const whole = async (response: Response) => [response.status, [...response.headers], await response.text()];

  it('unknown names are delayed, and refused past the trickle, like known ones', async () => {
    const { app, timer, untilDelayed } = await aLimitedApp({ registration: 'closed' });
    await app.storage.unitOfWork.run((store) => insertUser(store, 'grace'));
    const names = ['grace', 'nobody'];
    for (const name of names) {
      for (const address of [NEARBY, '192.0.2.3']) await failTimes(5, app, name, address);
    }
    const guess = (name: string) => signIn(app, name, WRONG, '192.0.2.4', PAGE);
    const delayed = names.map(guess);
    await untilDelayed(2);
    const [known, unknown] = await Promise.all(names.map(async (name) => whole(await guess(name))));
    expect(known?.[0]).toBe(429);
    expect(unknown).toEqual(known);
    timer.advance(3_000);
    const [answered, answeredUnknown] = await Promise.all(delayed.map(async (response) => whole(await response)));
    expect(answered?.[0]).toBe(401);
    expect(answeredUnknown).toEqual(answered);
  });
});
