import type { HeldSessions, HeldSessionsView } from '../../application/ports/held-sessions.ts';
import type { HeldSession } from '../../domain/identity/held-session.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryHeldSessions(tables: Tables): HeldSessions {
  const { heldSessions, users } = tables;
  const removeWhere = (isMeant: (held: HeldSession) => boolean): readonly HeldSession[] => {
    const meant = [...heldSessions.current.values()].filter(isMeant);
    for (const { id } of meant) heldSessions.remove(id);
    return meant;
  };
  return {
    ...makeMemoryHeldSessionsView(tables, 'current'),

    async put(held) {
      users.require(held.userId);
      heldSessions.put(held.id, held);
    },

    removeOf: async (userId) => removeWhere((held) => held.userId === userId),
    removeExpired: async (until) => removeWhere(({ heldUntil }) => heldUntil <= until).length,
  };
}

export function makeMemoryHeldSessionsView({ heldSessions }: Tables, moment: Moment): HeldSessionsView {
  return {
    async ofUser(userId) {
      const own = [...heldSessions[moment].values()].filter((held) => held.userId === userId);
      return own.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    },
  };
}
