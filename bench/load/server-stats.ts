import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** User and system time that all threads of a process have had, in seconds, to the nanosecond where the kernel says. */
export function cpuSeconds(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ', 1)[0]);
  }
  return nanoseconds / 1e9;
}

/** The same of a process and of those that it has started and that are still there. */
export function cpuSecondsWithChildren(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
  return cpuSeconds(pid) + children.reduce((sum, child) => sum + ifThere(child, cpuSeconds), 0);
}

function ifThere(pid: number, figure: (pid: number) => number): number {
  try {
    return figure(pid);
  } catch {
    return 0;
  }
}

/** Resident memory in bytes. */
export function rss(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes) * 1024;
}

/** Resident memory once garbage is gone: the servers of the memory suites collect it when signalled. */
export async function settledRss(pid: number): Promise<number> {
  await sleep(500);
  for (let times = 0; times < 2; times++) {
    process.kill(pid, 'SIGUSR2');
    await sleep(750);
  }
  return rss(pid);
}
