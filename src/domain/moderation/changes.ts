import type { ChatName, Revision } from '../chats/chat.ts';
import type { Invite, InviteId } from '../chats/invite.ts';
import type { Membership } from '../chats/membership.ts';
import type { UserId } from '../ids.ts';
import type { ReadingState } from '../reading/reading.ts';
import type { BanTerms } from './ban.ts';

/** What an act changed: one thing, with its value before and after. Null stands for what is not there. */
export type Change =
  | From<MembershipValue | null, { readonly aspect: 'membership'; readonly userId: UserId }>
  | From<BanTerms | null, { readonly aspect: 'ban'; readonly userId: UserId }>
  /** The moment before which invites do not admit the person. */
  | From<number | null, { readonly aspect: 'bar'; readonly userId: UserId }>
  | From<Invite | null, { readonly aspect: 'invite'; readonly inviteId: InviteId }>
  | From<Deletion | null, { readonly aspect: 'message'; readonly position: Revision }>
  | From<ChatName, { readonly aspect: 'name' }>
  /** Seconds between two posts of a member; 0 for no slow mode. */
  | From<number, { readonly aspect: 'slow_mode' }>
  /** When the chat was archived. */
  | From<number | null, { readonly aspect: 'archive' }>
  /** Days after which messages are erased; 0 to keep them. */
  | From<number, { readonly aspect: 'retention' }>
  /** The moment at which the report was dismissed. */
  | From<number | null, { readonly aspect: 'report'; readonly position: Revision; readonly userId: UserId }>;

type From<Value, Aspect> = Aspect & { readonly before: Value; readonly after: Value };

export type Aspect = Change['aspect'];

export interface MembershipValue extends Pick<Membership, 'role' | 'joinedAt'> {
  /** What the member had set and read, of a membership that ended; left out by earlier releases. Nobody is shown it. */
  readonly state?: MemberState | undefined;
}

export interface MemberState extends Pick<ReadingState, 'level' | 'mutedUntil' | 'pinned'> {
  readonly readTo: Revision;
  readonly readVersion: number;
}

export interface Deletion {
  readonly by: UserId;
  readonly at: number;
}

/** Names the one thing that the change is about: changes with other keys do not touch it. */
export function keyOf(change: Change): string {
  switch (change.aspect) {
    case 'membership':
    case 'ban':
    case 'bar':
      return `${change.aspect} ${change.userId}`;
    case 'invite':
      return `invite ${change.inviteId}`;
    case 'message':
      return `message ${change.position}`;
    case 'report':
      return `report ${change.position} ${change.userId}`;
    case 'name':
    case 'slow_mode':
    case 'archive':
    case 'retention':
      return change.aspect;
    default:
      return change satisfies never;
  }
}

/** The change that brings back what this one changed. */
export function inverseOf<One extends Change>(change: One): One {
  return { ...change, before: change.after, after: change.before };
}

/** The changes of the inverse act, the last one first. */
export const inverse = (changes: readonly Change[]): readonly Change[] => changes.map(inverseOf).toReversed();

/** Whether two values of the same aspect are the same. */
export function isSameValue(one: Change['before'], other: Change['before']): boolean {
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') return one === other;
  const [these, those] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return these.size === those.size && [...these].every(([name, value]) => those.get(name) === value);
}
