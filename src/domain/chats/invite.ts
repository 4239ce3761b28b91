import { DomainError } from '../errors.ts';
import type { Branded, ChatId, UserId } from '../ids.ts';
import { type Ban, isInForce } from '../moderation/ban.ts';
import type { Membership } from './membership.ts';
import { mayInvite, maySetRoles, type Permission } from './permissions.ts';

/** The SHA-256 of an invite's code, base64url. It cannot be used to join, so a leaked database opens no chat. */
export type InviteId = Branded<string, 'InviteId'>;

/** Times are milliseconds since 1970. */
export interface Invite {
  readonly id: InviteId;
  readonly chatId: ChatId;
  readonly createdBy: UserId;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** How many people it may let in; null for any number. */
  readonly maxUses: number | null;
  /** How many people it has let in. */
  readonly uses: number;
  /** What its maker wrote about it, for themselves and the owner; may be empty. */
  readonly note: string;
  /** The role of those whom it lets in, as long as its maker may give that role. */
  readonly role: InvitedRole;
}

export type InvitedRole = 'member' | 'moderator';

/** What an invite is to be like. */
export interface InviteTerms {
  readonly lifetimeMs: number;
  readonly maxUses: number | null;
  readonly note: string;
  readonly role: InvitedRole;
}

/** As a caller asks for them: what is left out is as usual: 7 days, any number of people, as members. */
export interface AskedTerms {
  /** Seconds. */
  readonly expiresIn?: number | undefined;
  readonly uses?: number | null | undefined;
  readonly note?: string | undefined;
  readonly role?: string | undefined;
}

const [MINUTE_S, DAY_S] = [60, 24 * 3_600];
const USUAL_S = 7 * DAY_S;
const MAX_S = 30 * DAY_S;
const MAX_USES = 10_000;
const MAX_NOTE = 100;

export const inviteId = (value: string): InviteId => value as InviteId;

/** Names an invite to the members who may revoke it: the beginning of its id. */
export const inviteHandle = ({ id }: Pick<Invite, 'id'>): string => id.slice(0, HANDLE_LENGTH);

const HANDLE_LENGTH = 16;

/** @throws DomainError `invalid_invite` */
export function inviteTerms({
  expiresIn = USUAL_S,
  uses = null,
  note = '',
  role = 'member',
}: AskedTerms = {}): InviteTerms {
  if (!Number.isInteger(expiresIn) || expiresIn < MINUTE_S || expiresIn > MAX_S)
    throw new DomainError('invalid_invite', 'An invite link lasts from one minute to 30 days.');
  if (uses !== null && (!Number.isInteger(uses) || uses < 1 || uses > MAX_USES))
    throw new DomainError('invalid_invite', `An invite link lets in from 1 to ${MAX_USES} people.`);
  const trimmed = note.trim();
  if ([...trimmed].length > MAX_NOTE || /\p{Cc}/u.test(trimmed))
    throw new DomainError('invalid_invite', `A note is one line of at most ${MAX_NOTE} characters.`);
  if (role !== 'member' && role !== 'moderator')
    throw new DomainError('invalid_invite', 'An invite link lets people in as members or as moderators.');
  return { lifetimeMs: expiresIn * 1_000, maxUses: uses, note: trimmed, role };
}

export const newInvite = (
  { lifetimeMs, ...terms }: InviteTerms,
  made: Pick<Invite, 'id' | 'chatId' | 'createdBy' | 'createdAt'>,
): Invite => ({ ...made, ...terms, expiresAt: made.createdAt + lifetimeMs, uses: 0 });

/** To make an invite of this role. */
export const mayInviteAs = (role: InvitedRole): Permission => (role === 'moderator' ? maySetRoles : mayInvite);

/** Whether those who come in become moderators, as long as its maker may do that. */
export const bringsModerators = ({ role }: Invite): boolean => role === 'moderator';

/** The role of somebody who comes in: that of the invite, unless its maker may not give it any more. */
export const roleBy = ({ role }: Invite, maker: Membership | undefined): InvitedRole =>
  maker && mayInviteAs(role)(maker) ? role : 'member';

/** @throws DomainError `too_many_invites` */
export function assertRoomForInvite(live: number, max: number): void {
  if (live < max) return;
  throw new DomainError('too_many_invites', `This chat has ${live} invite links that work, and cannot have more.`);
}

/** @throws DomainError `not_found` for an expired or used-up invite as for an unknown one */
export function assertLive(invite: Invite | undefined, now: number): asserts invite is Invite {
  if (!invite || !isLive(invite, now)) throw unknownInvite();
}

export const isLive = ({ expiresAt, maxUses, uses }: Invite, now: number): boolean =>
  now < expiresAt && (maxUses === null || uses < maxUses);

/**
 * Whether the person may come in by the invite: they were not removed since it was made, and no ban is in force.
 * @throws DomainError `not_found`, as for an unknown invite
 */
export function assertAdmits(
  { createdAt }: Invite,
  {
    barredAt,
    ban,
    now,
  }: { readonly barredAt: number | undefined; readonly ban: Ban | undefined; readonly now: number },
): void {
  if (barredAt !== undefined && createdAt < barredAt) throw unknownInvite();
  if (ban && isInForce(ban, now)) throw unknownInvite();
}

export const unknownInvite = (): DomainError =>
  new DomainError('not_found', 'This invite link is unknown or has expired. Ask for a new one.');
