import type { Revision } from '../chats/chat.ts';

/** How far a member has read a chat. */
export interface ReadPointer {
  /** Everything up to this position is read. 0 when nothing is. */
  readonly position: Revision;
  /** Increases by one each time the member marks messages as unread. */
  readonly version: number;
}

export interface ReadClaim {
  /** The member has seen everything up to here. */
  readonly position: Revision;
  /** The version that the device knew when the member saw it; undefined for a client that knows no versions. */
  readonly version: number | undefined;
}

/** The pointer of a member who has read everything. */
export const readAll = (newest: Revision): ReadPointer => ({ position: newest, version: 0 });

/**
 * The pointer moves forward only, and never past `newest`, the chat's revision: what is posted later is not read yet. A claim that is
 * based on an earlier version changes nothing: the device has been asleep since the member marked messages as unread.
 */
export function afterReading(pointer: ReadPointer, { position, version }: ReadClaim, newest: Revision): ReadPointer {
  if (version !== undefined && version < pointer.version) return pointer;
  const upTo = position < newest ? position : newest;
  return upTo > pointer.position ? { ...pointer, position: upTo } : pointer;
}

/**
 * Everything from this position on is unread, and what was unread before stays so. The version increases in any case, so that no
 * device that has not heard of it takes it back.
 */
export function afterMarkingUnread(pointer: ReadPointer, from: Revision): ReadPointer {
  const before = (from - 1) as Revision;
  return { position: before < pointer.position ? before : pointer.position, version: pointer.version + 1 };
}

export const areSamePointers = (one: ReadPointer, other: ReadPointer): boolean =>
  one.position === other.position && one.version === other.version;
