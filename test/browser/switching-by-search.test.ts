import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { connected, Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterEach(async () => {
  if (!hasNoBrowser) expect(await harbour.leave()).toEqual([]);
});
afterAll(async () => harbour?.close());

async function chatCalled(name: string): Promise<ChatId> {
  const chatId = await harbour.newChat();
  await harbour.server.app.useCases.renameChat(harbour.ada.actor, { chatId, name });
  return chatId;
}

const search = (page: Page) => page.getByRole('combobox', { name: 'Chat' });
const shows = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** Keeps the answer to a request for a chat until the returned function is called. */
async function holdBack(page: Page, chatId: ChatId): Promise<{ asked: Promise<void>; release: () => void }> {
  const [asked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route(`**/chat/${chatId}`, async (route) => {
    asked.resolve();
    await released.promise;
    await route.continue();
  });
  return { asked: asked.promise, release: released.resolve };
}

describe.skipIf(hasNoBrowser)('the search for a chat', () => {
  it.each(['a key', 'typing'])(
    'stays open when the chat arrives that was chosen before, once used again by %s',
    async (way) => {
      const [reef, cove] = [await chatCalled(`Reef ${way}`), await chatCalled(`Cove ${way}`)];
      await chatCalled(`Kelp ${way}`);
      const { page } = await harbour.visit(harbour.ada, `/chat/${reef}`);
      await connected(page);
      const part = await holdBack(page, cove);
      await page.keyboard.press('Control+k');
      await search(page).fill(`Cove ${way}`);
      await search(page).press('Enter');
      await part.asked;
      if (way === 'a key') await search(page).press('Control+k');
      else await search(page).fill('Kel');
      part.release();
      await shows(page, `Cove ${way}`);
      expect(await search(page).isVisible()).toBe(true);
      await search(page).fill(`Kelp ${way}`);
      await page.keyboard.press('Enter');
      await shows(page, `Kelp ${way}`);
      await search(page).waitFor({ state: 'hidden' });
      await page.goBack();
      await shows(page, `Cove ${way}`);
    },
  );

  it('is closed by Back also where it was opened again before its event of closing came', async () => {
    const reef = await chatCalled('Reef');
    const { page } = await harbour.visit(harbour.ada, `/chat/${reef}`);
    await connected(page);
    await page.keyboard.press('Control+k');
    await search(page).waitFor();
    await page.evaluate(`(() => {
      document.getElementById('switcher').addEventListener('close', () => { globalThis.hasClosed = true; });
      document.getElementById('switcher').close();
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true }));
    })()`);
    await expect.poll(() => page.evaluate('globalThis.hasClosed')).toBe(true);
    expect(await search(page).isVisible()).toBe(true);
    await page.goBack();
    await search(page).waitFor({ state: 'hidden' });
    await shows(page, 'Reef');
  });
});
