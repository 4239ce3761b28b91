import { Crowd, NOT_LISTENING } from './crowd.ts';
import { cpuSeconds, settledRss } from './server-stats.ts';
import type { StormResult, StormTask } from './tasks.ts';

/** All sockets come at once, as after a restart or a lost network; and again, and again. */
export async function runStorm({ target, sockets, storms }: StormTask): Promise<StormResult> {
  const loginsPerSecond: number[] = [];
  const loginsPerCpuSecond: number[] = [];
  const rss: number[] = [];
  for (let storm = 0; storm < storms; storm++) {
    const crowd = new Crowd(target, Math.ceil(sockets / target.chats.length), NOT_LISTENING);
    const start = performance.now();
    const cpu = cpuSeconds(target.pid);
    await crowd.connect();
    loginsPerSecond.push((sockets * 1000) / (performance.now() - start));
    loginsPerCpuSecond.push(sockets / (cpuSeconds(target.pid) - cpu));
    rss.push(await settledRss(target.pid));
    await crowd.leave();
  }
  return { loginsPerSecond, loginsPerCpuSecond, rss };
}
