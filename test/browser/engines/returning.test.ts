import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, PATIENCE_MS, signIn, Town } from './town.ts';

describe.each(ENGINES)('in $name', { timeout: PATIENCE_MS }, (engine) => {
  let town: Town;
  beforeAll(async () => {
    if (!engine.isMissing) town = await Town.found(engine);
  });
  afterEach(() => town?.leave());
  afterAll(() => town?.fall());

  async function chatOfAda(): Promise<{ chatId: number; bob: string }> {
    const bob = await town.server.signIn('bob');
    const chatId = await town.server.newChat(await town.server.signIn('ada'), bob);
    await town.post(chatId, bob, 'Between us');
    return { chatId, bob };
  }

  it.skipIf(engine.isMissing).each(['plain', 'local'] as const)(
    'Back after logging out shows nothing of the chat (%s)',
    async (way) => {
      const { chatId } = await chatOfAda();
      const page = await town.signedIn('ada', way);
      await page.goto(`/chat/${chatId}`);
      await page.isConnected();
      await page.click('button', 'Log out');
      await page.isAt('/auth');
      await page.tab.back();
      await page.isAt(`/auth?next=%2Fchat%2F${chatId}`);
      expect(await page.look('document.documentElement.outerHTML')).not.toMatch(/Between us|Connected/);
    },
  );

  it.skipIf(engine.isMissing || !engine.keepsPages)(
    'a page that comes back shows nothing until the server has said whose it is',
    async () => {
      const { chatId } = await chatOfAda();
      const page = await town.signedIn('ada');
      await page.goto(`/chat/${chatId}`);
      await page.isConnected();
      await page.look('globalThis.isTheSame = true');
      await page.click('link', 'Shoal');
      await page.sees('Choose a chat');
      await page.tab.back();
      await page.sees('Between us');
      // A page that this browser has not kept is loaded again, and shows nothing before it is there.
      if (!(await page.look('globalThis.isTheSame === true'))) return;
      await page.click('link', 'Shoal');
      await page.sees('Choose a chat');
      town.network.holdQuestions();
      await page.tab.back();
      const seen = await page.until<{ isTheSame: boolean; text: string; rows: number }>(
        `location.pathname === '/chat/${chatId}' &&
          { isTheSame: globalThis.isTheSame === true, text: text(), rows: all('article').length }`,
      );
      // A page that waits for the answer for five seconds, on a busy machine, is loaded again.
      if (seen.isTheSame) expect(seen).toEqual({ isTheSame: true, text: '', rows: 0 });
      town.network.release();
      await page.sees('Between us');
      await page.isConnected();
    },
  );

  it.skipIf(engine.isMissing)('Back leads to no page of the person who was signed in before', async () => {
    const { chatId } = await chatOfAda();
    const page = await town.signedIn('ada');
    await page.goto(`/chat/${chatId}`);
    await page.isConnected();
    await page.click('button', 'Log out');
    await page.isAt('/auth');
    await signIn(page, 'eve');
    await page.sees('You are in no chat yet');
    // The form of signing in leads on, to a page that looks like the one that is left: a second step back that came before it would be lost.
    await page.look('globalThis.isLeft = true');
    await page.tab.back();
    await page.until(
      'globalThis.isLeft !== true && document.readyState === "complete" && text().includes("You are in no chat yet")',
    );
    await page.tab.back();
    await page.sees('Error 403');
    expect(await page.look('document.documentElement.outerHTML')).not.toContain('Between us');
  });

  it.skipIf(engine.isMissing)('Back to a chat of the same session shows it, live', async () => {
    const { chatId, bob } = await chatOfAda();
    const page = await town.signedIn('ada');
    await page.goto(`/chat/${chatId}`);
    await page.isConnected();
    await page.goto('/');
    await page.sees('Choose a chat');
    await town.post(chatId, bob, 'Said meanwhile');
    await page.tab.back();
    await page.sees('Said meanwhile');
    await page.isConnected();
    await town.post(chatId, bob, 'Said live');
    await page.says('Between us', 'Said meanwhile', 'Said live');
    expect(await page.look(`'withheld' in document.documentElement.dataset`)).toBe(false);
  });
});
