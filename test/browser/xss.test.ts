import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { emojiOf } from '../../src/domain/messages/text/emoji-of.ts';
import { parseText } from '../../src/domain/messages/text/parse-text.ts';
import { plainText } from '../../src/domain/messages/text/plain-text.ts';
import { LocalServer } from './local-server.ts';
import { hasNoBrowser, launch, type Visit, visit } from './visit.ts';
import { chatNameOf, PAYLOADS, usernameOf } from './xss-payloads.ts';

/** A few have code or an escape in them. */
const SHOWN = PAYLOADS.map((text) => plainText(parseText(text, emojiOf)));

let browser: Browser;
let server: LocalServer;
let ada: string;
const people: Speaker[] = [];

beforeAll(async () => {
  if (hasNoBrowser) return;
  server = await LocalServer.start();
  browser = await launch();
  ada = await server.signIn('ada');
  for (const [n, text] of PAYLOADS.entries()) {
    const name = usernameOf(text, n);
    people.push({ name, text, cookie: await server.signIn(name) });
  }
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function postJson(path: string, cookie: string, value: unknown): Promise<unknown> {
  const headers = { cookie, 'content-type': 'application/json' };
  const response = await server.fetch(path, { method: 'POST', headers, body: JSON.stringify(value) });
  expect([path, response.status]).toEqual([path, 201]);
  return response.json();
}

const idOf = (made: unknown): number => z.object({ id: z.number() }).parse(made).id;
const say = (chat: number, cookie: string, text: string) => postJson(`/chat/${chat}/messages`, cookie, { text });
const newChat = async (cookie: string, chat_name: string) => idOf(await postJson('/newchat', cookie, { chat_name }));
const inviteTo = async (chat: number) =>
  z.object({ code: z.string() }).parse(await postJson(`/create_invite/${chat}`, ada, {})).code;

interface Speaker {
  readonly name: string;
  readonly text: string;
  readonly cookie: string;
}

/** Everybody, named by a payload and with one to say, comes into the chat. */
async function allJoin(chat: number): Promise<void> {
  const code = await inviteTo(chat);
  for (const { cookie } of people) await server.fetch(`/invite/${code}`, { headers: { cookie } });
}

const injected = (page: Page) => page.evaluate<readonly string[]>('watch.injected()');
const notIsolated = (page: Page) => page.evaluate<readonly string[]>('watch.notIsolated()');

const texts = (page: Page) =>
  page
    .locator('article:not(.notice) .message-text')
    .evaluateAll((all) => all.map(({ textContent }) => textContent ?? ''));
const authors = (page: Page) =>
  page
    .locator('article:not(.notice) .message-author')
    .evaluateAll((all) => all.map(({ textContent }) => textContent ?? ''));

async function isHarmless({ page, problems }: Visit): Promise<void> {
  expect(await injected(page)).toEqual([]);
  expect(await notIsolated(page)).toEqual([]);
  expect(problems).toEqual([]);
}

const connected = (page: Page) =>
  page.getByRole('status').filter({ hasText: 'Connected' }).waitFor({ state: 'attached' });

describe.skipIf(hasNoBrowser)(`XS-1: ${PAYLOADS.length} payloads`, () => {
  it('XS-1, XS-3: in messages and usernames are text, live', { timeout: 60_000 }, async () => {
    const chat = await newChat(ada, 'Live');
    const seen = await visit(browser, server.url, ada);
    await seen.page.goto(`/chat/${chat}`);
    await connected(seen.page);
    await allJoin(chat);
    for (const { cookie, text } of people) await say(chat, cookie, text);
    await seen.page.locator('article', { hasText: people.at(-1)?.text ?? '' }).waitFor();
    await expect.poll(() => texts(seen.page)).toEqual(SHOWN);
    expect(await authors(seen.page)).toEqual(people.map(({ name }) => name));
    await isHarmless(seen);
    await seen.context.close();
  });

  it('XS-1, XS-3: in messages of one’s own are text, pending and stored', { timeout: 60_000 }, async () => {
    const seen = await visit(browser, server.url, ada);
    await seen.page.goto(`/chat/${await newChat(ada, 'Own')}`);
    await connected(seen.page);
    // A text box makes one kind of line break of all, and a page that sends has none of the oldest control characters.
    for (const text of PAYLOADS) {
      await seen.page.getByRole('textbox', { name: 'Message' }).fill(text);
      await seen.page.getByRole('textbox', { name: 'Message' }).press('Enter');
    }
    await expect.poll(() => texts(seen.page), { timeout: 20_000 }).toEqual(SHOWN);
    await isHarmless(seen);
    await seen.page.reload();
    await isHarmless(seen);
    await seen.context.close();
  });

  it('XS-1, XS-3: in messages and usernames are text, as the server renders them', { timeout: 60_000 }, async () => {
    const chat = await newChat(ada, 'Rendered');
    await allJoin(chat);
    for (const { cookie, text } of people) await say(chat, cookie, text);
    const headers = { cookie: ada, 'content-type': 'application/json' };
    // Else the page would go to the first of them.
    await server.fetch(`/chat/${chat}/read`, { method: 'PUT', headers, body: JSON.stringify({ position: 10_000 }) });
    const seen = await visit(browser, server.url, ada);
    await seen.page.goto(`/chat/${chat}`);
    expect(await texts(seen.page)).toEqual(SHOWN.slice(-50));
    expect(await authors(seen.page)).toEqual(people.slice(-50).map(({ name }) => name));
    await isHarmless(seen);
    await seen.page.goto(`/chat/${chat}/members`);
    await isHarmless(seen);
    for (const { cookie } of people.slice(4, 10)) {
      const own = await visit(browser, server.url, cookie);
      for (const path of ['/', `/chat/${chat}`]) await own.page.goto(path);
      await isHarmless(own);
      await own.context.close();
    }
    await seen.context.close();
  });

  it('XS-1: in chat names are text, in every page that shows them and live', { timeout: 90_000 }, async () => {
    const names = [...new Set(PAYLOADS.map(chatNameOf))];
    const trudy = await server.signIn('trudy');
    const seen = await visit(browser, server.url, trudy);
    const ids: number[] = [];
    for (const name of names) ids.push(await newChat(trudy, name));
    await seen.page.goto('/');
    const shown = await seen.page.locator('.card-name').evaluateAll((all) => all.map(({ textContent }) => textContent));
    expect(shown.toSorted()).toEqual(names.toSorted());
    await isHarmless(seen);
    for (const [n, id] of ids.entries()) {
      await seen.page.goto(`/chat/${id}`, { waitUntil: 'domcontentloaded' });
      expect(await seen.page.locator('h1').textContent()).toContain(names[n]);
      expect(await injected(seen.page)).toEqual([]);
    }
    const renamed = ids.at(-1) ?? 0;
    await connected(seen.page);
    for (const chat_name of names.slice(0, -1)) {
      const headers = { cookie: trudy, 'content-type': 'application/json' };
      const body = JSON.stringify({ chat_name });
      expect((await server.fetch(`/chat/${renamed}/name`, { method: 'POST', headers, body })).status).toBe(200);
    }
    await expect.poll(() => seen.page.locator('article.notice').count()).toBe(names.length - 1);
    await isHarmless(seen);
    const invited = await server.fetch(`/create_invite/${ids[0]}`, { method: 'POST', headers: { cookie: trudy } });
    const { code } = z.object({ code: z.string() }).parse(await invited.json());
    const guest = await visit(browser, server.url, ada);
    await guest.page.setContent(`<a href="${new URL(`/invite/${code}`, server.url)}">From another site</a>`);
    await guest.page.getByRole('link').click();
    await guest.page.getByRole('button', { name: 'Join' }).waitFor();
    await isHarmless(guest);
    await guest.context.close();
    await seen.context.close();
  });
});

describe.skipIf(hasNoBrowser)('XS-2: the policy', () => {
  it('XS-2: is broken by nothing that people do, and kept by the browser', { timeout: 60_000 }, async () => {
    const seen = await visit(browser, server.url);
    const { page } = seen;
    await page.goto('/');
    await page.getByLabel('Username').fill('grace');
    await page.getByLabel('Password', { exact: true }).fill('a good password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByLabel('Chat name').fill('Harbour');
    await page.getByLabel('Chat name').press('Enter');
    await page.waitForURL('/chat/*');
    await connected(page);
    await page.getByRole('textbox', { name: 'Message' }).fill('See https://example.org/ 🐟');
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    await page.locator('article[data-position="1"]').waitFor();
    await page.getByRole('button', { name: 'Create invite link' }).click();
    await page.getByLabel('Link').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Link').waitFor({ state: 'hidden' });
    // What was open is taken out of the browser's history too, which takes its time.
    await page.getByRole('textbox', { name: 'Message' }).fill('And then?');
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    await page.locator('article[data-position="2"]').waitFor();
    await page.reload();
    await connected(page);
    await page.goto('/nowhere');
    expect(seen.problems.filter((problem) => !problem.includes('404'))).toEqual([]);

    await page.goto('/');
    const tried = await page.evaluate<readonly string[]>('watch.breakIn()');
    expect(new Set(tried)).toEqual(new Set(['TypeError']));
    await expect.poll(() => seen.problems.join('\n')).toContain('violation of require-trusted-types-for');
    await seen.context.close();
  });
});
