import { hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '../../application/ports/password-hasher.ts';
import { PARAMETERS, PREFIX } from './argon2id.ts';
import { FairGate } from './fair-gate.ts';
import { isWrapped, verifyWrapped } from './wrapped-sha256.ts';

/** The hash of 32 random bytes that were not kept. */
const DECOY = `${PREFIX}ahfg+mInwZrFlddgkd2Kvg$ooYP41udKH8Mi/xIlotCSL5ED/4QcFwzizCQJjK8+fE`;

/** Hashing shares four threads with file access, and each hash takes 19 MiB. */
const MAX_IN_FLIGHT = 2;
const MAX_WAITING = 64;

export function makePasswordHasher(): PasswordHasher {
  const gate = new FairGate({ maxInside: MAX_IN_FLIGHT, maxWaiting: MAX_WAITING });
  const guess: PasswordHasher['verify'] = (stored, { password, address, begin }) =>
    gate.pass(address, async () => {
      await begin();
      return isWrapped(stored) ? verifyWrapped(stored, password) : verify(stored, password);
    });

  return {
    hash: (secret, address) => gate.pass(address, () => hash(secret, PARAMETERS)),
    verify: guess,
    async verifyNothing(attempt) {
      await guess(DECOY, attempt);
      return false;
    },
    isOutdated: (stored) => isWrapped(stored) || !stored.startsWith(PREFIX),
  };
}
