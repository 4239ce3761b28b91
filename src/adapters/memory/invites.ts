import type { Invites, InvitesView } from '../../application/ports/invites.ts';
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

    async removeExpired(until) {
      const expired = [...invites.current.values()].filter(({ expiresAt }) => expiresAt <= until);
      for (const { id } of expired) invites.remove(id);
      return expired.length;
    },
  };
}

export function makeMemoryInvitesView(tables: Tables, moment: Moment): InvitesView {
  return {
    async find(id) {
      return tables.invites[moment].get(id);
    },
  };
}
