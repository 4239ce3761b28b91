import type { User } from '../identity/user.ts';
import type { ChatId, UserId } from '../ids.ts';

/** A chat that has members has one owner: first its creator, and after them, each time, the member who joined first. */
export type Role = 'owner' | 'member';

const ROLES: readonly Role[] = ['owner', 'member'];

/** A role that was written as text. One that only a newer release knows counts as that of a member. */
export const roleIn = (text: string | undefined): Role => ROLES.find((role) => role === text) ?? 'member';

export interface Membership {
  readonly chatId: ChatId;
  readonly userId: UserId;
  readonly role: Role;
  readonly joinedAt: number;
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
export type LeavingEffect = 'closes_chat' | 'passes_ownership' | 'changes_nothing';

/** @param othersLeft how many members remain; more than one is the same as one */
export function effectOfLeaving(leaver: Pick<Membership, 'role'>, othersLeft: number): LeavingEffect {
  if (othersLeft === 0) return 'closes_chat';
  return leaver.role === 'owner' ? 'passes_ownership' : 'changes_nothing';
}
