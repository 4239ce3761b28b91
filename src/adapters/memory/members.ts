import type { Members, MembersView } from '../../application/ports/members.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryMembers(tables: Tables): Members {
  const { chats, users, members, memberCounts, chatsOfUsers } = tables;
  return {
    ...makeMemoryMembersView(tables, 'current'),

    async add(membership) {
      const { chatId, userId } = membership;
      chats.require(chatId);
      users.require(userId);
      if (members.current.get(`${chatId}/${userId}`)) return false;
      members.insert(`${chatId}/${userId}`, membership);
      memberCounts.put(chatId, (memberCounts.current.get(chatId) ?? 0) + 1);
      chatsOfUsers.put(userId, [...(chatsOfUsers.current.get(userId) ?? []), chatId]);
      return true;
    },

    async remove(chatId, userId) {
      if (!members.current.get(`${chatId}/${userId}`)) return false;
      members.remove(`${chatId}/${userId}`);
      memberCounts.put(chatId, memberCounts.require(chatId) - 1);
      const left = chatsOfUsers.require(userId).filter((id) => id !== chatId);
      chatsOfUsers.put(userId, left);
      return true;
    },
  };
}

export function makeMemoryMembersView(tables: Tables, moment: Moment): MembersView {
  return {
    async find(chatId, userId) {
      return tables.members[moment].get(`${chatId}/${userId}`);
    },

    async count(chatId) {
      return tables.memberCounts[moment].get(chatId) ?? 0;
    },
  };
}
