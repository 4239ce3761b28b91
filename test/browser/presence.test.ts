import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harbour, stopClock } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const markOfBob = (page: Page) =>
  page.getByRole('dialog', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'bob' }).locator('.presence');

const stateOfBob = (page: Page) => markOfBob(page).getAttribute('aria-label');

async function openMembers(page: Page): Promise<void> {
  await page.getByRole('link', { name: /\d members/ }).click();
  await page.getByRole('list', { name: 'Members' }).waitFor();
}

describe.skipIf(hasNoBrowser)('presence', () => {
  it('marks the members who are connected, also after they have come and gone', async () => {
    const chatId = await harbour.newChat();
    const adas = await harbour.enter(harbour.ada, chatId);
    await openMembers(adas);
    expect(await markOfBob(adas).count()).toBe(0);
    const { context } = await harbour.visit(harbour.bob, '/');
    await expect.poll(() => stateOfBob(adas)).toBe('Active');
    expect((await markOfBob(adas).boundingBox())?.width).toBe(8);
    await context.close();
    await expect.poll(() => markOfBob(adas).count(), { timeout: 15_000 }).toBe(0);
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
