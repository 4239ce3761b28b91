import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Note } from './notes.ts';
import { type PlannedChat, planChats } from './plan-chats.ts';
import { type PlannedInvite, planInvites } from './plan-invites.ts';
import { belongingKey, byFirstMessage, type PlannedMember, planBelonging, withRoles } from './plan-members.ts';
import { type PlannedUser, planPeople } from './plan-people.ts';
import type { OriginalRows } from './rows.ts';

/** The result of an upgrade, planned before anything is written. */
export interface Plan {
  readonly users: readonly PlannedUser[];
  readonly chats: readonly PlannedChat[];
  readonly members: readonly PlannedMember[];
  readonly invites: readonly PlannedInvite[];
  readonly notes: readonly Note[];
  chatOf(original: string | null): ChatId;
  /** The author of a name in a chat. Of several users with the name, members of the chat come first. */
  authorOf(chat: ChatId, name: string | null): UserId;
}

/** Depends on the rows and the time only, so an upgrade that is started again has the same result. */
export function planUpgrade(rows: OriginalRows, now: number): Plan {
  const people = planPeople(rows.users, rows.authors);
  const chats = planChats(rows.chats, rows.authors);
  const chatOf = (original: string | null): ChatId => known(chats.byOriginalId.get(original));
  const { belonging, notes: membersNotes } = planBelonging(rows.members, people, chats);
  const isMember = new Set(belonging.map(belongingKey));
  const authorOf = (chatId: ChatId, name: string | null): UserId => {
    const named = people.byOriginalName.get(name) ?? [];
    return known(named.find((userId) => isMember.has(belongingKey({ chatId, userId }))) ?? named[0]);
  };
  const authors = rows.authors.map(({ chatId, name }) => {
    const id = chatOf(chatId);
    return { chatId: id, userId: authorOf(id, name) };
  });
  const members = withRoles(rows.areMembersInOrder ? belonging : byFirstMessage(belonging, authors));
  const { invites, notes: invitesNotes } = planInvites(rows.invites, { chats: chats.byOriginalId, members, now });
  const notes = [...people.notes, ...chats.notes, ...membersNotes, ...invitesNotes];
  return { users: people.users, chats: chats.chats, members, invites, notes, chatOf, authorOf };
}

function known<Id>(id: Id | undefined): Id {
  if (id === undefined)
    throw new Error('A message refers to a chat or an author that did not exist when the rows were read.');
  return id;
}
