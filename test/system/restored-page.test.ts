import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { box, connected, goOffline, texts, type } from '../browser/harbour.ts';
import { hasNoBrowser, launch, visit } from '../browser/visit.ts';
import { freePort } from '../free-port.ts';
import { run } from './database-command.ts';
import { say } from './fault-server.ts';
import { ServerProcess } from './server-process.ts';

const root = mkdtempSync(join(tmpdir(), 'shoal-restored-'));
let browser: Browser;
beforeAll(async () => {
  if (!hasNoBrowser) browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  rmSync(root, { recursive: true });
});

/** A server at one address, whatever database is served there. */
class Address {
  readonly path = join(mkdtempSync(join(root, 'test-')), 'chat.db');
  readonly backup = join(mkdtempSync(join(root, 'backup-')), 'backup.db');
  readonly #port: number;
  #server: ServerProcess | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  get server(): ServerProcess {
    if (!this.#server) throw new Error('No server runs.');
    return this.#server;
  }

  async start(path = this.path): Promise<void> {
    this.#server = await ServerProcess.start({ DATABASE_URL: `sqlite:${path}`, PORT: String(this.#port) });
    const { child } = this.#server;
    onTestFinished(() => void child.kill('SIGKILL'));
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }
}

async function enter(
  server: ServerProcess,
  cookie: string,
  chatId: number,
): Promise<{ page: Page; context: BrowserContext }> {
  const visited = await visit(browser, server.url, cookie);
  await visited.page.goto(`/chat/${chatId}`);
  await connected(visited.page);
  return visited;
}

/** The page's view of the chat, as against what the server has. */
async function historyOf({ url }: ServerProcess, chatId: number, cookie: string): Promise<string[]> {
  const response = await fetch(new URL(`/chat/${chatId}/messages?limit=100`, url), { headers: { cookie } });
  const { messages } = (await response.json()) as { messages: { text: string; kind: string }[] };
  return messages.filter(({ kind }) => kind === 'text').map(({ text }) => text);
}

describe.skipIf(hasNoBrowser)('a page that is open while the database is restored', () => {
  it.each([
    ['lower', ['lost 1', 'lost 2', 'lost 3'], ['new 1']],
    ['equal', ['lost 1', 'lost 2'], ['new 1', 'new 2']],
    ['higher', ['lost 1'], ['new 1', 'new 2', 'new 3']],
  ])('ST-1: shows what is there and nothing else, at a revision that is %s', async (_how, lost, added) => {
    const address = new Address(await freePort());
    await address.start();
    const cookie = await address.server.signIn('ada');
    const chatId = await address.server.newChat(cookie);
    await say(address.server, chatId, cookie, 'kept');
    expect((await run('backup', address.path, address.backup)).code).toBe(0);
    const { page, context } = await enter(address.server, cookie, chatId);
    for (const text of lost) await say(address.server, chatId, cookie, text);
    await page
      .getByRole('log')
      .getByText(lost.at(-1) ?? '')
      .waitFor();
    await page.evaluate('globalThis.isSamePage = true');
    await goOffline(page);
    await type(page, 'pending');
    await box(page).fill('a draft');
    await address.stop();
    expect((await run('restore', address.path, '--replace', address.backup)).code).toBe(0);
    await address.start();
    for (const text of added) await say(address.server, chatId, cookie, text);

    await context.setOffline(false);
    await expect.poll(() => texts(page), { timeout: 40_000 }).toEqual(['kept', ...added, 'pending']);
    await expect.poll(() => historyOf(address.server, chatId, cookie)).toEqual(['kept', ...added, 'pending']);
    await expect.poll(() => page.locator('article[data-state]').count()).toBe(0);
    expect(await box(page).inputValue()).toBe('a draft');
    expect(await page.evaluate('isSamePage')).toBe(true);
    await type(page, 'and on');
    await expect.poll(() => texts(page)).toEqual(['kept', ...added, 'pending', 'and on']);
    await context.close();
  });

  it('ST-1: shows no words of another installation at the same address, and sends none', async () => {
    const address = new Address(await freePort());
    await address.start();
    const ada = await address.server.signIn('ada');
    const chatId = await address.server.newChat(ada);
    const { page, context } = await enter(address.server, ada, chatId);
    await goOffline(page);
    await type(page, 'pending of Ada');
    await box(page).fill('a draft of Ada');
    await address.stop();
    await address.start(join(mkdtempSync(join(root, 'other-')), 'chat.db'));
    const eve = await address.server.signIn('eve');
    expect(await address.server.newChat(eve)).toBe(chatId);
    const [name = '', value = ''] = eve.split('=');
    await context.addCookies([{ name, value, url: address.server.url }]);
    await context.setOffline(false);
    await expect.poll(() => page.locator('main').getAttribute('data-username'), { timeout: 40_000 }).toBe('eve');
    await connected(page);
    expect(await box(page).inputValue()).toBe('');
    expect(await texts(page)).toEqual([]);
    expect(await historyOf(address.server, chatId, eve)).toEqual([]);

    await address.stop();
    await address.start();
    const [adaName = '', adaValue = ''] = ada.split('=');
    await context.addCookies([{ name: adaName, value: adaValue, url: address.server.url }]);
    await page.goto(`/chat/${chatId}`);
    await expect.poll(() => texts(page)).toEqual(['pending of Ada']);
    expect(await box(page).inputValue()).toBe('a draft of Ada');
    await context.close();
  });

  it('ST-1: gives no draft or pending post to a person or a chat that has come in the place of one that is lost', async () => {
    const address = new Address(await freePort());
    await address.start();
    const ada = await address.server.signIn('ada');
    expect((await run('backup', address.path, address.backup)).code).toBe(0);
    const chatId = await address.server.newChat(ada);
    const { page, context } = await enter(address.server, ada, chatId);
    await goOffline(page);
    await type(page, 'for the lost chat');
    await box(page).fill('a draft for the lost chat');
    await page.goto('about:blank');
    await address.stop();
    // As an operator may do it by hand.
    for (const suffix of ['-wal', '-shm']) rmSync(address.path + suffix, { force: true });
    copyFileSync(address.backup, address.path);
    await address.start();
    const next = await address.server.newChat(ada);
    await context.setOffline(false);
    await page.goto(new URL(`/chat/${next}`, address.server.url).href);
    await connected(page);
    expect(await box(page).inputValue()).toBe('');
    await type(page, 'in the new one');
    await expect.poll(() => historyOf(address.server, next, ada)).toEqual(['in the new one']);
    await context.close();
  });
});
