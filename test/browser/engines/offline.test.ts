import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, PATIENCE_MS, Town } from './town.ts';

describe.each(ENGINES)('in $name', { timeout: PATIENCE_MS }, (engine) => {
  let town: Town;
  beforeAll(async () => {
    if (!engine.isMissing) town = await Town.found(engine);
  });
  afterEach(() => town?.leave());
  afterAll(() => town?.fall());

  it.skipIf(engine.isMissing)(
    'without a network a chat says so, keeps what is written, and catches up when it is back',
    async () => {
      const bob = await town.server.signIn('bob');
      const chatId = await town.server.newChat(await town.server.signIn('ada'), bob);
      const page = await town.signedIn('ada');
      await page.goto(`/chat/${chatId}`);
      await page.isConnected();
      town.network.goDown();
      await page.sees('What you write is kept');
      await page.fill('Message', 'Written offline');
      await page.press('Enter');
      await page.says('Written offline');
      await town.post(chatId, bob, 'Said meanwhile');

      town.network.comeUp();
      // As the browser says when the machine has a network again.
      await page.look('dispatchEvent(new Event("online"))');
      await page.isConnected();
      await page.says('Said meanwhile', 'Written offline');
      // The page shows what it has not sent yet as well.
      await expect.poll(() => town.history(chatId, bob)).toEqual(['bob joined', 'Said meanwhile', 'Written offline']);
      await page.tab.goto(await page.look('location.href'));
      await page.says('Said meanwhile', 'Written offline');
    },
  );
});
