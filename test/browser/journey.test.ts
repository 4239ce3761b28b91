import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../system/server-process.ts';
import { hasNoBrowser, launch } from './visit.ts';

const artefacts = fileURLToPath(new URL('../artefacts/', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'shoal-browser-'));
const env = { DATABASE_URL: `sqlite:${join(directory, 'journey.db')}` };

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true };

let browser: Browser;
let server: ServerProcess;
const problems: string[] = [];
let serverIsAway = false;

beforeAll(async () => {
  if (hasNoBrowser) return;
  mkdirSync(artefacts, { recursive: true });
  server = await ServerProcess.start(env);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop('SIGKILL');
  rmSync(directory, { recursive: true });
});

/** A visitor with cookies of their own, whose console must stay clean, but for what fails while the server is away. */
async function visitor(options: BrowserContextOptions): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: server.url, ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (line) => {
    if (line.type() !== 'error' || line.text().includes('WebSocket')) return;
    if (serverIsAway && line.text().includes('net::ERR_')) return;
    problems.push(line.text());
  });
  page.on('dialog', (dialog) => problems.push(`a ${dialog.type()} dialog`));
  return { context, page };
}

async function signIn(page: Page, username: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill('a good password');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const say = async (page: Page, text: string) => {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
};
const messages = (page: Page) => page.getByRole('log').getByRole('article');
const shot = (page: Page, name: string) => page.screenshot({ path: join(artefacts, `${name}.png`) });
const connected = (page: Page) =>
  page.getByRole('status').filter({ hasText: 'Connected' }).waitFor({ state: 'attached' });

describe.skipIf(hasNoBrowser)('two people in two browsers', () => {
  it('meet by an invite link, talk live, and find everything again after a restart', async () => {
    const ada = await visitor({ ...DESKTOP, colorScheme: 'light' });
    await ada.page.goto('/');
    await shot(ada.page, 'sign-in');
    await signIn(ada.page, 'ada');
    await ada.page.waitForURL('/');
    await shot(ada.page, 'home-empty');

    await ada.page.getByRole('button', { name: 'New chat' }).click();
    await ada.page.getByLabel('Chat name').fill('Harbour <b>');
    await ada.page.getByLabel('Chat name').press('Enter');
    await ada.page.waitForURL('/chat/*');
    await connected(ada.page);

    await ada.page.getByRole('button', { name: 'Create invite link' }).click();
    await ada.page.getByLabel('Link').waitFor();
    const link = await ada.page.getByLabel('Link').inputValue();
    expect(link).toMatch(/\/invite\/[\w-]{22,}$/);
    await shot(ada.page, 'invite');
    await ada.page.keyboard.press('Escape');

    const bob = await visitor({ ...PHONE, colorScheme: 'dark' });
    await bob.page.goto(link);
    await bob.page.getByRole('heading', { name: 'Join Harbour <b>?' }).waitFor();
    await signIn(bob.page, 'bob');
    await bob.page.getByRole('button', { name: 'Join' }).click();
    await bob.page.waitForURL('/chat/*');
    await connected(bob.page);
    await messages(ada.page).filter({ hasText: 'bob joined' }).waitFor();
    await ada.page.getByText('2 members').waitFor();

    await say(ada.page, 'Ahoy <i>bob</i> 🐟');
    await messages(bob.page).filter({ hasText: 'Ahoy <i>bob</i> 🐟' }).waitFor();
    await bob.page.getByRole('textbox', { name: 'Message' }).fill('Ahoy yourself');
    await bob.page.getByRole('button', { name: 'Send' }).click();
    await messages(ada.page).filter({ hasText: 'Ahoy yourself' }).waitFor();
    expect(await messages(ada.page).count()).toBe(3);
    await shot(ada.page, 'chat-desktop-light');
    await shot(bob.page, 'chat-phone-dark');

    serverIsAway = true;
    await server.stop();
    await say(ada.page, 'Said while the server was away');
    server = await restartOnSamePort(server);
    await ada.page.goto(server.url);
    await ada.page.getByRole('link', { name: 'Harbour <b>' }).click();
    await connected(ada.page);
    await messages(ada.page).filter({ hasText: 'Said while the server was away' }).waitFor();
    await messages(bob.page).filter({ hasText: 'Said while the server was away' }).waitFor();
    serverIsAway = false;
    await ada.page.reload();
    const texts = await messages(ada.page).allInnerTexts();
    expect(texts.map((text) => text.replace(/\s+/g, ' '))).toEqual([
      expect.stringContaining('bob joined'),
      expect.stringContaining('Ahoy <i>bob</i> 🐟'),
      expect.stringContaining('Ahoy yourself'),
      expect.stringContaining('Said while the server was away'),
    ]);
    await shot(ada.page, 'after-restart');

    await ada.page.getByRole('button', { name: 'Log out' }).click();
    await ada.page.waitForURL('/auth');
    expect(problems).toEqual([]);
  });

  it('lose nothing of what is typed fast, and can answer from a page of the past', async () => {
    const { context, page } = await visitor(DESKTOP);
    await page.goto('/');
    await signIn(page, 'dee');
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByLabel('Chat name').fill('Hasty');
    await page.getByLabel('Chat name').press('Enter');
    await page.waitForURL('/chat/*');
    await connected(page);

    const typed = Array.from({ length: 60 }, (_, index) => `m${index}`);
    await page.getByRole('textbox', { name: 'Message' }).focus();
    await page.keyboard.type(`${typed.join('\n')}\n`);
    await page.locator('[data-position="60"]').waitFor();
    expect(await page.locator('.message-text').allInnerTexts()).toEqual(typed);

    await page.goto(`${page.url()}?before=30`);
    await say(page, 'From the past');
    await messages(page).filter({ hasText: 'From the past' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('can do all but hear each other live without script', async () => {
    const { context, page } = await visitor({ ...DESKTOP, javaScriptEnabled: false });
    await page.goto('/');
    await signIn(page, 'cyd');
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByLabel('Chat name').fill('Quiet');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL('/chat/*');
    await page.getByRole('textbox', { name: 'Message' }).fill('No script needed');
    await page.getByRole('button', { name: 'Send' }).click();
    await messages(page)
      .filter({ hasText: /^\s*cyd\s+No script needed\s+\d\d:\d\d UTC\s+More\s*$/ })
      .waitFor();
    await page.getByRole('button', { name: 'Create invite link' }).click();
    expect(await page.getByLabel('Link').inputValue()).toContain('/invite/');
    await shot(page, 'invite-without-script');
    await page.goto('/');
    await page.getByRole('link', { name: 'Quiet' }).click();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL('/auth');
    await context.close();
  });
});

/** Clients come back to the address they know. */
function restartOnSamePort(stopped: ServerProcess): Promise<ServerProcess> {
  return ServerProcess.start({ ...env, PORT: new URL(stopped.url).port });
}
