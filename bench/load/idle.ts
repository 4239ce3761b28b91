import { Crowd, NOT_LISTENING } from './crowd.ts';
import { settledRss } from './server-stats.ts';
import type { IdleResult, IdleTask } from './tasks.ts';

/** What a socket that follows a chat and says nothing costs the server, in resident memory. */
export async function runIdle({ target, sockets }: IdleTask): Promise<IdleResult> {
  // So that everything is loaded that a socket needs.
  const first = crowd(target, 1);
  await first.connect();
  await first.leave();
  const before = await settledRss(target.pid);
  const idle = crowd(target, sockets);
  await idle.connect();
  const after = await settledRss(target.pid);
  await idle.leave();
  return { bytesPerSocket: (after - before) / sockets };
}

function crowd(target: IdleTask['target'], sockets: number): Crowd {
  return new Crowd(target, Math.ceil(sockets / target.chats.length), NOT_LISTENING);
}
