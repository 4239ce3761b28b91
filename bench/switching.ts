import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { createChat, signIn } from './contenders/shoal-client.ts';
import { tasksDuring } from './main-thread.ts';
import { ServerProcess } from './processes/server-process.ts';

/**
 * Run it by `node bench/switching.ts`: the time from a click or a key to the first frame that shows another chat, in a page whose CPU is
 * slowed down to a quarter, with 60 chats of 60 messages. Warm is a switch whose chat was fetched while the pointer was at its card; cold
 * is the first switch of a page, by a key, which loads the script for it too. On a busy machine all figures grow, the CPU time of the page's
 * main thread least, of which slowing down makes four times as much.
 */

const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';
const CHATS = 60;
const MESSAGES = 60;
const SLOWER = 4;
const RUNS = 15;

interface Switch {
  readonly painted: number;
  /** CPU time of the page's main thread. */
  readonly cpu: number;
}

/** Notes the time from each click or key to the frame after the one in which another chat was shown. */
const WATCH = `(() => {
  let begun = 0;
  for (const type of ['click', 'keydown']) addEventListener(type, ({ timeStamp }) => { begun = timeStamp; }, { capture: true });
  globalThis.painted = Promise.withResolvers();
  new MutationObserver((changes) => {
    const isSwitched = changes.some(({ addedNodes }) => [...addedNodes].some((node) => node.matches?.('main[data-chat-id]')));
    if (isSwitched) requestAnimationFrame(() => setTimeout(() => { painted.resolve(performance.now() - begun); }));
  }).observe(document.body, { childList: true });
})()`;

const server = await ServerProcess.start({
  file: 'src/composition/main.ts',
  env: { PORT: '0', DATABASE_URL: 'memory:', RATE_LIMITS: 'off' },
});
const url = `http://127.0.0.1:${server.port}`;
const cookie = await signIn(server.port, 'ada');
const chats: number[] = [];
for (let n = 1; n <= CHATS; n += 1) chats.push(await filledChat(n));
const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--disable-gpu'] });
report('switch warm', await warm(browser));
report('switch cold', await cold(browser));
await browser.close();
await server.stop();

async function filledChat(n: number): Promise<number> {
  const chat = await createChat(server.port, { cookie, name: `Chat ${n}` });
  for (let m = 1; m <= MESSAGES; m += 1) {
    const text =
      m % 5 === 0
        ? `**message ${m}** with \`code\` and https://example.org/${m}`
        : `message ${m} of chat ${n}, as long as most`;
    const headers = { cookie, 'content-type': 'application/json' };
    await fetch(`${url}/chat/${chat}/messages`, { method: 'POST', headers, body: JSON.stringify({ text }) });
  }
  return chat;
}

async function open(opened: BrowserContext): Promise<Page> {
  const [name = '', value = ''] = cookie.split('=');
  await opened.addCookies([{ name, value, url }]);
  const page = await opened.newPage();
  const session = await opened.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(`${url}/chat/${chats[0]}`, { waitUntil: 'networkidle' });
  await page.evaluate(WATCH);
  return page;
}

async function switchBy(page: Page, act: () => Promise<void>): Promise<Switch> {
  let painted = 0;
  const tasks = await tasksDuring(browser, async () => {
    await act();
    painted = await page.evaluate<number>(
      'painted.promise.finally(() => { globalThis.painted = Promise.withResolvers(); })',
    );
  });
  return { painted, cpu: tasks.reduce((sum, task) => sum + task, 0) };
}

async function warm(running: Browser): Promise<readonly Switch[]> {
  const opened = await running.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
  const page = await open(opened);
  const times: Switch[] = [];
  // The first two runs warm the scripts up.
  for (let run = -2; run < RUNS; run += 1) {
    const chat = chats.at(-2 - ((run + 2) % 6));
    const link = page.locator(`[data-chat="${chat}"] .card-link`);
    const fetched = page.waitForResponse((response) => response.url() === `${url}/chat/${chat}`);
    await link.hover();
    await (await fetched).finished();
    const time = await switchBy(page, () => link.click());
    if (run >= 0) times.push(time);
  }
  await opened.close();
  return times;
}

async function cold(running: Browser): Promise<readonly Switch[]> {
  const times: Switch[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const opened = await running.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
    const page = await open(opened);
    times.push(await switchBy(page, () => page.keyboard.press('Alt+ArrowUp')));
    await opened.close();
  }
  return times;
}

function report(what: string, times: readonly Switch[]): void {
  const [painted, cpu] = (['painted', 'cpu'] as const).map((name) => times.map((time) => time[name]));
  console.log(`${what}: ${words(painted)}; main thread: ${words(cpu)} (CPU ×${SLOWER}, ${RUNS} runs)`);
}

function words(times: readonly number[] = []): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(0);
  return `median ${at(0.5)} ms, ${at(0)} at least, 90 % within ${at(0.9)}`;
}
