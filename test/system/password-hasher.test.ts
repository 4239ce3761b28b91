import { describe, expect, it } from 'vitest';
import { makePasswordHasher } from '../../src/adapters/system/password-hasher.ts';
import { password } from '../../src/domain/identity/password.ts';
import { refusal } from '../use-cases/refusal.ts';

const secret = password('correct horse');

describe('hashing passwords', () => {
  it('AU-5: is argon2id with its parameters in the hash, and never gives the same one twice', async () => {
    const hasher = makePasswordHasher();
    const [one, other] = [await hasher.hash(secret), await hasher.hash(secret)];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(other).not.toBe(one);
    expect(hasher.isOutdated(one)).toBe(false);
    expect(hasher.isOutdated(one.replace('t=2', 't=1'))).toBe(true);
  });

  it('AU-4: minds every byte of the longest password', async () => {
    const hasher = makePasswordHasher();
    const longest = 'x'.repeat(1024);
    const hash = await hasher.hash(password(longest));
    expect(await hasher.verify(hash, password(longest))).toBe(true);
    expect(await hasher.verify(hash, password(`${longest.slice(0, -1)}y`))).toBe(false);
  });

  it('finds no password right for nobody', async () => {
    expect(await makePasswordHasher().verifyNothing(secret)).toBe(false);
  });

  it('RL-3: hashes two at a time, lets 64 wait and refuses the next', async () => {
    const hasher = makePasswordHasher();
    const hashes = Array.from({ length: 67 }, () => refusal(hasher.hash(secret)));
    expect((await Promise.all(hashes)).filter((outcome) => outcome !== undefined)).toEqual(['unavailable']);
  });
});
