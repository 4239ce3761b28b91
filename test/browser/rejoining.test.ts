import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { box, connected, Harbour, OFFLINE, rows, texts, type } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(() => harbour?.close());

describe.skipIf(hasNoBrowser)('a page of a member who was removed', () => {
  it('goes on by itself once they are back: no notice, a live composer, the draft, and what failed to be sent again', async () => {
    const { useCases } = harbour.server.app;
    const chatId = await harbour.newChat();
    const { user } = harbour.bob.actor;
    const page = await harbour.enter(harbour.bob, chatId);
    await page.evaluate('WebSocket.prototype.send = () => {}');
    await type(page, 'too late');
    await box(page).fill('half a thought');
    await useCases.removeMember(harbour.ada.actor, { chatId, userId: user.id });
    await page.locator('[data-banner]').filter({ hasText: 'not in this chat any more' }).waitFor();
    expect(await box(page).isDisabled()).toBe(true);

    // Nothing has changed: the page stays as it is.
    await Promise.all([page.waitForResponse(/\/chats$/), page.evaluate('dispatchEvent(new Event("focus"))')]);
    expect(await box(page).isDisabled()).toBe(true);

    await useCases.redeemInvite(harbour.bob.actor, (await useCases.createInvite(harbour.ada.actor, chatId)).code);
    await page.evaluate('dispatchEvent(new Event("focus"))');
    // The page is loaded again, which it may have been already: it also asks by itself.
    await expect.poll(() => box(page).isEnabled()).toBe(true);
    await connected(page);
    expect(await page.locator('[data-banner]').isVisible()).toBe(false);
    expect(await box(page).inputValue()).toBe('half a thought');
    const failed = rows(page).filter({ hasText: 'too late' });
    await failed.getByRole('button', { name: 'Retry' }).click();
    await page.locator('article[data-state="failed"]').waitFor({ state: 'detached' });
    await box(page).press('Enter');
    await rows(page).filter({ hasText: 'half a thought' }).waitFor();
    await expect.poll(() => page.locator('article[data-state="pending"]').count()).toBe(0);
    expect((await texts(page)).slice(-2)).toEqual(['too late', 'half a thought']);
    await harbour.leave(OFFLINE);
  });
});
