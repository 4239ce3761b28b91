import { type Invite, isLive } from '../../../domain/chats/invite.ts';
import { DomainError } from '../../../domain/errors.ts';

/** @throws DomainError `not_found` */
export function assertLiveInvite(invite: Invite | undefined, now: number): asserts invite is Invite {
  if (!invite || !isLive(invite, now)) {
    throw new DomainError('not_found', 'This invite link is unknown or has expired. Ask for a new one.');
  }
}
