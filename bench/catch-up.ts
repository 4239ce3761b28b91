import { createChat, invite, redeem, signIn } from './contenders/shoal-client.ts';
import { ServerProcess } from './processes/server-process.ts';
import { emptyPlaceOf } from './stored/scratch.ts';

/**
 * Run it by `node bench/catch-up.ts`: how long the page of what was missed takes, and the same as JSON, for a reader with 2,000 unread
 * messages in 20 chats, every tenth of which mentions the reader, answers them, has reactions or is pinned; in one SQLite file. With
 * DATABASE_URL set, in that empty database.
 */

const CHATS = 20;
const UNREAD = 2_000;
const REPETITIONS = 100;

const server = await ServerProcess.start({
  file: 'src/composition/main.ts',
  env: {
    PORT: '0',
    DATABASE_URL: process.env.DATABASE_URL ?? `sqlite:${emptyPlaceOf('catch-up.db')}`,
    RATE_LIMITS: 'off',
  },
});
const url = `http://127.0.0.1:${server.port}`;
const [writer, reader] = [await signIn(server.port, 'writer'), await signIn(server.port, 'reader')];
for (let n = 0; n < CHATS; n += 1) await fill(n);
for (const accept of ['application/json', 'text/html']) report(accept, await timesOf(accept));
await server.stop();

async function fill(n: number): Promise<void> {
  const chat = await createChat(server.port, { cookie: writer, name: `Chat ${n}` });
  await redeem(server.port, { cookie: reader, code: await invite(server.port, { cookie: writer, chat }) });
  const question = await post(chat, reader, { text: 'a question' });
  for (let at = 0; at < UNREAD / CHATS; at += 1) {
    const text = at % 10 === 0 ? '@reader, have a look' : `message ${at}, as long as most of them are`;
    const position = await post(chat, writer, { text, ...(at % 10 === 1 && { reply_to: question }) });
    if (at % 10 === 2) await send(`/chat/${chat}/messages/${position}/reactions/👍`, { method: 'PUT' });
    if (at % 10 === 3) await send(`/chat/${chat}/pins/${position}`, { method: 'PUT' });
  }
}

async function post(chat: number, cookie: string, message: object): Promise<number> {
  const headers = { cookie, 'content-type': 'application/json' };
  const answer = await send(`/chat/${chat}/messages`, { method: 'POST', headers, body: JSON.stringify(message) });
  return Number(Reflect.get(JSON.parse(answer), 'position'));
}

async function send(path: string, init: RequestInit): Promise<string> {
  const response = await fetch(url + path, { headers: { cookie: writer }, ...init });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.text();
}

/** In milliseconds, in ascending order. */
async function timesOf(accept: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (let n = 0; n < REPETITIONS; n += 1) {
    const started = performance.now();
    await send('/catch-up', { headers: { cookie: reader, accept } });
    times.push(performance.now() - started);
  }
  return times.toSorted((one, other) => one - other);
}

function report(accept: string, times: readonly number[]): void {
  const [median = 0, slowest = 0] = [times[Math.floor(times.length / 2)], times.at(-1)];
  console.log(`${accept}: ${median.toFixed(1)} ms, the slowest of ${times.length} ${slowest.toFixed(1)} ms`);
}
