import { describe, expect, it } from 'vitest';
import type { Guess, PasswordHasher } from '../../src/application/ports/password-hasher.ts';
import { password } from '../../src/domain/identity/password.ts';

const ADDRESS = '192.0.2.1';
const RIGHT = 'correct horse';

function guess(text: string, begun: string[] = []): Guess {
  return {
    password: password(text),
    address: ADDRESS,
    begin: async () => void begun.push(text),
  };
}

/** Every password hasher runs this. */
export function passwordHasherContract(name: string, makeHasher: () => PasswordHasher): void {
  describe(`the password hasher of ${name}`, () => {
    it('finds the password that made a hash right, and others wrong', async () => {
      const hasher = makeHasher();
      const hash = await hasher.hash(password(RIGHT), ADDRESS);
      expect(await hasher.verify(hash, guess(RIGHT))).toBe(true);
      for (const wrong of ['', 'correct hors', 'Correct horse', `${RIGHT} `]) {
        expect(await hasher.verify(hash, guess(wrong))).toBe(false);
      }
    });

    it('makes another hash each time, all good', async () => {
      const hasher = makeHasher();
      const [one, other] = [await hasher.hash(password(RIGHT), ADDRESS), await hasher.hash(password(RIGHT), ADDRESS)];
      expect(one).not.toBe(other);
      expect([await hasher.verify(one, guess(RIGHT)), await hasher.verify(other, guess(RIGHT))]).toEqual([true, true]);
    });

    it('awaits `begin` once before it hashes, and rejects with what it rejects with', async () => {
      const hasher = makeHasher();
      const hash = await hasher.hash(password(RIGHT), ADDRESS);
      const begun: string[] = [];
      await hasher.verify(hash, guess(RIGHT, begun));
      await hasher.verifyNothing(guess('nothing', begun));
      expect(begun).toEqual([RIGHT, 'nothing']);
      const refusal = new Error('not now');
      const refused = { ...guess(RIGHT), begin: () => Promise.reject(refusal) };
      await expect(hasher.verify(hash, refused)).rejects.toBe(refusal);
      await expect(hasher.verifyNothing(refused)).rejects.toBe(refusal);
      expect(await hasher.verify(hash, guess(RIGHT))).toBe(true);
    });

    it('never finds a password right where there is no account', async () => {
      const hasher = makeHasher();
      for (const text of ['', RIGHT]) expect(await hasher.verifyNothing(guess(text))).toBe(false);
    });

    it('tells its own hashes from outdated ones', async () => {
      const hasher = makeHasher();
      expect(hasher.isOutdated(await hasher.hash(password(RIGHT), ADDRESS))).toBe(false);
      for (const other of ['', 'ancient:correct horse', '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA']) {
        expect(hasher.isOutdated(other)).toBe(true);
      }
    });
  });
}
