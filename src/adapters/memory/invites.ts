import type { Invites, InvitesView } from '../../application/ports/invites.ts';
import { type Invite, isLive } from '../../domain/chats/invite.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryInvites(tables: Tables): Invites {
  const { chats, invites, users } = tables;
  return {
    ...makeMemoryInvitesView(tables, 'current'),

    async add(invite) {
      chats.require(invite.chatId);
      users.require(invite.createdBy);
      invites.insert(invite.id, invite);
    },

    async use(id) {
      const invite = invites.current.get(id);
      if (!invite || isUsedUp(invite)) return false;
      invites.put(id, { ...invite, uses: invite.uses + 1 });
      return true;
    },

    async admitRegistration(id, { userId, now }) {
      const invite = invites.current.get(id);
      if (!invite || !isLive(invite, now)) return false;
      const registered = [...users.current.values()].filter(({ user }) => tables.invitedBy.current.get(user.id) === id);
      if (invite.maxUses !== null && registered.length >= invite.maxUses) return false;
      tables.invitedBy.put(userId, id);
      return true;
    },

    async remove(id) {
      if (invites.current.get(id)) invites.remove(id);
    },

    async bar(chatId, userId, at) {
      tables.barred.put(`${chatId}/${userId}`, at);
    },

    async unbar(chatId, userId) {
      tables.barred.remove(`${chatId}/${userId}`);
    },

    async removeMadeBy(chatId, userId) {
      removeWhere((invite) => invite.chatId === chatId && invite.createdBy === userId);
    },

    async removeAllTo(chatId) {
      removeWhere((invite) => invite.chatId === chatId);
    },

    async countLive(chatId, now) {
      const all = [...invites.current.values()].filter((invite) => invite.chatId === chatId);
      return all.filter((invite) => invite.expiresAt > now && !isUsedUp(invite)).length;
    },

    async removeExpired(until) {
      return removeWhere(({ expiresAt }) => expiresAt <= until);
    },
  };

  function removeWhere(isMeant: (invite: Invite) => boolean): number {
    const meant = [...invites.current.values()].filter(isMeant);
    for (const { id } of meant) invites.remove(id);
    return meant.length;
  }
}

const isUsedUp = ({ maxUses, uses }: Invite): boolean => maxUses !== null && uses >= maxUses;

export function makeMemoryInvitesView(tables: Tables, moment: Moment): InvitesView {
  return {
    async find(id) {
      return tables.invites[moment].get(id);
    },

    async barredAt(chatId, userId) {
      return tables.barred[moment].get(`${chatId}/${userId}`);
    },

    async to(chatId) {
      const all = [...tables.invites[moment].values()].filter((invite) => invite.chatId === chatId);
      const newestFirst = all.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
      return newestFirst.flatMap((invite) => {
        const by = tables.users[moment].get(invite.createdBy)?.user;
        return by ? [{ invite, by }] : [];
      });
    },
  };
}
