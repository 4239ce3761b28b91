import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Harbour } from './harbour.ts';
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

  it('follows what other people changed once the page is looked at again', async () => {
    const sailor = await harbour.server.person('old salt');
    const { page } = await harbour.visit(sailor, '/');
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
