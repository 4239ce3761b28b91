import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revision } from '../../src/domain/chats/chat.ts';
import { Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;

beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(() => harbour?.close());

/** Two notices come before the first message. */
const FIRST = revision(2);

describe.skipIf(hasNoBrowser)('a chat as it stood', () => {
  it.each([true, false])(
    'is reached from the page of a message and walked through change by change, with script: %s',
    async (javaScriptEnabled) => {
      const { ada, bob, server } = harbour;
      const chatId = await harbour.newChat();
      await harbour.say(chatId, bob, 'first words');
      const edit = { chatId, position: FIRST, base: FIRST };
      await server.app.useCases.editMessage(bob.actor, { ...edit, text: '||other|| words' });
      const context = await harbour.browser.newContext({ javaScriptEnabled, baseURL: server.url });
      const [name = '', value = ''] = ada.cookie.split('=');
      await context.addCookies([{ name, value, url: server.url }]);
      const page = await context.newPage();
      await page.goto(`/chat/${chatId}/messages/${FIRST}`);
      await page.getByRole('link', { name: 'The chat as it stood then' }).click();
      await page.getByRole('heading', { name: /as it stood$/ }).waitFor();
      await expect.poll(() => page.locator('.message-text').last().innerText()).toContain('first words');
      await page.getByRole('link', { name: 'One change on' }).click();
      await page.locator('.message-text .spoiler').waitFor();
      await expect.poll(() => page.getByRole('link', { name: 'One change on' }).count()).toBe(0);
      await page.getByRole('link', { name: 'One change back' }).click();
      await page.getByText('first words').waitFor();
      await page.getByRole('link', { name: 'Back to the chat as it is' }).click();
      await page.waitForURL(`**/chat/${chatId}`);
      await context.close();
    },
  );
});
