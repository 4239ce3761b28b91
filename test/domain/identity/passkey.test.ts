import { describe, expect, it } from 'vitest';
import {
  assertRoomForPasskey,
  assertWayInLeft,
  countsOn,
  type Passkey,
  passkeyId,
  passkeyName,
} from '../../../src/domain/identity/passkey.ts';
import { challengeId, isAnswerable } from '../../../src/domain/identity/passkey-challenge.ts';
import { userId } from '../../../src/domain/ids.ts';
import { NOW } from '../../builders.ts';
import { refusal } from '../refusal.ts';

describe('a passkey', () => {
  it('has a name of 1 to 40 visible characters', () => {
    expect(passkeyName('  Blue 🔑 ')).toBe('Blue 🔑');
    expect(passkeyName('🔑'.repeat(40))).toHaveLength(80);
    for (const bad of ['', ' ', '🔑'.repeat(41), 'a\nb', '\u200b', 'a\u202eb', '\ud800'])
      expect(refusal(() => passkeyName(bad))).toBe('invalid_passkey');
  });

  it('has an id of 1 to 1,023 bytes in base64url', () => {
    expect(passkeyId('a'.repeat(1364))).toHaveLength(1364);
    for (const bad of ['', 'a'.repeat(1365), 'a=', 'a/b', 'a b'])
      expect(refusal(() => passkeyId(bad))).toBe('not_found');
  });

  it('counts on, or counts nothing', () => {
    const cases = [
      [0, 0, true],
      [0, 1, true],
      [5, 6, true],
      [5, 5, false],
      [5, 4, false],
      [5, 0, false],
    ] as const;
    for (const [stored, reported, isRight] of cases) expect(countsOn(stored, reported)).toBe(isRight);
  });

  it('is one of twenty at most', () => {
    const passkey: Passkey = {
      ...{ id: passkeyId('x'), userId: userId(1), publicKey: '', counter: 0, transports: [] },
      ...{ name: passkeyName('x'), createdAt: NOW, usedAt: null, heldAt: null },
    };
    expect(refusal(() => assertRoomForPasskey(Array(19).fill(passkey)))).toBeUndefined();
    expect(refusal(() => assertRoomForPasskey(Array(20).fill(passkey)))).toBe('too_many_passkeys');
  });

  it('stays where it is the last way to sign in', () => {
    expect(refusal(() => assertWayInLeft({ hasPassword: true, passkeys: 0 }))).toBeUndefined();
    expect(refusal(() => assertWayInLeft({ hasPassword: false, passkeys: 1 }))).toBeUndefined();
    expect(refusal(() => assertWayInLeft({ hasPassword: false, passkeys: 0 }))).toBe('conflict');
  });
});

describe('a challenge', () => {
  it('is answered by its holder, for its purpose, before its end', () => {
    const challenge = { id: challengeId('x'), purpose: 'sign_in', holder: 'me', expiresAt: NOW } as const;
    const asked = { purpose: 'sign_in', holder: 'me', now: NOW - 1 } as const;
    expect(isAnswerable(challenge, asked)).toBe(true);
    expect(isAnswerable(undefined, asked)).toBe(false);
    expect(isAnswerable(challenge, { ...asked, now: NOW })).toBe(false);
    expect(isAnswerable(challenge, { ...asked, holder: 'you' })).toBe(false);
    expect(isAnswerable(challenge, { ...asked, purpose: 'add' })).toBe(false);
  });
});
