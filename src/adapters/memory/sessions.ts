import type { Sessions, SessionsView } from '../../application/ports/sessions.ts';
import type { SessionId } from '../../domain/ids.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemorySessions(tables: Tables): Sessions {
  const { sessions, users, pushDevices } = tables;
  const removeOne = (id: SessionId) => {
    sessions.remove(id);
    for (const device of pushDevices.current.values()) if (device.sessionId === id) pushDevices.remove(device.id);
  };
  return {
    ...makeMemorySessionsView(tables, 'current'),

    async add(session) {
      users.require(session.userId);
      sessions.insert(session.id, session);
    },

    async see(id, seenAt) {
      const session = sessions.current.get(id);
      if (session) sessions.put(id, { ...session, seenAt });
    },

    async confirm(id, confirmedAt) {
      const session = sessions.current.get(id);
      if (session) sessions.put(id, { ...session, confirmedAt });
    },

    async remove(id) {
      const session = sessions.current.get(id);
      if (session) removeOne(id);
      return session;
    },

    async removeStale(until) {
      const stale = [...sessions.current.values()].filter(
        ({ createdAt, seenAt }) => createdAt <= until.createdAt || seenAt <= until.seenAt,
      );
      for (const { id } of stale) removeOne(id);
      return stale;
    },
  };
}

export function makeMemorySessionsView(tables: Tables, moment: Moment): SessionsView {
  return {
    async find(id) {
      const session = tables.sessions[moment].get(id);
      const credentials = session && tables.users[moment].get(session.userId);
      if (!credentials) return undefined;
      const isAdministrator = tables.administrators[moment].get(session.userId) !== undefined;
      return { session, user: credentials.user, ...(isAdministrator && { isAdministrator }) };
    },

    async ofUser(userId) {
      const own = [...tables.sessions[moment].values()].filter((session) => session.userId === userId);
      return own.sort((a, b) => a.createdAt - b.createdAt);
    },
  };
}
