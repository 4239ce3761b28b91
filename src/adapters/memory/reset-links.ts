import type { ResetLinks, ResetLinksView } from '../../application/ports/reset-links.ts';
import type { ResetLink } from '../../domain/administration/reset-link.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryResetLinks(tables: Tables): ResetLinks {
  const { resetLinks, users } = tables;
  const removeWhere = (isMeant: (link: ResetLink) => boolean): number => {
    const meant = [...resetLinks.current.values()].filter(isMeant);
    for (const { id } of meant) resetLinks.remove(id);
    return meant.length;
  };
  return {
    ...makeMemoryResetLinksView(tables, 'current'),

    async put(link) {
      users.require(link.userId);
      removeWhere(({ userId }) => userId === link.userId);
      resetLinks.insert(link.id, link);
    },

    remove: async (id) => removeWhere((link) => link.id === id) > 0,

    async removeOf(userId) {
      removeWhere((link) => link.userId === userId);
    },

    removeExpired: async (until) => removeWhere(({ expiresAt }) => expiresAt <= until),
  };
}

export function makeMemoryResetLinksView(tables: Tables, moment: Moment): ResetLinksView {
  return {
    async find(id) {
      return tables.resetLinks[moment].get(id);
    },
  };
}
