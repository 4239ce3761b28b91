import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unzipped } from '../../http/archive-of.ts';
import { scratchDirectory } from '../../scratch-directory.ts';
import { Harbour } from '../harbour.ts';
import { hasNoBrowser } from '../visit.ts';

let harbour: Harbour;
const directory = scratchDirectory('shoal-chat-export-');
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => {
  await harbour?.close();
  rmSync(directory, { recursive: true });
});

describe.skipIf(hasNoBrowser)('the page of an exported chat', () => {
  it('is downloaded from the menu, and read and searched without the server', async () => {
    const { server, ada, bob } = harbour;
    const chatId = await harbour.newChat();
    const image = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'green' } })
      .png()
      .toBuffer();
    const chunks = new Blob([new Uint8Array(image)]).stream();
    const file = { chatId, name: 'a "green" #1.png', chunks, announcedBytes: undefined };
    const { id } = await server.app.useCases.stageFile(bob.actor, file);
    await harbour.say(chatId, bob, 'a **Café** in town', '<img src=x onerror="globalThis.pwned = 1">', '||hidden||');
    await server.app.useCases.postMessage(bob.actor, { chatId, text: 'look', files: [id] });

    const { page } = await harbour.visit(ada, `/chat/${chatId}`);
    await page.getByRole('button', { name: 'Chat menu' }).click();
    await page.getByRole('link', { name: 'Export' }).click();
    await page.getByRole('heading', { name: 'Export' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    for (const [name, bytes] of unzipped(readFileSync(await (await download).path()))) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), bytes);
    }

    const context = await harbour.browser.newContext();
    const saved = await context.newPage();
    const problems: string[] = [];
    saved.on('console', (message) => problems.push(message.text()));
    await saved.goto(pathToFileURL(join(directory, 'index.html')).href);
    const rows = saved.getByRole('article');
    const found = async () =>
      (await rows.filter({ visible: true }).allInnerTexts()).map((text) => text.split('\n').at(-1));
    await expect
      .poll(() => saved.locator('img').evaluate((shown) => 'naturalWidth' in shown && shown.naturalWidth))
      .toBe(40);
    await saved.getByRole('searchbox').fill('cafe TOWN');
    await expect.poll(found).toEqual(['a Café in town']);
    await expect.poll(() => saved.locator('output').innerText()).toMatch(/^1 of \d$/);
    await saved.getByRole('searchbox').fill('');
    await expect.poll(() => rows.filter({ visible: true }).count()).toBeGreaterThan(4);
    expect(await saved.evaluate(() => 'pwned' in globalThis)).toBe(false);
    expect(problems).toEqual([]);
    await context.close();
    expect(await harbour.leave()).toEqual([]);
  });
});
