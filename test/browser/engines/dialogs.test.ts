import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Box, Page } from './page.ts';
import { ENGINES, PATIENCE_MS, Town } from './town.ts';

const DIALOGS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'Start a chat': (page) => page.click('button', 'New chat'),
  'Bring someone in': (page) => page.click('button', 'Create invite link'),
  Members: (page) => page.click('button', '1 member'),
  'Keyboard shortcuts': (page) => page.click('button', 'All shortcuts'),
  'Go to a chat': (page) => page.press('Control+k'),
};
const DESKTOP = { width: 1280, height: 800 };
const BESIDE_THE_MENU = { x: 900, y: 400 };

const besides = ({ x, y, width }: Box) => ({ x: Math.round(x + width + 20), y: Math.round(y + 20) });
const within = ({ x, y }: Box) => ({ x: Math.round(x + 8), y: Math.round(y + 8) });

describe.each(ENGINES)('in $name', { timeout: PATIENCE_MS }, (engine) => {
  let town: Town;
  let page: Page;
  let chat: string;
  let cookie: string;
  beforeAll(async () => {
    if (engine.isMissing) return;
    town = await Town.found(engine);
    cookie = await town.server.signIn('ada');
    page = await town.signedIn('ada');
  });
  /** The front page, and then a chat. */
  beforeEach(async () => {
    if (engine.isMissing) return;
    chat = `/chat/${await town.server.newChat(cookie)}`;
    await page.tab.resize(DESKTOP.width, DESKTOP.height);
    await page.goto('/');
    await page.goto(chat);
    await page.isConnected();
  });
  afterAll(async () => {
    await town?.leave();
    await town?.fall();
  });

  it.skipIf(engine.isMissing)(
    'every dialog is as large as what is in it, and closes by Escape and a click beside it',
    async () => {
      for (const [name, open] of Object.entries(DIALOGS)) {
        await open(page);
        const box = await page.dialog(name);
        expect([name, box.width]).toEqual([name, 440]);
        expect([name, box.height < 600]).toEqual([name, true]);
        await page.press('Escape');
        await page.hasNoDialog();

        await open(page);
        const again = await page.dialog(name);
        await page.tab.drag(within(again), besides(again));
        await page.tab.drag(besides(again), within(again));
        expect((await page.dialog(name)).width).toBe(440);
        await page.clickAt(besides(again));
        await page.hasNoDialog();
      }
    },
  );

  it.skipIf(engine.isMissing)(
    'Back closes a dialog and stays; after one that was closed, it leads to the page before',
    async () => {
      for (const [name, open] of Object.entries(DIALOGS)) {
        await open(page);
        await page.dialog(name);
        await page.tab.back();
        await page.hasNoDialog();
        await page.isAt(chat);
      }
      for (const [name, open] of Object.entries(DIALOGS)) {
        await open(page);
        await page.dialog(name);
        await page.press('Escape');
        await page.hasNoDialog();
        await page.until('history.state === null');
      }
      await page.tab.back();
      await page.isAt('/');
    },
  );

  it.skipIf(engine.isMissing)(
    'Back closes a dialog that was opened from a menu, and then leaves; none of it is dead',
    async () => {
      await page.click('button', 'Your account');
      await page.click('button', 'Keyboard shortcuts');
      await page.dialog('Keyboard shortcuts');
      await page.tab.back();
      await page.hasNoDialog();
      await page.isAt(chat);

      const ways = [() => page.tab.back(), () => page.press('Escape'), () => page.clickAt(BESIDE_THE_MENU)];
      for (const close of ways) {
        await page.click('button', 'Your account');
        await page.until(`pointOf('button', 'Keyboard shortcuts')`);
        await close();
        await page.until(`all('button', 'Keyboard shortcuts').length === 0 && history.state === null`);
        await page.isAt(chat);
      }

      await page.click('button', 'Your account');
      await page.click('button', 'Keyboard shortcuts');
      await page.dialog('Keyboard shortcuts');
      await page.press('Escape');
      await page.hasNoDialog();
      await page.until('history.state === null');
      await page.tab.back();
      await page.isAt('/');
    },
  );

  it.skipIf(engine.isMissing)('the heading of a dialog shows no focus ring after a click', async () => {
    const outline = `getComputedStyle(document.activeElement).outlineStyle`;
    await page.click('button', '1 member');
    await page.dialog('Members');
    await page.until(`all('button', 'Leave this chat').length > 0`);
    expect(await page.look(`document.activeElement.matches('h2') ? ${outline} : 'none'`)).toBe('none');
  });
});
