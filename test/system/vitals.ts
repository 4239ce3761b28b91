import { readdirSync, readFileSync } from 'node:fs';
import type { ServerProcess } from './server-process.ts';

/** What a process holds, as the system counts it. */
export interface Vitals {
  readonly rssMiB: number;
  readonly descriptors: number;
}

export function vitalsOf({ child }: Pick<ServerProcess, 'child'>): Vitals {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const kib = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  return { rssMiB: kib / 1024, descriptors: readdirSync(`/proc/${child.pid}/fd`).length };
}

/** For a server whose memory is looked at: with much room its collector would let garbage lie, and it would look like a leak. */
export const COLLECT_SOON = { NODE_OPTIONS: '--max-old-space-size=64 --max-semi-space-size=4' };
