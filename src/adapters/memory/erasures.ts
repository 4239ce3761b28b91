import type { Erasures, ErasuresView, Removal } from '../../application/ports/erasures.ts';
import { FORMER_MEMBER } from '../../domain/identity/former-member.ts';
import { usernameKey } from '../../domain/identity/username.ts';
import type { UserId } from '../../domain/ids.ts';
import { messageId } from '../../domain/messages/message.ts';
import { isRemoved, REMOVED } from './removed.ts';
import { noteRename } from './renaming.ts';
import type { Moment, Table } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryErasures(tables: Tables): Erasures {
  const { erasures, announcements } = tables;
  return {
    ...makeMemoryErasuresView(tables, 'current'),

    async add(erasure, { isDone }) {
      if (erasures.current.get(erasure.userId)) return;
      erasures.insert(erasure.userId, { ...erasure, reached: undefined, isDone });
    },

    async reach(userId, { place, isDone }) {
      const known = erasures.current.get(userId);
      if (known) erasures.put(userId, { ...known, reached: place, isDone });
    },

    removePerson: async (removal) => removePerson(tables, removal),

    async removeAnnouncements(userId, limit) {
      let removed = 0;
      for (const { id, decided } of announcements.current.values()) {
        const left = decided.filter((one) => one.userId !== userId || removed++ >= limit);
        if (left.length === decided.length) continue;
        if (left.length > 0) announcements.put(id, { id, decided: left });
        else announcements.remove(id);
      }
      return Math.min(removed, limit);
    },
  };
}

export function makeMemoryErasuresView(tables: Tables, moment: Moment): ErasuresView {
  return {
    find: async (userId) => tables.erasures[moment].get(userId),

    async list(after = 0 as UserId, limit) {
      const later = [...tables.erasures[moment].values()].filter(({ userId }) => userId > after);
      return later.toSorted((one, other) => one.userId - other.userId).slice(0, limit);
    },

    async namesOf(userId) {
      const names = [...tables.restingNames[moment].values()].filter((name) => name.userId === userId);
      return names.map(({ key }) => key).slice(0, 100);
    },
  };
}

function removePerson(tables: Tables, { userId, words, at, restsUntil }: Removal) {
  const { users, usersByKey, restingNames, registeredAt, messages } = tables;
  const known = users.current.get(userId);
  if (!known || isRemoved(known) || (registeredAt.current.get(userId) ?? 0) > at) return undefined;
  const key = usernameKey(known.user.username);
  const user = { id: userId, username: FORMER_MEMBER };
  for (const message of messages.current.values())
    if (message.author.id === userId) messages.put(messageId(message), { ...message, author: user });
  users.put(userId, { user, passwordHash: REMOVED });
  usersByKey.remove(key);
  restingNames.put(key, { key, userId, until: restsUntil });
  removeOwn(tables, userId);
  tables.deactivated.put(userId, at);
  removeInChats(tables, userId);
  removeWhere(tables.reports, (report) =>
    words === 'erase' && report.userId === userId
      ? (`${report.chatId}/${report.position}/${report.userId}` as const)
      : undefined,
  );
  return noteRename(tables, { user, renamedAt: at });
}

function removeOwn(tables: Tables, id: UserId): void {
  tables.unsettledUsers.remove(id);
  tables.awayUsers.remove(id);
  tables.administrators.remove(id);
  tables.invitedBy.remove(id);
  tables.twoStep.remove(id);
  tables.recoveryCodes.remove(id);
  tables.settings.remove(id);
  tables.exports.remove(id);
  tables.passkeyOwners.remove(id);
  removeWhere(tables.passkeys, (passkey) => (passkey.userId === id ? passkey.id : undefined));
  removeWhere(tables.heldSessions, (held) => (held.userId === id ? held.id : undefined));
  removeWhere(tables.oneTimeLinks, (link) => (link.userId === id ? link.id : undefined));
  removeWhere(tables.blocks, ({ by, blocked }) =>
    by === id || blocked === id ? (`${by}/${blocked}` as const) : undefined,
  );
  removeWhere(tables.invites, (invite) => (invite.createdBy === id ? invite.id : undefined));
}

function removeInChats(tables: Tables, userId: UserId): void {
  const { bans, barred, slowPosts, readPointers, levels, hidden } = tables;
  for (const { id } of tables.chats.current.values())
    for (const table of [bans, barred, slowPosts, readPointers, levels, hidden]) table.remove(`${id}/${userId}`);
}

function removeWhere<K, V extends NonNullable<unknown>>(table: Table<K, V>, keyOf: (row: V) => K | undefined): void {
  for (const row of [...table.current.values()]) {
    const key = keyOf(row);
    if (key !== undefined) table.remove(key);
  }
}
