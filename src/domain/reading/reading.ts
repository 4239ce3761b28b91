import type { ChatAttention } from '../attention/settings.ts';
import type { Revision } from '../chats/chat.ts';
import type { Role } from '../chats/membership.ts';
import type { ChatSummary } from '../chats/summary.ts';
import type { UserId } from '../ids.ts';
import type { Message } from '../messages/message.ts';
import { areSamePointers, type ReadPointer } from './read-pointer.ts';

/** Unread messages and mentions are counted up to this number, which stands for "this many or more". */
export const MAX_UNREAD = 100;
/** Unread messages are looked for among this many of a chat's last changes, so that counting costs a limited time. */
export const UNREAD_REACH = 10_000;

/** What a member has stored for a chat. */
export interface ReadingState extends ChatAttention {
  readonly pointer: ReadPointer;
  /** The member keeps the chat at the top of their list. */
  readonly pinned: boolean;
  readonly role: Role;
}

/** The same with what the member has yet to read. */
export interface Reading extends ReadingState {
  /** The chat's revision when this was counted. */
  readonly revision: Revision;
  /** Number of texts of others above the pointer, at most MAX_UNREAD. */
  readonly unread: number;
  /** The number of those that mention the member. */
  readonly mentions: number;
}

/** A chat in the list of a member's chats. */
export interface ListedChat extends ChatSummary {
  readonly reading: Reading;
}

/** Notices, deleted messages and the member's own are never unread. */
export const isUnread = (
  { position, kind, author }: Pick<Message, 'position' | 'kind' | 'author'>,
  reader: UserId,
  pointer: ReadPointer,
): boolean => position > pointer.position && kind === 'text' && author.id !== reader;

export const areSameStates = (one: ReadingState, other: ReadingState): boolean =>
  one.level === other.level &&
  one.mutedUntil === other.mutedUntil &&
  one.pinned === other.pinned &&
  one.role === other.role &&
  areSamePointers(one.pointer, other.pointer);

export const areSameReadings = (one: Reading, other: Reading): boolean =>
  one.unread === other.unread && one.mentions === other.mentions && areSameStates(one, other);

/** Whether the first was counted before the second. */
export function isOlder(one: Reading, other: Reading): boolean {
  const [a, b] = [one.pointer, other.pointer];
  if (a.version !== b.version) return a.version < b.version;
  return a.position < b.position || one.revision < other.revision;
}
