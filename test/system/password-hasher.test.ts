import { hash as digest } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makePasswordHasher } from '../../src/adapters/system/password-hasher.ts';
import { wrapSha256 } from '../../src/adapters/system/wrapped-sha256.ts';
import { DomainError } from '../../src/domain/errors.ts';
import { password } from '../../src/domain/identity/password.ts';
import { settled } from '../fakes.ts';
import { refusal } from '../use-cases/refusal.ts';

const secret = password('correct horse');
const guess = (text: string) => ({ password: password(text), address: ADDRESS, begin: async () => undefined });

const ADDRESS = '192.0.2.1';

describe('hashing passwords', () => {
  it('AU-5: is argon2id with its parameters in the hash, and never gives the same one twice', async () => {
    const hasher = makePasswordHasher();
    const [one, other] = [await hasher.hash(secret, ADDRESS), await hasher.hash(secret, ADDRESS)];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(other).not.toBe(one);
    expect(hasher.isOutdated(one)).toBe(false);
    expect(hasher.isOutdated(one.replace('t=2', 't=1'))).toBe(true);
  });

  it('AU-5: knows the SHA-256 of a password of the original app, wrapped, and would have it renewed', async () => {
    const hasher = makePasswordHasher();
    const hex = digest('sha256', secret, 'hex');
    const [wrapped, again] = [await wrapSha256(hex), await wrapSha256(hex)];
    expect(wrapped).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(wrapped).not.toContain(hex);
    expect(again).not.toBe(wrapped);
    expect(await hasher.verify(wrapped, guess(secret))).toBe(true);
    expect(await hasher.verify(wrapped, guess('correct horsf'))).toBe(false);
    expect(await hasher.verify(wrapped, guess(hex))).toBe(false);
    expect(hasher.isOutdated(wrapped)).toBe(true);
  });

  it('AU-4: minds every byte of the longest password', async () => {
    const hasher = makePasswordHasher();
    const longest = 'x'.repeat(1024);
    const stored = await hasher.hash(password(longest), ADDRESS);
    expect(await hasher.verify(stored, guess(longest))).toBe(true);
    expect(await hasher.verify(stored, guess(`${longest.slice(0, -1)}y`))).toBe(false);
  });

  it('finds no password right for nobody', async () => {
    expect(await makePasswordHasher().verifyNothing(guess('correct horse'))).toBe(false);
  });

  it('RL-3: begins a guess when its turn has come, two at a time', async () => {
    const hasher = makePasswordHasher();
    const hash = await hasher.hash(secret, ADDRESS);
    let inFlight = 0;
    let most = 0;
    const begin = async () => {
      // By now, whoever has just left has been told so.
      await settled();
      inFlight += 1;
      most = Math.max(most, inFlight);
    };
    const verify = async () => {
      expect(await hasher.verify(hash, { password: secret, address: ADDRESS, begin })).toBe(true);
      inFlight -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, verify));
    expect(most).toBe(2);
  });

  it('hashes nothing for a guess that is not to begin, and lets the next one in', async () => {
    const hasher = makePasswordHasher();
    const begin = async () => {
      throw new DomainError('too_many_requests', 'Not now.');
    };
    const refused = Array.from({ length: 10 }, () =>
      refusal(hasher.verify('no hash at all', { password: secret, address: ADDRESS, begin })),
    );
    expect(new Set(await Promise.all(refused))).toEqual(new Set(['too_many_requests']));
    expect(await refusal(hasher.verifyNothing({ password: secret, address: ADDRESS, begin }))).toBe(
      'too_many_requests',
    );
    expect(await hasher.verifyNothing(guess('correct horse'))).toBe(false);
  });

  it('RL-3: hashes two at a time, lets 64 wait and refuses the next', async () => {
    const hasher = makePasswordHasher();
    const hashes = Array.from({ length: 67 }, () => refusal(hasher.hash(secret, ADDRESS)));
    expect((await Promise.all(hashes)).filter((outcome) => outcome !== undefined)).toEqual(['unavailable']);
  });
});
