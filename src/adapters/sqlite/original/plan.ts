import type { ChatId, UserId } from '../../../domain/ids.ts';
import type { Note } from './notes.ts';
import { type PlannedChat, type PlannedMember, planChats, planMembers } from './plan-chats.ts';
import { type PlannedInvite, planInvites } from './plan-invites.ts';
import { type PlannedUser, planPeople } from './plan-people.ts';
import type { OriginalRows } from './rows.ts';

/** What becomes of the original app's rows, decided before anything is written. */
export interface Plan {
  readonly users: readonly PlannedUser[];
  readonly chats: readonly PlannedChat[];
  readonly members: readonly PlannedMember[];
  readonly invites: readonly PlannedInvite[];
  readonly notes: readonly Note[];
  chatOf(original: string | null): ChatId;
  /** Who wrote under this name in this chat: where several had the name, a member of the chat before the others. */
  authorOf(chat: ChatId, name: string | null): UserId;
}

/** A function of the rows and the moment alone: an upgrade that begins again ends alike. */
export function planUpgrade(rows: OriginalRows, now: number): Plan {
  const people = planPeople(rows.users, rows.authors);
  const chats = planChats(rows.chats, rows.authors);
  const { members, notes: membersNotes } = planMembers(rows.members, people, chats);
  const { invites, notes: invitesNotes } = planInvites(rows.invites, { chats: chats.byOriginalId, members, now });
  const isMember = new Set(members.map(({ chatId, userId }) => `${chatId} ${userId}`));

  return {
    users: people.users,
    chats: chats.chats,
    members,
    invites,
    notes: [...people.notes, ...chats.notes, ...membersNotes, ...invitesNotes],
    chatOf: (original) => known(chats.byOriginalId.get(original)),
    authorOf(chat, name) {
      const named = people.byOriginalName.get(name) ?? [];
      return known(named.find((user) => isMember.has(`${chat} ${user}`)) ?? named[0]);
    },
  };
}

function known<Id>(id: Id | undefined): Id {
  if (id === undefined)
    throw new Error('A message names a chat or an author that was not there when the rows were read.');
  return id;
}
