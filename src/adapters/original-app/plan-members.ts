import type { Role } from '../../domain/chats/membership.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Note } from './notes.ts';
import { quoted } from './notes.ts';
import type { PlannedChats } from './plan-chats.ts';
import type { OriginalMember } from './rows.ts';

export interface Belonging {
  readonly chatId: ChatId;
  readonly userId: UserId;
}

export interface PlannedMember extends Belonging {
  readonly role: Role;
}

/** The memberships in the order of the rows, without duplicates and without references to missing users or chats. */
export function planBelonging(
  rows: readonly OriginalMember[],
  people: { readonly byOriginalId: ReadonlyMap<string, UserId> },
  { chats, byOriginalId }: PlannedChats,
): { readonly belonging: readonly Belonging[]; readonly notes: readonly Note[] } {
  const belonging: Belonging[] = [];
  const byChat = new Map<ChatId, Set<UserId>>(chats.map(({ id }) => [id, new Set()]));
  const dropped = { dangling: 0, doubled: 0 };
  for (const row of rows) {
    const user = row.userId === null ? undefined : people.byOriginalId.get(row.userId);
    const chat = row.chatId === null ? undefined : byOriginalId.get(row.chatId);
    const present = chat === undefined ? undefined : byChat.get(chat);
    if (user === undefined || chat === undefined || present === undefined) dropped.dangling += 1;
    else if (present.has(user)) dropped.doubled += 1;
    else {
      belonging.push({ chatId: chat, userId: user });
      present.add(user);
    }
  }
  const notes: Note[] = [];
  if (dropped.dangling > 0) {
    notes.push({ about: 'dropped', line: `memberships of missing users or chats: ${dropped.dangling}` });
  }
  if (dropped.doubled > 0) notes.push({ about: 'dropped', line: `duplicate memberships: ${dropped.doubled}` });
  for (const { id, name } of chats) {
    if (byChat.get(id)?.size === 0)
      notes.push({ about: 'kept', line: `chat ${id} ${quoted(name)}, which has no members` });
  }
  return { belonging, notes };
}

/**
 * Sorts the members of each chat by their first messages in it; members without messages come last, in their order. The creator
 * of a chat was alone in it at first, and so was the first who could write.
 * @param authors the authors, in the order of their first messages
 */
export function byFirstMessage(belonging: readonly Belonging[], authors: readonly Belonging[]): readonly Belonging[] {
  const places = new Map<string, number>();
  for (const [place, author] of authors.entries())
    if (!places.has(belongingKey(author))) places.set(belongingKey(author), place);
  const placeOf = (member: Belonging) => places.get(belongingKey(member)) ?? authors.length;
  const byChat = Map.groupBy(belonging, ({ chatId }) => chatId);
  return [...byChat.values()].flatMap((members) => members.toSorted((a, b) => placeOf(a) - placeOf(b)));
}

/** The first member of each chat owns it. */
export function withRoles(belonging: readonly Belonging[]): readonly PlannedMember[] {
  const owned = new Set<ChatId>();
  return belonging.map((member) => {
    const role = owned.has(member.chatId) ? 'member' : 'owner';
    owned.add(member.chatId);
    return { ...member, role };
  });
}

export const belongingKey = ({ chatId, userId }: Belonging): string => `${chatId} ${userId}`;
