import type { Invites, InvitesView } from '../../application/ports/invites.ts';
import type { Invite } from '../../domain/chats/invite.ts';
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

    async removeMadeBy(chatId, userId) {
      removeWhere((invite) => invite.chatId === chatId && invite.createdBy === userId);
    },

    async removeAllTo(chatId) {
      removeWhere((invite) => invite.chatId === chatId);
    },

    async countLive(chatId, now) {
      return [...invites.current.values()].filter((invite) => invite.chatId === chatId && invite.expiresAt > now)
        .length;
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

export function makeMemoryInvitesView(tables: Tables, moment: Moment): InvitesView {
  return {
    async find(id) {
      return tables.invites[moment].get(id);
    },
  };
}
