import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connected, goOffline, Harbour, rows, type } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

async function rename(page: Page, username: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByRole('button', { name: 'Change name' }).click();
  await page.getByText(`You are called ${username} now.`).waitFor();
}

describe.skipIf(hasNoBrowser)('a rename', () => {
  it('shows in everything that others and the person have open: rows, quotes, reactions, members, lists, header and foot', async () => {
    const { postMessage, reactToMessage, openDirectChat } = harbour.server.app.useCases;
    const { ada, bob } = harbour;
    const chatId = await harbour.newChat();
    const { chatId: direct } = await openDirectChat(ada.actor, { usernames: ['bob'] });
    await harbour.say(direct, bob, 'Psst');
    const { message } = await postMessage(bob.actor, { chatId, text: 'Hello @ada' });
    await postMessage(ada.actor, { chatId, text: 'Hello', replyTo: message.position });
    await reactToMessage(bob.actor, { chatId, position: message.position, emoji: '👍', on: true });
    const adas = await harbour.enter(ada, chatId);
    const bobs = await harbour.enter(bob, chatId);
    await adas.getByRole('button', { name: /\d members/ }).click();
    const members = adas.getByRole('dialog', { name: 'Members' });
    await members.getByText('bob', { exact: true }).first().waitFor();
    const { page: account } = await harbour.visit(bob, '/account');
    await rename(account, 'Robert');
    const row = rows(adas).filter({ hasText: 'Hello @ada' });
    const shown = [
      row.locator('.message-author'),
      rows(adas).locator('.quote-author'),
      row.locator('.reaction-names'),
      members.locator(`#member-${bob.actor.user.id} .member-name`),
      adas.locator(`.card[data-chat="${direct}"] .card-name`),
      bobs.locator('.account-words'),
    ];
    for (const one of shown)
      await expect.poll(() => one.first().textContent(), { message: String(one) }).toBe('Robert');
    await expect.poll(() => row.locator('.face').textContent()).toBe('R');
    await expect.poll(() => bobs.locator('.account-name .face').textContent()).toBe('R');
    // The form that writes to the person names them as they are called now.
    const named = members.locator(`#member-${bob.actor.user.id} input[name="username"]`);
    expect(await named.getAttribute('value')).toBe('Robert');
    // What the person writes in a page that was open is under the new name, while it is pending too.
    await type(bobs, 'As Robert');
    await expect.poll(() => rows(bobs).last().locator('.message-author').textContent()).toBe('Robert');
    await expect.poll(() => rows(adas).last().locator('.message-author').textContent()).toBe('Robert');
    expect(await harbour.leave()).toEqual([]);
    await harbour.server.app.useCases.changeUsername(bob.actor, { username: 'bob' });
  });

  it('renames the header of the direct chat that is open, and reaches a page that was away', async () => {
    const { ada, bob } = harbour;
    const { chatId } = await harbour.server.app.useCases.openDirectChat(ada.actor, { usernames: ['bob'] });
    await harbour.say(chatId, bob, 'Psst');
    const { page, context } = await harbour.visit(ada, `/chat/${chatId}`);
    await connected(page);
    const other = await harbour.enter(ada, chatId);
    await goOffline(page);
    await harbour.server.app.useCases.changeUsername(bob.actor, { username: 'Bobby' });
    await context.setOffline(false);
    for (const one of [page, other]) {
      await expect.poll(() => one.getByRole('heading', { level: 1 }).textContent()).toBe('Bobby');
      await expect.poll(() => rows(one).last().locator('.message-author').textContent()).toBe('Bobby');
    }
    await expect.poll(() => page.title()).toContain('Bobby');
    expect(await harbour.leave(/ERR_INTERNET_DISCONNECTED|WebSocket/)).toEqual([]);
  });

  it('is made without script, which says what is wrong with a name', async () => {
    const context = await harbour.browser.newContext({ javaScriptEnabled: false, baseURL: harbour.server.url });
    const [name = '', value = ''] = harbour.ada.cookie.split('=');
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    const page = await context.newPage();
    await page.goto('/account');
    await page.getByLabel('Username').fill('a:b');
    await page.getByRole('button', { name: 'Change name' }).click();
    await page.getByRole('alert').filter({ hasText: 'A username cannot have a colon' }).waitFor();
    expect(await page.getByLabel('Username').getAttribute('aria-invalid')).toBe('true');
    await rename(page, 'Lovelace');
    await page.goto('/');
    await page.getByText('Lovelace', { exact: true }).first().waitFor();
    await page.goto('/account');
    await rename(page, 'ada');
    await context.close();
  });
});
