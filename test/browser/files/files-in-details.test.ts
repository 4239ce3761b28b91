import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Harbour } from '../harbour.ts';
import { hasNoBrowser } from '../visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterEach(async () => {
  if (!hasNoBrowser) expect(await harbour.leave()).toEqual([]);
});
afterAll(() => harbour?.close());

describe.skipIf(hasNoBrowser)('the files of a chat in its details', () => {
  it('are shown in place, page after page, and lead to their messages', async () => {
    const { server, ada, bob } = harbour;
    const chatId = await harbour.newChat();
    const send = async (name: string) => {
      const chunks = new Blob([new TextEncoder().encode(name)]).stream();
      const file = { chatId, name, chunks, announcedBytes: undefined };
      const { id } = await server.app.useCases.stageFile(bob.actor, file);
      await server.app.useCases.postMessage(bob.actor, { chatId, text: '', files: [id] });
    };
    const page = await harbour.enter(ada, chatId);
    const details = page.getByRole('dialog');
    const open = async () => {
      await page.locator('.chat-facts').click();
      await details.getByRole('link', { name: 'Files', exact: true }).click();
    };
    await open();
    await details.getByText('No files were sent to this chat.').waitFor();
    await page.keyboard.press('Escape');
    for (let n = 1; n <= 40; n += 1) await send(`paper ${n}.txt`);
    await open();
    const rows = details.locator('.file-list > li');
    await expect.poll(() => rows.count()).toBe(30);
    await details.getByRole('link', { name: 'Earlier files' }).click();
    await expect.poll(() => rows.count()).toBe(40);
    await expect.poll(() => details.getByRole('link', { name: 'Earlier files' }).count()).toBe(0);
    const first = rows.filter({ hasText: 'paper 1.txt' });
    await first.locator('a[href*="/at/"]').click();
    await expect.poll(() => new URL(page.url()).pathname).toMatch(new RegExp(`^/chat/${chatId}/at/\\d+$`));
    await page.getByText('paper 1.txt').first().waitFor();
  });
});
