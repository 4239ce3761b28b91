import { describe, expect, it } from 'vitest';
import { inviteExpiry, isLive } from '../../../src/domain/chats/invite.ts';
import { aChat, anInviteTo, aUser, NOW } from '../../builders.ts';

const DAY = 24 * 3_600_000;

describe('an invite', () => {
  it('is good for 7 days', () => {
    expect(inviteExpiry(NOW)).toBe(NOW + 7 * DAY);
  });

  it('is live until the moment it expires, and not at it', () => {
    const invite = anInviteTo(aChat(), aUser(), { expiresAt: NOW });
    expect(isLive(invite, NOW - 1)).toBe(true);
    expect(isLive(invite, NOW)).toBe(false);
    expect(isLive(invite, NOW + 1)).toBe(false);
  });
});
