import type { Exports } from '../../application/ports/exports.ts';
import type { Tables } from './tables.ts';

export function makeMemoryExports({ exports, users }: Tables): Exports {
  return {
    async claim(userId, { lease, now, until }) {
      users.require(userId);
      const running = exports.current.get(userId);
      if (running && running.lease !== lease && running.until > now) return false;
      exports.put(userId, { lease, until });
      return true;
    },

    async release(userId, lease) {
      if (exports.current.get(userId)?.lease === lease) exports.remove(userId);
    },
  };
}
