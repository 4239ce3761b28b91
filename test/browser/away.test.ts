import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '../fakes.ts';
import { Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

describe.skipIf(hasNoBrowser)('somebody who is away until a moment', () => {
  it('has a mark of its own shape in the list of chats and among the members, with words, until they are back', async () => {
    const { openDirectChat, setAway } = harbour.server.app.useCases;
    const chatId = await harbour.newChat();
    const { chatId: direct } = await openDirectChat(harbour.ada.actor, { usernames: ['bob'] });
    const { page } = await harbour.visit(harbour.ada, `/chat/${chatId}`);
    const mark = page.locator(`.card[data-chat="${direct}"] > .presence`);
    await page.getByRole('button', { name: /\d members/ }).click();
    const marks = [
      page.getByRole('dialog', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'bob' }).getByRole('img'),
      page.locator(`.card[data-chat="${direct}"]`).getByRole('img', { name: /^Away/ }),
    ];
    const until = await setAway(harbour.bob.actor, { forMs: HOUR });
    await expect.poll(() => mark.getAttribute('data-state')).toBe('away');
    const words = await page.evaluate((at) => {
      const date = new Date(at);
      const isToday = date.toDateString() === new Date().toDateString();
      const day = isToday ? { hour: 'numeric', minute: '2-digit' } : { dateStyle: 'medium', timeStyle: 'short' };
      return new Intl.DateTimeFormat(undefined, day as Intl.DateTimeFormatOptions).format(date);
    }, until ?? 0);
    for (const one of marks) await expect.poll(() => one.getAttribute('aria-label')).toBe(`Away until ${words}`);
    const isTurned = `getComputedStyle(document.querySelector('.card[data-chat="${direct}"] > .presence')).transform !== 'none'`;
    expect(await page.evaluate(isTurned)).toBe(true);
    await setAway(harbour.bob.actor, null);
    for (const one of marks) await one.waitFor({ state: 'detached' });
    expect(await harbour.leave()).toEqual([]);
  });

  it('says so on the page that the menu leads to, and is back by a button', async () => {
    const page = await harbour.enter(harbour.bob, await harbour.newChat());
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('link', { name: 'Away' }).click();
    await page.getByLabel('How long').selectOption('For 2 hours');
    await page.getByRole('button', { name: 'Set away', exact: true }).click();
    await page.getByText(/^You are away until/).waitFor();
    expect(await page.locator('time').textContent()).not.toContain('UTC');
    await page.getByLabel('Until').fill('2025-01-16T15:00');
    await expect.poll(() => page.getByLabel('Time zone').inputValue()).not.toBe('');
    await page.getByRole('button', { name: 'Set away until then' }).click();
    await expect.poll(() => page.locator('time').textContent()).toContain('16');
    await page.getByRole('button', { name: 'I am back' }).click();
    await page.getByText('You are not away.').waitFor();
    expect(await harbour.leave()).toEqual([]);
  });
});
