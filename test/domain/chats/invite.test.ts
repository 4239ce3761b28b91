import { describe, expect, it } from 'vitest';
import { assertLive, inviteTerms } from '../../../src/domain/chats/invite.ts';
import { aChat, anInviteTo, aUser, NOW } from '../../builders.ts';
import { refusal } from '../refusal.ts';

const DAY = 24 * 3_600_000;

describe('an invite', () => {
  it('is good for 7 days and any number of people, unless its maker says otherwise', () => {
    expect(inviteTerms()).toEqual({ lifetimeMs: 7 * DAY, maxUses: null, note: '', role: 'member' });
    const asked = { expiresIn: 3_600, uses: 1, note: ' for Grace ' };
    expect(inviteTerms(asked)).toEqual({ lifetimeMs: 3_600_000, maxUses: 1, note: 'for Grace', role: 'member' });
  });

  it.each([
    { expiresIn: 59 },
    { expiresIn: 30 * 86_400 + 1 },
    { expiresIn: 3_600.5 },
    { expiresIn: Number.NaN },
    { uses: 0 },
    { uses: 10_001 },
    { uses: 1.5 },
    { note: 'x'.repeat(101) },
    { note: 'two\nlines' },
    { role: 'owner' },
    { role: '' },
  ])('cannot be made with %o', (asked) => {
    expect(refusal(() => inviteTerms(asked))).toBe('invalid_invite');
  });

  it('is live until it is used up', () => {
    const invite = anInviteTo(aChat(), aUser(), { maxUses: 2, uses: 1 });
    expect(refusal(() => assertLive(invite, NOW))).toBeUndefined();
    expect(refusal(() => assertLive({ ...invite, uses: 2 }, NOW))).toBe('not_found');
  });

  it('is live until the moment it expires, and not at it', () => {
    const invite = anInviteTo(aChat(), aUser(), { expiresAt: NOW });
    expect(refusal(() => assertLive(invite, NOW - 1))).toBeUndefined();
    expect(refusal(() => assertLive(invite, NOW))).toBe('not_found');
    expect(refusal(() => assertLive(invite, NOW + 1))).toBe('not_found');
  });

  it('that is unknown is refused in the same words as one that has expired', () => {
    const expired = anInviteTo(aChat(), aUser(), { expiresAt: NOW });
    const words = (invite: typeof expired | undefined) => {
      try {
        assertLive(invite, NOW);
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(words(undefined)).toEqual(words(expired));
  });
});
