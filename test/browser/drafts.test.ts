import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../websocket/chat-server.ts';
import { anotherTab, box, connected, goOffline, Harbour, OFFLINE, texts, type } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const LONG = 'Dear all, this has become rather long and is not finished yet';

/** What is kept of what somebody wrote, in any installation and by anybody. */
const kept = (page: Page) =>
  page.evaluate<string>('Object.entries(localStorage).filter(([key]) => key.startsWith("shoal:")).join("\\n")');

const signIn = async (page: Page, username: string) => {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill('a good password');
  await page.getByRole('button', { name: 'Sign in' }).click();
};

async function become(context: BrowserContext, { cookie }: Person): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: harbour.server.url }]);
}

describe.skipIf(hasNoBrowser)('a draft in two tabs', () => {
  it('ST-2: is not erased by the other tab that sends a message', async () => {
    const chatId = await harbour.newChat();
    const first = await harbour.enter(harbour.ada, chatId);
    await box(first).fill(LONG);
    const second = await anotherTab(first.context(), first.url());
    expect(await box(second).inputValue()).toBe(LONG);
    await type(second, 'Short');
    await second.locator('article[data-position="2"]').waitFor();
    expect(await box(first).inputValue()).toBe(LONG);
    await first.reload();
    expect(await box(first).inputValue()).toBe(LONG);
    await second.reload();
    expect(await box(second).inputValue()).toBe(LONG);
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('ST-2: is each tab’s own once both have written, over reloads and other chats', async () => {
    const [chatId, other] = [await harbour.newChat(), await harbour.newChat()];
    const first = await harbour.enter(harbour.ada, chatId);
    const second = await anotherTab(first.context(), first.url());
    await box(first).fill('from the first');
    await box(second).fill('from the second');
    await first.goto(`/chat/${other}`);
    await second.reload();
    await first.goto(`/chat/${chatId}`);
    expect(await box(first).inputValue()).toBe('from the first');
    expect(await box(second).inputValue()).toBe('from the second');
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('ST-2: comes back one after the other when both tabs are gone, and not again once it was sent', async () => {
    const chatId = await harbour.newChat();
    const first = await harbour.enter(harbour.ada, chatId);
    const context = first.context();
    const second = await anotherTab(context, first.url());
    await box(first).fill('from the first');
    await box(second).fill('from the second');
    await first.close();
    await second.close();
    for (const text of ['from the second', 'from the first', '']) {
      const page = await anotherTab(context, `/chat/${chatId}`);
      await expect.poll(() => box(page).inputValue()).toBe(text);
      if (text !== '') await box(page).press('Enter');
      if (text !== '') await page.locator('article').filter({ hasText: text }).waitFor();
      await page.close();
    }
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('ST-2: is a copy of the other tab’s until it is written in, and goes when that one sends it', async () => {
    const chatId = await harbour.newChat();
    const first = await harbour.enter(harbour.ada, chatId);
    await box(first).fill('on its way');
    const second = await anotherTab(first.context(), first.url());
    await box(first).press('Enter');
    await expect.poll(() => box(second).inputValue()).toBe('');
    await second.reload();
    expect(await box(second).inputValue()).toBe('');
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('ST-2: stays in both where a tab was duplicated, and where the browser has no locks', async () => {
    const chatId = await harbour.newChat();
    const first = await harbour.enter(harbour.ada, chatId);
    const context = first.context();
    await context.addInitScript('Object.defineProperty(navigator, "locks", { value: undefined })');
    await first.reload();
    await connected(first);
    await box(first).fill(LONG);
    const second = await anotherTab(context, first.url());
    await type(second, 'Short');
    await expect.poll(() => kept(first)).toContain(LONG);
    const name = await first.evaluate<string>('sessionStorage.getItem("shoal:tab")');
    const duplicate = await context.newPage();
    await duplicate.addInitScript(
      `sessionStorage.setItem("shoal:tab", sessionStorage.getItem("shoal:tab") ?? "${name}")`,
    );
    await duplicate.goto(`/chat/${chatId}`);
    await connected(duplicate);
    await type(duplicate, 'Short again');
    await expect.poll(() => kept(first)).toContain(LONG);
    await first.reload();
    expect(await box(first).inputValue()).toBe(LONG);
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });
});

describe.skipIf(hasNoBrowser)('a draft and the end of a session', () => {
  it('ST-2: outlives logging out in another tab, and is there when the same person is back', async () => {
    const chatId = await harbour.newChat();
    const first = await harbour.enter(await harbour.server.person('ada'), chatId);
    await box(first).fill('Before');
    const second = await anotherTab(first.context(), first.url());
    await second.getByRole('button', { name: 'Log out' }).click();
    await first.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await box(first).inputValue()).toBe('Before');
    await box(first).fill('Before, and after');
    await signIn(second, 'ada');
    await second.waitForURL('/');
    await first.reload();
    await connected(first);
    expect(await box(first).inputValue()).toBe('Before, and after');
    await first.close();
    await second.goto(`/chat/${chatId}`);
    await expect.poll(() => box(second).inputValue()).toBe('Before, and after');
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('ST-2: outlives a session that ends under the page, with what was written after', async () => {
    const chatId = await harbour.newChat();
    const person = await harbour.server.person('ada');
    const page = await harbour.enter(person, chatId);
    await harbour.server.app.useCases.signOut(person.actor);
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await type(page, 'Sent too late');
    await page.getByText('You are signed out.').last().waitFor();
    await box(page).fill('Begun too late');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await signIn(page, 'ada');
    await page.waitForURL(`/chat/${chatId}`);
    await connected(page);
    expect(await box(page).inputValue()).toBe('Begun too late');
    await page.locator('article[data-position="2"]').waitFor();
    expect(await texts(page)).toEqual(['Sent too late']);
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('ST-2: is shown to nobody else who signs in, and kept for whose it is', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(await harbour.server.person('ada'), chatId);
    await box(page).fill('For Ada alone');
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL('/auth');
    await become(page.context(), await harbour.server.person('bob'));
    await page.goto('/');
    expect(await page.getByRole('listitem').filter({ hasText: 'Draft' }).count()).toBe(0);
    await page.goto(`/chat/${chatId}`);
    await connected(page);
    expect(await box(page).inputValue()).toBe('');
    expect(await page.locator('form[data-composer]').getAttribute('autocomplete')).toBe('off');
    expect(await box(page).getAttribute('autocomplete')).toBe('off');
    await become(page.context(), await harbour.server.person('ada'));
    await page.goto(`/chat/${chatId}`);
    await expect.poll(() => box(page).inputValue()).toBe('For Ada alone');
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('ST-1: what waits is never sent by somebody else who is signed in when the connection is back', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(await harbour.server.person('ada'), chatId);
    await goOffline(page);
    await type(page, 'As Ada, or not at all');
    await become(page.context(), await harbour.server.person('bob'));
    await page.context().setOffline(false);
    await expect.poll(() => page.locator('main').getAttribute('data-username')).toBe('bob');
    await connected(page);
    expect(await texts(page)).toEqual([]);
    await become(page.context(), await harbour.server.person('ada'));
    await page.goto(`/chat/${chatId}`);
    await page.locator('article[data-position="2"]').waitFor();
    expect(await texts(page)).toEqual(['As Ada, or not at all']);
    const { messages } = await harbour.server.app.useCases.readHistory(harbour.bob.actor, { chatId, limit: 50 });
    expect(messages.at(-1)?.author.username).toBe('ada');
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });
});
