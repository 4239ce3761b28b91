import type { Bans, BansView } from '../../application/ports/bans.ts';
import { isInForce } from '../../domain/moderation/ban.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryBans(tables: Tables): Bans {
  const { bans, chats, users } = tables;
  return {
    ...makeMemoryBansView(tables, 'current'),

    async put(ban) {
      chats.require(ban.chatId);
      users.require(ban.userId);
      users.require(ban.by);
      bans.put(`${ban.chatId}/${ban.userId}`, ban);
    },

    async remove(chatId, userId) {
      if (!bans.current.get(`${chatId}/${userId}`)) return false;
      bans.remove(`${chatId}/${userId}`);
      return true;
    },
  };
}

export function makeMemoryBansView(tables: Tables, moment: Moment): BansView {
  return {
    find: async (chatId, userId) => tables.bans[moment].get(`${chatId}/${userId}`),

    async inForce(chatId, now, limit) {
      const ofChat = [...tables.bans[moment].values()].filter((ban) => ban.chatId === chatId && isInForce(ban, now));
      const newestFirst = ofChat.toSorted((one, other) => other.at - one.at || one.userId - other.userId);
      return newestFirst.slice(0, limit).flatMap((ban) => {
        const [user, by] = [ban.userId, ban.by].map((id) => tables.users[moment].get(id)?.user);
        return user && by ? [{ ban, user, by }] : [];
      });
    },
  };
}
