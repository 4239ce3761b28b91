import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { box, Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open({ RATE_LIMITS: 'off' });
});
afterEach(async () => {
  expect(await harbour?.leave(/a new page/)).toEqual(hasNoBrowser ? undefined : []);
});
afterAll(async () => harbour?.close());

const names = (page: Page) => page.locator('[data-chat] .card-name').allTextContents();

async function twoTabs(): Promise<{ here: Page; there: Page }> {
  const person = await harbour.server.person(`sailor ${crypto.randomUUID().slice(0, 8)}`);
  const { page, context } = await harbour.visit(person, '/');
  const there = await context.newPage();
  await there.goto('/');
  return { here: page, there };
}

async function newChat(page: Page, name: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'New chat' }).click();
  await page.getByLabel('Chat name').fill(name);
  await page.getByLabel('Chat name').press('Enter');
  await page.waitForURL('/chat/*');
}

describe.skipIf(hasNoBrowser)('the list of chats', () => {
  it('shows a chat that was made, renamed or left in another tab, without a reload', async () => {
    const { here, there } = await twoTabs();
    expect(await here.getByText('You are in no chat yet').isVisible()).toBe(true);
    await newChat(there, 'Harbour');
    await expect.poll(() => names(here)).toEqual(['Harbour']);
    expect(await here.getByText('You are in no chat yet').isVisible()).toBe(false);
    await newChat(there, 'Quay');
    await expect.poll(() => names(here)).toEqual(['Quay', 'Harbour']);

    const path = new URL(there.url()).pathname;
    await there.goto(`${path}/members`);
    await there.getByLabel('Name of the chat').fill('Pier');
    await there.getByRole('button', { name: 'Rename' }).click();
    await there.waitForURL(path);
    await expect.poll(() => names(here)).toEqual(['Pier', 'Harbour']);
    await there.goto(`${path}/members`);
    await there.getByText('Leave this chat').click();
    await there.getByRole('button', { name: 'Leave', exact: true }).click();
    await there.waitForURL('/');
    await expect.poll(() => names(here)).toEqual(['Harbour']);
    await here.getByRole('link', { name: 'Harbour' }).click();
    await here.waitForURL('/chat/*');
  });

  it.each(['home', 'a chat'])(
    'sees chats appear, be renamed and vanish without a reload, on the page of %s',
    async (place) => {
      const sailor = await harbour.server.person(`mate ${crypto.randomUUID().slice(0, 8)}`);
      const open = place === 'home' ? undefined : await harbour.server.chat(harbour.ada, sailor);
      const { page } = await harbour.visit(sailor, open === undefined ? '/' : `/chat/${open}`);
      const shown = async () => (await names(page)).toSorted();
      const others = await shown();
      const { useCases } = harbour.server.app;
      const chatId = await harbour.server.chat(harbour.ada, sailor);
      await expect.poll(() => names(page)).toHaveLength(others.length + 1);
      await useCases.renameChat(harbour.ada.actor, { chatId, name: 'Lagoon' });
      await expect.poll(shown).toEqual([...others, 'Lagoon'].sort());
      await useCases.removeMember(harbour.ada.actor, { chatId, userId: sailor.actor.user.id });
      await expect.poll(shown).toEqual(others);
    },
  );

  it('comes by one socket a tab, which follows the open chat too', async () => {
    const chatId = await harbour.newChat();
    const { page } = await harbour.visit(harbour.ada, '/offline');
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname));
    await page.goto(`/chat/${chatId}`);
    await harbour.say(chatId, harbour.bob, 'hello');
    await page.getByRole('article').filter({ hasText: 'hello' }).waitFor();
    await harbour.server.app.useCases.renameChat(harbour.ada.actor, { chatId, name: 'Basin' });
    await expect.poll(() => page.title()).toBe('Basin · Shoal');
    await expect.poll(() => names(page)).toContain('Basin');
    await page.goto('/');
    await expect.poll(() => sockets).toEqual(['/socket', '/socket']);
  });

  it('goes on for a member who is removed from the open chat, and brings the chat back with the membership', async () => {
    const sailor = await harbour.server.person(`cook ${crypto.randomUUID().slice(0, 8)}`);
    const chatId = await harbour.server.chat(harbour.ada, sailor);
    const page = await harbour.enter(sailor, chatId);
    const { useCases } = harbour.server.app;
    await useCases.removeMember(harbour.ada.actor, { chatId, userId: sailor.actor.user.id });
    await page.locator('[data-banner]').filter({ hasText: 'You are not in this chat any more' }).waitFor();
    const other = await harbour.server.chat(harbour.ada, sailor);
    await page.locator(`[data-chat="${other}"]`).waitFor({ state: 'attached' });
    expect(await page.locator('[data-banner]').innerText()).toContain('You are not in this chat any more');
    const { code } = await useCases.createInvite(harbour.ada.actor, chatId);
    await useCases.redeemInvite(sailor.actor, code);
    await page.evaluate(`dispatchEvent(new Event('focus'))`);
    // The page is loaded again, which it may have been already: it also asks by itself.
    await expect.poll(() => box(page).isEnabled()).toBe(true);
  });

  it('follows what other people changed once the page is looked at again, where no socket opens', async () => {
    const sailor = await harbour.server.person('old salt');
    const { page } = await harbour.visit(sailor, '/offline');
    await page.routeWebSocket('**/socket', (socket) => socket.close({ code: 1013 }));
    await page.goto('/');
    expect(await names(page)).toEqual([]);
    const chatId = await harbour.server.chat(harbour.ada, sailor);
    await page.evaluate(`dispatchEvent(new Event('focus'))`);
    await expect.poll(() => names(page)).toHaveLength(1);
    const { useCases } = harbour.server.app;
    await useCases.renameChat(harbour.ada.actor, { chatId, name: 'Lagoon' });
    await page.evaluate(`dispatchEvent(new Event('focus'))`);
    await expect.poll(() => names(page)).toEqual(['Lagoon']);
    await useCases.removeMember(harbour.ada.actor, { chatId, userId: sailor.actor.user.id });
    await page.evaluate(`dispatchEvent(new Event('focus'))`);
    await expect.poll(() => names(page)).toEqual([]);
  });
});
