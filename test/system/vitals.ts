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

/** Milliseconds of all its threads on a core, which other processes do not add to. */
export function cpuMsOf({ child }: Pick<ServerProcess, 'child'>): number {
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
  // From the third field on: the second, the name, may have spaces in it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Milliseconds for which the main threads of these processes were ready to run while others had the cores. */
export function waitedForCpuMs(...pids: readonly (number | undefined)[]): number {
  const waits = pids.map((pid) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]));
  return waits.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

/** For a server whose memory is looked at: with much room its collector would let garbage lie, and it would look like a leak. */
export const COLLECT_SOON = { NODE_OPTIONS: '--max-old-space-size=64 --max-semi-space-size=4' };
