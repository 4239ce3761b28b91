import type { ListedChat, ListedPerson, Overview } from '../../application/ports/overview.ts';
import { isLive } from '../../domain/chats/invite.ts';
import { usernameKey } from '../../domain/identity/username.ts';
import { standingOf } from './administration.ts';
import { accountsIn } from './removed.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryOverview(tables: Tables, moment: Moment): Overview {
  const { chats, users, invites } = tables;
  return {
    async people({ text, after = '', limit }) {
      const all = allPeople(tables, moment).filter(({ key }) => key.includes(text) && key > after);
      return all.toSorted((a, b) => (a.key < b.key ? -1 : 1)).slice(0, limit);
    },

    async chats({ by, offset, limit }) {
      const rank = by === 'size' ? ({ changes }: ListedChat) => changes : ({ usedAt }: ListedChat) => usedAt ?? 0;
      const all = allChats(tables, moment).toSorted((a, b) => rank(b) - rank(a) || a.id - b.id);
      return all.slice(offset, offset + limit);
    },

    async liveInvites({ now, offset, limit }) {
      const live = [...invites[moment].values()].filter((invite) => isLive(invite, now));
      const newestFirst = live.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
      const listed = newestFirst.flatMap((invite) => {
        const [chat, by] = [chats[moment].get(invite.chatId), users[moment].get(invite.createdBy)?.user];
        return chat && by ? [{ invite, chat: { id: chat.id, name: chat.name }, by }] : [];
      });
      return listed.slice(offset, offset + limit);
    },

    async totals() {
      const all = [...chats[moment].values()];
      const changes = all.reduce((sum, { revision }) => sum + revision, 0);
      return { people: accountsIn(tables, moment).length, chats: all.length, changes, bytes: undefined };
    },
  };
}

function allPeople(tables: Tables, moment: Moment): ListedPerson[] {
  const { registeredAt, sessions } = tables;
  return accountsIn(tables, moment).flatMap(({ user }) => {
    const standing = standingOf(tables, moment, user.id);
    const [key, createdAt] = [usernameKey(user.username), registeredAt[moment].get(user.id) ?? 0];
    const own = [...sessions[moment].values()].filter(({ userId }) => userId === user.id);
    const seenAt = own.length === 0 ? null : Math.max(...own.map((session) => session.seenAt));
    return standing ? [{ ...standing, key, createdAt, sessions: own.length, seenAt }] : [];
  });
}

function allChats({ chats, directKeys, memberCounts, messages }: Tables, moment: Moment): ListedChat[] {
  const sent = Map.groupBy(messages[moment].values(), ({ chatId }) => chatId);
  return [...chats[moment].values()].map(({ id, name, revision }) => ({
    id,
    name: directKeys[moment].get(id) === undefined ? name : null,
    members: memberCounts[moment].get(id) ?? 0,
    changes: revision,
    usedAt: (sent.get(id) ?? []).toSorted((a, b) => b.position - a.position)[0]?.sentAt ?? null,
  }));
}
