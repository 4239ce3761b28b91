import { expect } from 'vitest';
import type { PasswordHasher } from '../../src/application/ports/password-hasher.ts';
import { type Config, readConfig } from '../../src/composition/config.ts';
import { PASSWORD_HASHER, TIMER } from '../../src/composition/tokens.ts';
import { instantPasswordHasher, manualTimer, settled } from '../fakes.ts';
import { anApp, Client, type TestApp } from './client.ts';

export const HERE = '192.0.2.1';
/** Another address of the same network, and one of another network. */
export const NEARBY = '192.0.2.2';
export const ELSEWHERE = '198.51.100.1';

/** An app with Ada and the default limits. It records verified passwords, and its time is set by the test. */
export async function aLimitedApp(changes: Partial<Config> = {}, hasher: PasswordHasher = instantPasswordHasher()) {
  const timer = manualTimer();
  const verified: string[] = [];
  const verify: PasswordHasher['verify'] = (hash, { password, address, begin }) =>
    hasher.verify(hash, {
      password,
      address,
      async begin() {
        await begin();
        verified.push(password);
      },
    });
  const { limits } = readConfig({ LIMIT_REGISTRATIONS: '999/1h' });
  const app = await anApp({ limits, ...changes }, (wiring) =>
    wiring.bind(TIMER, () => timer).bind(PASSWORD_HASHER, () => ({ ...hasher, verify })),
  );
  const ada = new Client(app, undefined, HERE);
  await ada.signIn('ada');
  /** Resolves when this many guesses are delayed, and fails when that takes too long. */
  const untilDelayed = async (count: number) => {
    for (let turn = 0; turn < 1000 && timer.pending < count; turn += 1) await settled();
    expect(timer.pending).toBe(count);
  };
  /** The answer to a guess that is delayed by three seconds. */
  const delayed = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    let isAnswered = false;
    const answered = answer.finally(() => {
      isAnswered = true;
    });
    await untilDelayed(1);
    timer.advance(2_999);
    await settled();
    expect(isAnswered).toBe(false);
    timer.advance(1);
    return answered;
  };
  return { app, ada, timer, verified, untilDelayed, delayed };
}

/** Signs in with a new browser. */
export const signIn = (app: TestApp, name: string, password = 'correct horse', address = HERE, headers = {}) =>
  new Client(app, undefined, address).signIn(name, password, headers);

export const wrongly = async (app: TestApp, name: string, address = HERE) =>
  (await signIn(app, name, 'wrong password', address)).status;

export async function failTimes(times: number, app: TestApp, name = 'ada', address = HERE): Promise<void> {
  for (let count = 0; count < times; count += 1) expect(await wrongly(app, name, address)).toBe(401);
}
