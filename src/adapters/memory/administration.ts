import type { Administration, AdministrationView } from '../../application/ports/administration.ts';
import type { Standing } from '../../domain/administration/standing.ts';
import type { UserId } from '../../domain/ids.ts';
import { accountsIn, credentialsIn } from './removed.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryAdministration(tables: Tables): Administration {
  const { users, administrators, deactivated, administratorActs } = tables;
  let lastPlace = 0;
  const set = (table: typeof administrators, id: UserId, at: number | null) => {
    if (at === null) table.remove(id);
    else if (users.current.get(id)) table.put(id, at);
  };
  return {
    ...makeMemoryAdministrationView(tables, 'current'),

    // Only one unit runs at a time.
    async lock() {},

    async setAdministrator(id, since) {
      set(administrators, id, since);
    },

    async setDeactivated(id, at) {
      set(deactivated, id, at);
    },

    async addAct(act) {
      for (const id of [act.by, act.about]) if (id !== null) users.require(id);
      lastPlace += 1;
      administratorActs.insert(lastPlace, act);
    },
  };
}

export function makeMemoryAdministrationView(tables: Tables, moment: Moment): AdministrationView {
  const userOf = (id: UserId | null) => (id === null ? null : (tables.users[moment].get(id)?.user ?? null));
  return {
    standing: async (id) => standingOf(tables, moment, id),

    async standingOf(key) {
      const id = tables.usersByKey[moment].get(key);
      return id && standingOf(tables, moment, id);
    },

    async deactivatedAmong(ids) {
      return ids.filter((id) => tables.deactivated[moment].get(id) !== undefined);
    },

    async administrators() {
      const all = accountsIn(tables, moment).flatMap(({ user }) => standingOf(tables, moment, user.id) ?? []);
      return all.filter((one) => one.administratorSince !== null).toSorted((a, b) => a.user.id - b.user.id);
    },

    async hasPeople() {
      return accountsIn(tables, moment).length > 0;
    },

    async hasOthers(id) {
      return accountsIn(tables, moment).some(({ user }) => user.id !== id);
    },

    async acts({ before = Number.POSITIVE_INFINITY, limit }) {
      // Acts are never removed, so that their order is that of their places.
      const all = [...tables.administratorActs[moment].values()].map((act, index) => ({
        ...{ place: index + 1, kind: act.kind, detail: act.detail, at: act.at },
        by: userOf(act.by),
        about: userOf(act.about),
      }));
      return all
        .filter(({ place }) => place < before)
        .toReversed()
        .slice(0, limit);
    },
  };
}

export function standingOf(tables: Tables, moment: Moment, id: UserId): Standing | undefined {
  const user = credentialsIn(tables, moment, id)?.user;
  const administratorSince = tables.administrators[moment].get(id) ?? null;
  return user && { user, administratorSince, deactivatedAt: tables.deactivated[moment].get(id) ?? null };
}
