import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Harbour, stopClock } from './harbour.ts';
import { hasNoBrowser, launchToKill, visit } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const markOfBob = (page: Page) =>
  page.getByRole('dialog', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'bob' }).locator('.presence');

const stateOfBob = (page: Page) => markOfBob(page).getAttribute('aria-label');

async function openMembers(page: Page): Promise<void> {
  await page.getByRole('button', { name: /\d members/ }).click();
  await page.getByRole('list', { name: 'Members' }).waitFor();
}

describe.skipIf(hasNoBrowser)('presence', () => {
  it('marks the members who are connected, and no longer those whose browser was killed by kill -9', async () => {
    const chatId = await harbour.newChat();
    const adas = await harbour.enter(harbour.ada, chatId);
    await openMembers(adas);
    expect(await markOfBob(adas).count()).toBe(0);
    const bobs = await launchToKill();
    onTestFinished(() => bobs.kill());
    const { page } = await visit(bobs.browser, harbour.server.url, harbour.bob.cookie);
    await page.goto('/');
    await expect.poll(() => stateOfBob(adas)).toBe('Active');
    expect((await markOfBob(adas).boundingBox())?.width).toBe(12);
    await bobs.kill();
    // Within 60 s in any case; the end of its connection is seen sooner.
    await expect.poll(() => markOfBob(adas).count(), { timeout: 15_000 }).toBe(0);
    expect(await harbour.leave()).toEqual([]);
  });

  it('is told apart by its shape where colours are forced', async () => {
    const chatId = await harbour.newChat();
    const adas = await harbour.enter(harbour.ada, chatId);
    await adas.emulateMedia({ forcedColors: 'active' });
    await openMembers(adas);
    const { page: bobs } = await harbour.visit(harbour.bob, '/');
    await expect.poll(() => stateOfBob(adas)).toBe('Active');
    const isFilled = () =>
      adas.evaluate(`{
        const { backgroundColor, borderTopColor } = getComputedStyle(document.querySelector('.member .presence'));
        backgroundColor === borderTopColor;
      }`);
    expect(await isFilled()).toBe(true);
    await stopClock(bobs);
    await bobs.clock.fastForward(301_000);
    await harbour.say(chatId, harbour.ada, 'anyone there?');
    await expect.poll(() => stateOfBob(adas)).toBe('Idle');
    expect(await isFilled()).toBe(false);
    expect(await harbour.leave()).toEqual([]);
  });

  it('is idle after 5 minutes without input, and active again with the next', async () => {
    const chatId = await harbour.newChat();
    const adas = await harbour.enter(harbour.ada, chatId);
    await openMembers(adas);
    const bobs = await harbour.enter(harbour.bob, chatId);
    await stopClock(bobs);
    await expect.poll(() => stateOfBob(adas)).toBe('Active');
    await bobs.clock.fastForward(301_000);
    // Any frame from the server is an occasion to look.
    await harbour.say(chatId, harbour.ada, 'anyone there?');
    await expect.poll(() => stateOfBob(adas)).toBe('Idle');
    await bobs.mouse.move(300, 300);
    await expect.poll(() => stateOfBob(adas)).toBe('Active');
    expect(await harbour.leave()).toEqual([]);
  });
});
