import type { Members, MembersView } from '../../application/ports/members.ts';
import type { JoiningPlace } from '../../domain/chats/membership.ts';
import { MAX_LATEST } from '../../domain/chats/namesakes.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { readAll } from '../../domain/reading/read-pointer.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryMembers(tables: Tables): Members {
  const { chats, users, members, readPointers, levels, hidden, memberCounts, chatsOfUsers } = tables;
  return {
    ...makeMemoryMembersView(tables, 'current'),

    async add(membership) {
      const { chatId, userId } = membership;
      const { revision } = chats.require(chatId);
      users.require(userId);
      if (members.current.get(`${chatId}/${userId}`)) return false;
      members.insert(`${chatId}/${userId}`, { chatId, userId, role: membership.role, joinedAt: membership.joinedAt });
      readPointers.insert(`${chatId}/${userId}`, readAll(revision));
      memberCounts.put(chatId, (memberCounts.current.get(chatId) ?? 0) + 1);
      chatsOfUsers.put(userId, [...(chatsOfUsers.current.get(userId) ?? []), chatId]);
      return true;
    },

    async setRole(chatId, userId, role) {
      const membership = members.current.get(`${chatId}/${userId}`);
      if (membership) members.put(`${chatId}/${userId}`, { ...membership, role });
    },

    async hide(chatId, userId, position) {
      members.require(`${chatId}/${userId}`);
      hidden.put(`${chatId}/${userId}`, position);
    },

    async unhide(chatId, userId, before) {
      const position = hidden.current.get(`${chatId}/${userId}`);
      if (position === undefined || position >= before) return false;
      hidden.remove(`${chatId}/${userId}`);
      return true;
    },

    async remove(chatId, userId) {
      if (!members.current.get(`${chatId}/${userId}`)) return false;
      members.remove(`${chatId}/${userId}`);
      readPointers.remove(`${chatId}/${userId}`);
      levels.remove(`${chatId}/${userId}`);
      hidden.remove(`${chatId}/${userId}`);
      memberCounts.put(chatId, memberCounts.require(chatId) - 1);
      const left = chatsOfUsers.require(userId).filter((id) => id !== chatId);
      chatsOfUsers.put(userId, left);
      return true;
    },
  };
}

export function makeMemoryMembersView(tables: Tables, moment: Moment): MembersView {
  const companions = (userId: UserId, ids: ReadonlySet<UserId>) => {
    const isMember = (id: ChatId, of: UserId) => tables.members[moment].get(`${id}/${of}`) !== undefined;
    const chatIds = tables.chatsOfUsers[moment].get(userId) ?? [];
    return [...ids].flatMap((id) => {
      const user = tables.users[moment].get(id)?.user;
      return user && chatIds.some((chatId) => isMember(chatId, id)) ? [user] : [];
    });
  };
  return {
    async find(chatId, userId) {
      const membership = tables.members[moment].get(`${chatId}/${userId}`);
      const isArchived = tables.chats[moment].get(chatId)?.archivedAt !== undefined;
      return membership && isArchived ? { ...membership, isArchived } : membership;
    },

    async count(chatId) {
      return tables.memberCounts[moment].get(chatId) ?? 0;
    },

    async heir(chatId, leaver) {
      const all = [...tables.members[moment].values()];
      const members = all.filter((membership) => membership.chatId === chatId && membership.userId !== leaver);
      const inOrder = members.sort(inOrderOfJoining);
      const heir = inOrder.find(({ role }) => role === 'moderator') ?? inOrder[0];
      return heir && tables.users[moment].get(heir.userId)?.user;
    },

    async list(chatId, after, limit) {
      return [...tables.members[moment].values()]
        .filter((membership) => membership.chatId === chatId)
        .filter((membership) => after === undefined || inOrderOfJoining(after, membership) < 0)
        .sort(inOrderOfJoining)
        .slice(0, limit)
        .flatMap(({ userId, role, joinedAt }) => {
          const credentials = tables.users[moment].get(userId);
          return credentials ? [{ user: credentials.user, role, joinedAt }] : [];
        });
    },

    async latest(chatIds) {
      const latestOf = (chatId: ChatId) =>
        [...tables.members[moment].values()]
          .filter((membership) => membership.chatId === chatId)
          .sort((one, other) => inOrderOfJoining(other, one))
          .slice(0, MAX_LATEST)
          .flatMap(({ userId }) => tables.users[moment].get(userId)?.user ?? []);
      return new Map(chatIds.map((chatId) => [chatId, latestOf(chatId)]));
    },

    async named(chatId, keys) {
      return keys.flatMap((key) => {
        const userId = tables.usersByKey[moment].get(key);
        const isMember = userId !== undefined && tables.members[moment].get(`${chatId}/${userId}`) !== undefined;
        const credentials = isMember ? tables.users[moment].get(userId) : undefined;
        return credentials ? [credentials.user] : [];
      });
    },

    async sharing(userId, keys) {
      return companions(userId, new Set(keys.flatMap((key) => tables.usersByKey[moment].get(key) ?? [])));
    },

    async ofUser(userId, after = 0 as ChatId, limit) {
      const own = [...tables.members[moment].values()].filter((one) => one.userId === userId && one.chatId > after);
      return own.toSorted((one, other) => one.chatId - other.chatId).slice(0, limit);
    },

    async companions(userId, ids) {
      return companions(userId, new Set(ids));
    },

    async hiddenBefore(chatId, position) {
      return [...tables.members[moment].values()].flatMap(({ chatId: id, userId }) => {
        const hiddenAt = id === chatId ? tables.hidden[moment].get(`${id}/${userId}`) : undefined;
        return hiddenAt !== undefined && hiddenAt < position ? [userId] : [];
      });
    },
  };
}

function inOrderOfJoining(one: JoiningPlace, other: JoiningPlace): number {
  return one.joinedAt - other.joinedAt || one.userId - other.userId;
}
