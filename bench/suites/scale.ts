import type { Suite } from '../bench.ts';
import { startShoal } from '../contenders/shoal.ts';
import type { SerialTarget } from '../load/tasks.ts';
import { generate } from '../processes/generate.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import { copyOf, emptyPlaceOf } from '../stored/scratch.ts';
import { tokenOf, writeShoalDatabase } from '../stored/shoal-database.ts';

const SIZES = [
  { database: 'thousand.db', subject: '1,000 messages', messages: 1_000 },
  { database: 'million.db', subject: '1,000,000 messages', messages: 1_000_000 },
] as const;
const REPETITIONS = 300;

/** Whether what is stored makes anything slower: one chat with a thousand messages, and one with a million. */
export const scale: Suite = {
  name: 'scale',
  async prepare() {
    for (const { database, messages } of SIZES) {
      await writeShoalDatabase(emptyPlaceOf(database), { groups: 1, chatsPerGroup: 1, messagesPerChat: messages });
    }
  },
  async round(round, bench) {
    const servers: ServerProcess[] = [];
    for (const { database } of SIZES) servers.push(await startShoal(copyOf(database)));
    const result = await generate({ kind: 'serial', servers: servers.map(onlyChat), repetitions: REPETITIONS });
    for (const server of servers) await server.stop();
    for (const [index, { subject }] of SIZES.entries()) {
      const { post = Number.NaN, page = Number.NaN, cpu = Number.NaN } = result.servers[index] ?? {};
      const startMs = servers[index]?.startMs ?? Number.NaN;
      bench.record({ suite: 'scale', subject, contender: 'shoal', round, values: { startMs, post, page, cpu } });
    }
  },
};

function onlyChat({ pid, port }: ServerProcess): SerialTarget {
  const headers = `Cookie: session_token=${tokenOf(1)}\r\n`;
  const path = '/chatsocket/1';
  const chats = [{ path, resumePath: path, members: [headers] }];
  return { target: { pid, port, dialect: 'shoal', chats }, page: { path: '/chat/1', headers } };
}
