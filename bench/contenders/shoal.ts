import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ChatTarget } from '../load/tasks.ts';
import { ServerProcess } from '../processes/server-process.ts';
import { emptyPlaceOf } from '../stored/scratch.ts';
import type { Contender } from './contender.ts';
import { createChat, invite, redeem, revisionOf, signIn } from './shoal-client.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** What `npm start` runs: `node`, its flags, and the file. */
const START = /"start": "exec node (?<flags>.*?)(?<main>src\S+)"/;
const MEMBERS = 4;

/** This server as shipped, but for the rate limits, which no benchmark on one host would get past. */
export const shoal: Contender = {
  name: 'shoal',
  async start({ chats, nodeFlags = [] }) {
    const database = emptyPlaceOf('fanout.db');
    const server = await startShoal(database, nodeFlags);
    const made = await makeChats(server.port, chats);
    return {
      server,
      target: { pid: server.pid, port: server.port, dialect: 'shoal', chats: made },
      async stop() {
        await server.stop();
        return { database };
      },
    };
  },
};

export const startShoal = (database: string, nodeFlags: readonly string[] = []): Promise<ServerProcess> =>
  startShoalOn({ DATABASE_URL: `sqlite:${database}` }, nodeFlags);

/** With the flags that it is shipped with, and maybe more. */
export function startShoalOn(
  stores: { readonly DATABASE_URL: string; readonly REDIS_URL?: string },
  nodeFlags: readonly string[] = [],
): Promise<ServerProcess> {
  const { flags = '', main } = START.exec(readFileSync(`${PROJECT}package.json`, 'utf8'))?.groups ?? {};
  if (main === undefined) throw new Error('package.json does not say how to start');
  const shipped = flags.split(' ').filter((flag) => flag !== '');
  const env = { PORT: '0', HOST: '127.0.0.1', RATE_LIMITS: 'off', ...stores };
  return ServerProcess.start({ file: `${PROJECT}${main}`, env, nodeFlags: [...shipped, ...nodeFlags] });
}

/** Chats that the same few people are members of. */
export async function makeChats(port: number, count: number): Promise<readonly ChatTarget[]> {
  const members = await Promise.all(Array.from({ length: MEMBERS }, (_, index) => signIn(port, `bench-${index + 1}`)));
  const made: ChatTarget[] = [];
  for (let index = 1; index <= count; index++) made.push(await makeChat(port, { name: `Chat ${index}`, members }));
  return made;
}

async function makeChat(port: number, { name, members }: { name: string; members: readonly string[] }) {
  const [owner = '', ...others] = members;
  const id = await createChat(port, { cookie: owner, name });
  const code = await invite(port, { cookie: owner, chat: id });
  for (const cookie of others) await redeem(port, { cookie, code });
  const revision = await revisionOf(port, { cookie: owner, chat: id });
  return {
    path: `/chatsocket/${id}`,
    resumePath: `/chatsocket/${id}?after=${revision}`,
    members: members.map((cookie) => `Cookie: ${cookie}\r\n`),
  };
}
