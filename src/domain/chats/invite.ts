import { DomainError } from '../errors.ts';
import type { Branded, ChatId, UserId } from '../ids.ts';

/** The SHA-256 of an invite's code, base64url. It cannot be used to join, so a leaked database opens no chat. */
export type InviteId = Branded<string, 'InviteId'>;

export interface Invite {
  readonly id: InviteId;
  readonly chatId: ChatId;
  readonly createdBy: UserId;
  readonly expiresAt: number;
}

const LIFETIME = 7 * 24 * 3_600_000;

export const inviteId = (value: string): InviteId => value as InviteId;

export const inviteExpiry = (createdAt: number): number => createdAt + LIFETIME;

/** @throws DomainError `too_many_invites` */
export function assertRoomForInvite(live: number, max: number): void {
  if (live < max) return;
  throw new DomainError('too_many_invites', `This chat has ${live} invite links that work, and cannot have more.`);
}

/** @throws DomainError `not_found` for an expired invite as for an unknown one */
export function assertLive(invite: Invite | undefined, now: number): asserts invite is Invite {
  if (invite && now < invite.expiresAt) return;
  throw new DomainError('not_found', 'This invite link is unknown or has expired. Ask for a new one.');
}
