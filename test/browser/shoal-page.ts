import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { LocalServer } from './local-server.ts';

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const TABLET = { viewport: { width: 768, height: 1024 } };
export const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };

/** A server with someone who is in some chats, of which the first has been talked in. */
export interface Shoal {
  readonly server: LocalServer;
  /** Cookies by name of who holds them. */
  readonly cookie: string;
  readonly newcomer: string;
  readonly chats: readonly number[];
}

export async function startShoal(chatCount: number): Promise<Shoal> {
  const server = await LocalServer.start();
  const [cookie, other, newcomer] = await Promise.all(['ada', 'bob', 'eve'].map((name) => server.signIn(name)));
  if (!cookie || !other || !newcomer) throw new Error('Nobody could sign in.');
  const chats = [await server.newChat(cookie, other)];
  const json = { 'content-type': 'application/json' };
  for (let n = 2; n <= chatCount; n++) {
    const body = JSON.stringify({ chat_name: `Berth ${n}` });
    const created = await server.fetch('/newchat', { method: 'POST', headers: { cookie, ...json }, body });
    chats.push(((await created.json()) as { id: number }).id);
  }
  const texts = ['Ahoy', 'Ahoy yourself', 'https://example.org/a/very/long/address', 'x'.repeat(400), 'See you'];
  for (const [index, text] of texts.entries()) {
    const headers = { ...json, cookie: index % 2 === 0 ? cookie : other };
    await server.fetch(`/chat/${chats[0]}/messages`, { method: 'POST', headers, body: JSON.stringify({ text }) });
  }
  return { server, cookie, newcomer, chats };
}

export async function open(
  browser: Browser,
  shoal: Shoal,
  { path, cookie = shoal.cookie, ...options }: BrowserContextOptions & { path: string; cookie?: string | null },
): Promise<Page> {
  const context = await browser.newContext({ baseURL: shoal.server.url, serviceWorkers: 'block', ...options });
  const [name = '', value = ''] = cookie?.split('=') ?? [];
  if (cookie) await context.addCookies([{ name, value, url: shoal.server.url }]);
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

/** What the page answers to an expression of its own. */
export const ask = <T>(page: Page, expression: string): Promise<T> => page.evaluate<T>(expression);
