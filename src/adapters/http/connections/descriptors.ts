import { readFileSync } from 'node:fs';

/** Descriptors left for the database, the log and other files. */
const RESERVED = 64;

/** Maximum connections by the process's limit of descriptors; infinite where the system does not tell the limit. */
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
