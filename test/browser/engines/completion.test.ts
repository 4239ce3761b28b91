import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Page } from './page.ts';
import { ENGINES, PATIENCE_MS, Town } from './town.ts';

describe.each(ENGINES)('in $name', { timeout: PATIENCE_MS }, (engine) => {
  let town: Town;
  let page: Page;
  beforeAll(async () => {
    if (engine.isMissing) return;
    town = await Town.found(engine);
    const cookie = await town.server.signIn('ada');
    page = await town.signedIn('ada');
    await page.goto(`/chat/${await town.server.newChat(cookie)}`);
    await page.isConnected();
  });
  afterAll(async () => {
    await town?.leave();
    await town?.fall();
  });

  const offers = (option: string) =>
    page.until(`[...document.querySelectorAll('.completion:not([hidden]) bdi')][0]?.textContent === '${option}'`);
  const isWritten = (text: string) => page.until(`document.querySelector('#message').value === '${text}'`);
  const isClosed = () => page.until(`document.querySelector('.completion').hidden`);

  it.skipIf(engine.isMissing)(
    'names and emoji are completed by keys and by a click, and the browser undoes it',
    async () => {
      await page.fill('Message', 'Hi @ad');
      await offers('ada');
      await page.press('Enter');
      await isWritten('Hi @ada ');
      await isClosed();
      // WebKitGTK has no key for it.
      await page.look(`document.execCommand('undo')`);
      await isWritten('Hi @ad');
      await page.tab.type('a :tad');
      await offers(':tada:');
      await page.click('option', ':tada:');
      await isWritten('Hi @ada 🎉');
      await page.press('Enter');
      await page.says('Hi @ada 🎉');
    },
  );
});
