import type { Users, UsersView } from '../../application/ports/users.ts';
import { userId } from '../../domain/ids.ts';
import { credentialsIn } from './removed.ts';
import { isFree, makeMemoryRenamedView, makeMemoryRenaming } from './renaming.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryUsers(tables: Tables): Users {
  let lastId = 0;
  return {
    ...makeMemoryUsersView(tables, 'current'),
    ...makeMemoryRenaming(tables),

    async add({ username, key, passwordHash, createdAt, undoableUntil }) {
      if (!isFree(tables, { key, at: createdAt })) return undefined;
      lastId += 1;
      const user = { id: userId(lastId), username };
      tables.users.insert(user.id, { user, passwordHash });
      tables.usersByKey.insert(key, user.id);
      tables.registeredAt.insert(user.id, createdAt);
      if (undoableUntil !== undefined) tables.unsettledUsers.insert(user.id, { key, undoableUntil });
      return user;
    },

    async setPasswordHash(id, passwordHash) {
      const credentials = tables.users.current.get(id);
      if (credentials) tables.users.put(id, { ...credentials, passwordHash });
    },

    async setAwayUntil(id, awayUntil) {
      if (awayUntil === null) tables.awayUsers.remove(id);
      else if (tables.users.current.get(id)) tables.awayUsers.put(id, { id, until: awayUntil });
    },

    async settle(id) {
      tables.unsettledUsers.remove(id);
      return credentialsIn(tables, 'current', id) !== undefined;
    },

    async removeUnsettled(id) {
      const unsettled = tables.unsettledUsers.current.get(id);
      if (!unsettled) return false;
      tables.unsettledUsers.remove(id);
      tables.usersByKey.remove(unsettled.key);
      tables.users.remove(id);
      return true;
    },
  };
}

export function makeMemoryUsersView(tables: Tables, moment: Moment): UsersView {
  return {
    ...makeMemoryRenamedView(tables, moment),

    async find(id) {
      return credentialsIn(tables, moment, id)?.user;
    },

    async credentialsOf(key) {
      const id = tables.usersByKey[moment].get(key);
      return id && tables.users[moment].get(id);
    },

    async credentialsById(id) {
      return credentialsIn(tables, moment, id);
    },

    async undoableUntil(id) {
      return tables.unsettledUsers[moment].get(id)?.undoableUntil;
    },

    async awayUntil(id) {
      return tables.awayUsers[moment].get(id)?.until;
    },

    async away({ after, limit }) {
      const away = [...tables.awayUsers[moment].values()].flatMap(({ id, until }) => {
        const user = tables.users[moment].get(id)?.user;
        return user && until > after ? [{ user, until }] : [];
      });
      return away.sort((a, b) => a.until - b.until || a.user.id - b.user.id).slice(0, limit);
    },
  };
}
