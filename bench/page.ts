import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { WebSocket } from 'ws';
import { createChat, signIn } from './contenders/shoal-client.ts';
import { tasksDuring } from './main-thread.ts';
import { ServerProcess } from './processes/server-process.ts';

/**
 * Run it by `node bench/page.ts`: the CPU time of the tasks of a page's main thread while a hundred changes a second arrive in a chat of
 * which it shows 300 messages. On a busy machine frames are fewer and show more, so only runs beside each other can be compared.
 */

const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';
const ROWS = 300;
const SECONDS = 10;
const EVERY_MS = 10;
/** A task of this length is a delay that a reader notices. */
const LONG_MS = 50;

const server = await ServerProcess.start({
  file: 'src/composition/main.ts',
  env: { PORT: '0', DATABASE_URL: 'memory:', RATE_LIMITS: 'off' },
});
const url = `http://127.0.0.1:${server.port}`;
const cookie = await signIn(server.port, 'ada');
const chat = await createChat(server.port, { cookie, name: 'Changes' });
/** The latest revision of each message, which edits name. */
const revisions = new Map<number, number>();
const socket = await connect();
const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--disable-gpu'] });
const page = await open();
await post(ROWS);
await page.locator(`article[data-position="${ROWS}"]`).waitFor({ state: 'attached' });
report(await tasksDuring(browser, change));
await browser.close();
socket.terminate();
await server.stop();

async function connect(): Promise<WebSocket> {
  const opened = new WebSocket(`${url.replace('http', 'ws')}/chatsocket/${chat}`, ['chat.v1'], { headers: { cookie } });
  opened.on('message', (data) => {
    const frame = JSON.parse(data.toString());
    const { position, revision } = frame.message ?? frame;
    if (position !== undefined) revisions.set(position, revision);
  });
  await new Promise((resolve) => opened.once('message', resolve));
  return opened;
}

async function open() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url }]);
  const opened = await context.newPage();
  await opened.goto(`${url}/chat/${chat}`);
  return opened;
}

function send(frame: object, n: number): void {
  socket.send(JSON.stringify({ ...frame, client_id: `c-${n}` }));
}

/** Every fifth has formatting. */
function textOf(n: number): string {
  return n % 5 === 0 ? `**message ${n}** with \`code\` and https://example.org/${n}` : `message ${n}, as long as most`;
}

async function post(count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    send({ type: 'post', text: textOf(n) }, n);
    if (n % 20 === 0) await delay(EVERY_MS);
  }
}

/** Posts, and twice as many edits and reactions of messages that are shown. */
async function change(): Promise<void> {
  const begun = performance.now();
  for (let n = 0; n < (SECONDS * 1_000) / EVERY_MS; n += 1) {
    const wait = begun + n * EVERY_MS - performance.now();
    if (wait > 0) await delay(wait);
    send(changeOf(n), ROWS + 1 + n);
  }
  await delay(500);
}

function changeOf(n: number): object {
  if (n % 5 === 0) return { type: 'post', text: textOf(n) };
  const position = ROWS - ((n * 7) % 200);
  if (n % 5 < 3) return { type: 'react', position, emoji: ['👍', '🎉', '❤️'][n % 3], on: n % 2 === 0 };
  return { type: 'edit', position, text: textOf(1_000 + n), revision: revisions.get(position) };
}

function report(tasks: readonly number[]): void {
  const over = (ms: number) => tasks.filter((task) => task > ms).length;
  const perSecond = tasks.reduce((sum, task) => sum + task, 0) / SECONDS;
  console.log(
    `${over(1)} tasks over 1 ms of CPU time, ${over(LONG_MS)} over ${LONG_MS} ms; ${perSecond.toFixed(0)} ms a second`,
  );
  console.log(
    `the longest: ${tasks
      .slice(0, 10)
      .map((task) => task.toFixed(0))
      .join(', ')} ms`,
  );
}
