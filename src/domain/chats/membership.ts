import type { User } from '../identity/user.ts';
import type { ChatId, UserId } from '../ids.ts';

/**
 * A group that has members has one owner: first its creator. The owner gives the other members their roles, and can hand over the
 * ownership; when the owner leaves, the moderator who joined first becomes the owner, or, without moderators, the member who did. The
 * people of a direct chat are participants, or `blocked` while another of them blocks them.
 */
export type Role = ShownRole | 'participant' | 'blocked';

/** The roles in a group. */
export const GROUP_ROLES = ['owner', 'moderator', 'member'] as const;

export type ShownRole = (typeof GROUP_ROLES)[number];

const ROLES: readonly Role[] = [...GROUP_ROLES, 'participant', 'blocked'];

/** Whether it is a role in a direct chat. */
export const isDirect = (role: Role): boolean => role === 'participant' || role === 'blocked';

/** The role as it is shown. Nobody is shown who blocks whom. */
export const shownRole = (role: Role): ShownRole => GROUP_ROLES.find((one) => one === role) ?? 'member';

/** A role that was written as text. One that only a newer release knows counts as that of a member. */
export const roleIn = (text: string | undefined): Role => ROLES.find((role) => role === text) ?? 'member';

export interface Membership {
  readonly chatId: ChatId;
  readonly userId: UserId;
  readonly role: Role;
  readonly joinedAt: number;
  /** The chat is archived. Left out where it is not. */
  readonly isArchived?: true | undefined;
}

/** A membership as it is shown. */
export interface Member {
  readonly user: User;
  readonly role: Role;
  readonly joinedAt: number;
}

/** A place in the list of members, which is ordered by the time of joining and then by user id. */
export interface JoiningPlace {
  readonly joinedAt: number;
  readonly userId: UserId;
}

/** What becomes of a chat when a member leaves it. */
export type LeavingEffect = 'closes_chat' | 'passes_ownership' | 'changes_nothing' | 'hides_chat';

/** @param othersLeft how many members remain; more than one is the same as one */
export function effectOfLeaving(leaver: Pick<Membership, 'role'>, othersLeft: number): LeavingEffect {
  if (isDirect(leaver.role)) return 'hides_chat';
  if (othersLeft === 0) return 'closes_chat';
  return leaver.role === 'owner' ? 'passes_ownership' : 'changes_nothing';
}
