import { fileURLToPath } from 'node:url';
import { startShoal } from '../contenders/shoal.ts';
import type { PageRequest, PagesTask } from '../load/tasks.ts';
import { type Program, ServerProcess } from '../processes/server-process.ts';
import { MEMBERS, type Population } from '../stored/population.ts';
import { placeOf } from '../stored/scratch.ts';
import { tokenOf } from '../stored/shoal-database.ts';

export const SHOAL_DATABASE = 'pages.db';
export const EXPRESS_DATABASE = 'pages-express.db';
export const POPULATION: Population = { groups: 200, chatsPerGroup: 20, messagesPerChat: 50 };

export interface PageServer {
  readonly contender: string;
  readonly start: (nodeFlags: readonly string[]) => Promise<ServerProcess>;
  readonly subjects: readonly PageSubject[];
}

export interface PageSubject {
  readonly subject: string;
  readonly requests: readonly PageRequest[];
  readonly order: PagesTask['until']['order'];
  /** Looks at an answer; says how long all must at least be. */
  readonly check: (port: number, requests: readonly PageRequest[]) => Promise<number>;
}

const chatPages: readonly PageSubject[] = [
  { subject: 'warm', requests: chatsOfGroup(0), order: 'round and round', check: checkChatPage },
  {
    subject: 'cold',
    // The first group's have been seen by now.
    requests: Array.from({ length: POPULATION.groups - 1 }, (_, index) => chatsOfGroup(index + 1)).flat(),
    order: 'each once',
    check: checkChatPage,
  },
];

const hello: PageSubject = {
  subject: 'hello',
  requests: [{ path: '/', headers: '' }],
  order: 'round and round',
  check: async () => 'hello'.length,
};

export const pageServers: readonly PageServer[] = [
  { contender: 'shoal', start: (nodeFlags) => startShoal(placeOf(SHOAL_DATABASE), nodeFlags), subjects: chatPages },
  {
    contender: 'express',
    start: (nodeFlags) =>
      startProgram('express-ejs.ts', { nodeFlags, env: { BENCH_DATABASE: placeOf(EXPRESS_DATABASE) } }),
    subjects: chatPages,
  },
  { contender: 'node:http', start: (nodeFlags) => startProgram('hello.ts', { nodeFlags }), subjects: [hello] },
];

function startProgram(program: string, options: Omit<Program, 'file'>): Promise<ServerProcess> {
  return ServerProcess.start({ file: fileURLToPath(new URL(`../servers/${program}`, import.meta.url)), ...options });
}

function chatsOfGroup(group: number): readonly PageRequest[] {
  const headers = `Cookie: session_token=${tokenOf(group * MEMBERS + 1)}\r\n`;
  const first = group * POPULATION.chatsPerGroup + 1;
  return Array.from({ length: POPULATION.chatsPerGroup }, (_, index) => ({ path: `/chat/${first + index}`, headers }));
}

async function checkChatPage(port: number, [request]: readonly PageRequest[]): Promise<number> {
  const { path = '', headers = '' } = request ?? {};
  const cookie = headers.replace('Cookie: ', '').trim();
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie, accept: 'text/html' } });
  const page = await response.text();
  const messages = page.match(/<article/g)?.length ?? 0;
  if (messages !== POPULATION.messagesPerChat) throw new Error(`${path}: ${response.status}, ${messages} messages`);
  // Names and numbers are longer in some chats than in others.
  return Buffer.byteLength(page) * 0.9;
}
