import type { Revision } from '../chats/chat.ts';
import { DomainError } from '../errors.ts';
import type { User } from '../identity/user.ts';
import type { Branded, ChatId, UserId } from '../ids.ts';
import { type Change, keyOf } from './changes.ts';
import type { Reason } from './reason.ts';

export type ActId = Branded<number, 'ActId'>;

export const actId = (value: number): ActId => value as ActId;

export const ACT_KINDS = [
  'role_set',
  'handed_over',
  'removed',
  'banned',
  'unbanned',
  'slow_mode_set',
  'archive_set',
  'retention_set',
  'invite_revoked',
  'message_deleted',
  'report_dismissed',
  'renamed',
  'undone',
] as const;

/** `unknown` for what a newer release stored. */
export type ActKind = (typeof ACT_KINDS)[number] | 'unknown';

/** Something that the owner or a moderator did. It is stored with what it did and is never changed afterwards. */
export interface Act {
  readonly id: ActId;
  readonly chatId: ChatId;
  readonly kind: ActKind;
  readonly actorId: UserId;
  /** The person whom it is about; null where it is about none. */
  readonly targetId: UserId | null;
  readonly reason: Reason;
  /** The chat's revision when the act was done. */
  readonly revision: Revision;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly changes: readonly Change[];
  /** The act that this one undoes. */
  readonly undoes: ActId | null;
}

export type NewAct = Omit<Act, 'id'>;

/** An act as the audit shows it. */
export interface ListedAct {
  readonly act: Act;
  readonly actor: User;
  readonly target: User | undefined;
  readonly isUndone: boolean;
}

/** How long an act can be undone, in milliseconds. The words of messages that moderators delete are kept as long. */
export const UNDOABLE_FOR_MS = 600_000;

/**
 * Whether the act can be undone now: its time is not over, and no later act that stands has changed the same things.
 * @param later the acts of the chat after this one
 */
export function isUndoable(act: Act, later: readonly Act[], now: number): boolean {
  if (act.kind === 'undone' || act.changes.length === 0 || now - act.at >= UNDOABLE_FOR_MS) return false;
  const undone = new Set(later.flatMap(({ undoes }) => undoes ?? []));
  if (undone.has(act.id)) return false;
  const standing = later.filter(({ id, kind }) => kind !== 'undone' && !undone.has(id));
  const touched = new Set(standing.flatMap(({ changes }) => changes.map(keyOf)));
  return !act.changes.some((change) => touched.has(keyOf(change)));
}

/** @throws DomainError `conflict` */
export function assertUndoable(act: Act, later: readonly Act[], now: number): void {
  if (!isUndoable(act, later, now)) throw cannotBeUndone();
}

export const cannotBeUndone = (): DomainError =>
  new DomainError('conflict', 'This can no longer be undone: ten minutes are over, or something else was done since.');
