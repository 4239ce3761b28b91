import type { OneTimeLinks, OneTimeLinksView } from '../../application/ports/one-time-links.ts';
import type { OneTimeLink } from '../../domain/identity/one-time-link.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryOneTimeLinks(tables: Tables): OneTimeLinks {
  const { oneTimeLinks, users } = tables;
  const removeWhere = (isMeant: (link: OneTimeLink) => boolean): number => {
    const meant = [...oneTimeLinks.current.values()].filter(isMeant);
    for (const { id } of meant) oneTimeLinks.remove(id);
    return meant.length;
  };
  return {
    ...makeMemoryOneTimeLinksView(tables, 'current'),

    async put(link) {
      users.require(link.userId);
      removeWhere(({ userId, kind }) => userId === link.userId && kind === link.kind);
      oneTimeLinks.insert(link.id, link);
    },

    remove: async (id) => removeWhere((link) => link.id === id) > 0,

    async removeOf(userId) {
      removeWhere((link) => link.userId === userId);
    },

    removeExpired: async (until) => removeWhere(({ expiresAt }) => expiresAt <= until),
  };
}

export function makeMemoryOneTimeLinksView(tables: Tables, moment: Moment): OneTimeLinksView {
  return {
    async find(id) {
      return tables.oneTimeLinks[moment].get(id);
    },
  };
}
