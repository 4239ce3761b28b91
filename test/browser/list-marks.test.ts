import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

describe.skipIf(hasNoBrowser)('the marks of the list of chats', () => {
  it('a muted chat has an outlined bell and a grey count, at once and on every page, until it is not muted any more', async () => {
    const chatId = await harbour.newChat();
    const { setLevel } = harbour.server.app.useCases;
    const { page } = await harbour.visit(harbour.bob, '/');
    await page.clock.setFixedTime(harbour.clock.now());
    const card = page.locator(`.card[data-chat="${chatId}"]`);
    await harbour.say(chatId, harbour.ada, 'one');
    const count = card.locator('.card-unread');
    await count.filter({ hasText: '1' }).waitFor();
    const colour = () =>
      page.evaluate<string>(
        `getComputedStyle(document.querySelector('[data-chat="${chatId}"] > .card-unread')).backgroundColor`,
      );
    const loud = await colour();
    expect(await card.locator('.card-muted').count()).toBe(0);
    for (const change of [{ level: 'nothing' }, { level: 'all', mute: { forMs: 3_600_000 } }] as const) {
      await setLevel(harbour.bob.actor, { chatId, mute: undefined, ...change });
      await card.locator('.card-muted svg').waitFor();
      expect((await card.locator('.card-muted').textContent())?.trim()).toBe('Muted.');
      expect(await colour()).not.toBe(loud);
      await page.reload();
      expect(await card.locator('.card-muted svg').isVisible()).toBe(true);
      await setLevel(harbour.bob.actor, { chatId, level: 'mentions', mute: null });
      await card.locator('.card-muted').waitFor({ state: 'detached' });
      expect(await colour()).toBe(loud);
    }
    expect(await harbour.leave()).toEqual([]);
  });

  it('the face of a direct chat has a dot while its person is connected, on every page', async () => {
    const { openDirectChat } = harbour.server.app.useCases;
    const { chatId } = await openDirectChat(harbour.ada.actor, { usernames: ['bob'] });
    const { page: home } = await harbour.visit(harbour.ada, '/');
    const dotOn = (page: typeof home) => page.locator(`.card[data-chat="${chatId}"] > .presence`);
    // Bob was here a moment ago.
    await expect.poll(() => dotOn(home).count(), { timeout: 15_000 }).toBe(0);
    const { context, page: bobs } = await harbour.visit(harbour.bob, '/');
    await dotOn(home).waitFor();
    await expect.poll(() => dotOn(home).getAttribute('aria-label')).toBe('Active');
    // A page that comes later is told too.
    const { page: other } = await harbour.visit(harbour.ada, `/chat/${await harbour.newChat()}`);
    await dotOn(other).waitFor();
    const face = await other.locator(`.card[data-chat="${chatId}"] > .face`).boundingBox();
    const dot = await dotOn(other).boundingBox();
    expect(face && dot && dot.x > face.x && dot.x + dot.width <= face.x + face.width + 4).toBe(true);
    await bobs.close();
    await context.close();
    await expect.poll(() => dotOn(home).count(), { timeout: 15_000 }).toBe(0);
    expect(await harbour.leave()).toEqual([]);
  });
});
