import { describe, expect, it } from 'vitest';
import { assertLive, inviteExpiry } from '../../../src/domain/chats/invite.ts';
import { aChat, anInviteTo, aUser, NOW } from '../../builders.ts';
import { refusal } from '../refusal.ts';

const DAY = 24 * 3_600_000;

describe('an invite', () => {
  it('is good for 7 days', () => {
    expect(inviteExpiry(NOW)).toBe(NOW + 7 * DAY);
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
