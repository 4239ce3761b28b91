import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { createChat, signIn } from './contenders/shoal-client.ts';
import { cpuSeconds } from './load/server-stats.ts';
import { ServerProcess } from './processes/server-process.ts';

/** Run it by `node bench/changes.ts`: what an edit, a reaction and a deletion cost in CPU time of the server, as multiples of a post. */

const FOLLOWERS = 50;
const MESSAGES = 2_000;
/** Commands on their way at the same time. */
const WINDOW = 16;
const ROUNDS = 5;

type Command = (position: number) => object;

/** `revision` is of the chat's newest change: every message is older, so that no edit is in conflict. */
const KINDS: readonly (readonly [string, (n: number) => Command])[] = [
  ['post', (n) => () => ({ type: 'post', text: `message ${n}, as long as most of them are in a chat` })],
  [
    'edit',
    (n) => (position) => ({
      type: 'edit',
      position,
      text: `edited ${n}, as long as most of them are`,
      revision: position,
    }),
  ],
  ['react', () => (position) => ({ type: 'react', position, emoji: '👍', on: true })],
  ['delete', () => (position) => ({ type: 'delete', position })],
];

const directory = mkdtempSync(join(tmpdir(), 'shoal-bench-'));
const env = { PORT: '0', DATABASE_URL: `sqlite:${join(directory, 'bench.db')}`, RATE_LIMITS: 'off' };
const server = await ServerProcess.start({ file: 'src/composition/main.ts', env });
const cookie = await signIn(server.port, 'ada');
const costs = new Map<string, number[]>(KINDS.map(([name]) => [name, []]));
for (let round = 0; round < ROUNDS; round += 1) await measure();
await server.stop();
rmSync(directory, { recursive: true });

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const post = median(costs.get('post') ?? []);
for (const [name, values] of costs) {
  const micros = median(values);
  console.log(`${name.padEnd(8)} ${micros.toFixed(0).padStart(5)} µs  ${(micros / post).toFixed(2)} × a post`);
}

/** One chat, in which each kind of command goes over all messages in turn. */
async function measure(): Promise<void> {
  const chat = await createChat(server.port, { cookie, name: 'Changes' });
  const sockets = await Promise.all(Array.from({ length: FOLLOWERS + 1 }, () => connect(chat)));
  const [sender] = sockets;
  if (!sender) throw new Error('There is a sender.');
  let revision = 0;
  for (const [name, command] of KINDS) {
    const before = cpuSeconds(server.pid);
    for (let n = 0; n < MESSAGES; n += WINDOW) {
      const size = Math.min(WINDOW, MESSAGES - n);
      for (let k = 0; k < size; k += 1) {
        const frame = command(n + k)(n + k + 1);
        sender.send(JSON.stringify({ ...frame, client_id: `${name}-${n + k}` }));
      }
      revision += size;
      await reached(sender, revision);
    }
    costs.get(name)?.push(((cpuSeconds(server.pid) - before) / MESSAGES) * 1e6);
  }
  for (const socket of sockets) socket.terminate();
}

function connect(chat: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/chatsocket/${chat}`, ['chat.v1'], {
    headers: { cookie },
  });
  return new Promise((resolve, reject) => {
    socket.once('message', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Resolves when the change of this revision has come. */
function reached(socket: WebSocket, revision: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const hear = (data: Buffer) => {
      const frame = JSON.parse(data.toString());
      if (frame.type === 'refused') reject(new Error(frame.detail));
      if ((frame.message ?? frame).revision !== revision) return;
      socket.off('message', hear);
      resolve();
    };
    socket.on('message', hear);
  });
}
