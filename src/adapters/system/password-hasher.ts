import { hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '../../application/ports/password-hasher.ts';
import { DomainError } from '../../domain/errors.ts';
import { PARAMETERS, PREFIX } from './argon2id.ts';
import { isWrapped, verifyWrapped } from './wrapped-sha256.ts';

/** The hash of 32 random bytes that nobody kept. */
const DECOY = `${PREFIX}ahfg+mInwZrFlddgkd2Kvg$ooYP41udKH8Mi/xIlotCSL5ED/4QcFwzizCQJjK8+fE`;

/** Hashing shares four threads with reading files, and each hash takes its memory: two at a time, and a short queue. */
const MOST_IN_FLIGHT = 2;
const LONGEST_QUEUE = 64;

export function makePasswordHasher(): PasswordHasher {
  const gate = makeGate();
  const guess: PasswordHasher['verify'] = (stored, { password, begin }) =>
    gate(async () => {
      await begin();
      return isWrapped(stored) ? verifyWrapped(stored, password) : verify(stored, password);
    });

  return {
    hash: (secret) => gate(() => hash(secret, PARAMETERS)),
    verify: guess,
    async verifyNothing(attempt) {
      await guess(DECOY, attempt);
      return false;
    },
    isOutdated: (stored) => isWrapped(stored) || !stored.startsWith(PREFIX),
  };
}

type Gate = <T>(work: () => Promise<T>) => Promise<T>;

function makeGate(): Gate {
  const waiting: (() => void)[] = [];
  let inFlight = 0;

  return async (work) => {
    if (inFlight >= MOST_IN_FLIGHT) {
      if (waiting.length >= LONGEST_QUEUE) {
        throw new DomainError('unavailable', 'Too many people are signing in at this moment. Try again soon.');
      }
      // Whoever leaves hands the place on, so that nobody slips in between.
      await new Promise<void>((enter) => waiting.push(enter));
    } else {
      inFlight += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else inFlight -= 1;
    }
  };
}
