import type { Presence } from '../../application/ports/presence.ts';

/** Presence where this process is the whole installation. */
export function makeMemoryPresence(): Presence {
  let connections = 0;
  return {
    connected() {
      connections += 1;
    },
    disconnected() {
      connections -= 1;
    },
    async count() {
      return connections;
    },
    async people(_chatId, here) {
      return new Set(here).size;
    },
  };
}
