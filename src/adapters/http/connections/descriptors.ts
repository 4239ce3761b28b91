import { readFileSync } from 'node:fs';

/** Kept for the database, the log and whatever else the process opens. */
const RESERVED = 64;

/** Number of connections that the process has descriptors for; infinite where the system does not say. */
export function maxConnections(): number {
  const limit = readLimit();
  return Math.max(1, limit - Math.max(RESERVED, limit / 10));
}

function readLimit(): number {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
