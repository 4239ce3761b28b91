import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connected, Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const facts = (page: Page) => page.locator('.chat-header').getByRole('button', { name: / members?/ });

describe.skipIf(hasNoBrowser)('the header of a chat', () => {
  it('has 56 px, its face and one button with members and people online, which follow joins, departures and presence', async () => {
    const { server, ada, bob } = harbour;
    const chatId = await server.chat(ada);
    const page = await harbour.enter(ada, chatId);
    const button = page.locator('.chat-facts');
    await expect.poll(() => button.innerText()).toBe('1 member · 1 online');
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect((await page.locator('.chat-header').boundingBox())?.height).toBe(56);
      expect((await button.boundingBox())?.height).toBe(44);
      expect(await page.locator('.chat-header .face').isVisible()).toBe(width > 320);
    }
    const { code } = await server.app.useCases.createInvite(ada.actor, chatId);
    await server.app.useCases.redeemInvite(bob.actor, code);
    await expect.poll(() => button.innerText()).toBe('2 members · 1 online');
    const { page: bobs } = await harbour.visit(bob, `/chat/${chatId}`);
    await expect.poll(() => button.innerText()).toBe('2 members · 2 online');
    await bobs.close();
    await expect.poll(() => button.innerText(), { timeout: 15_000 }).toBe('2 members · 1 online');
    await server.app.useCases.renameChat(ada.actor, { chatId, name: 'Quay' });
    await expect.poll(() => page.locator('.chat-header .face').textContent()).toBe('Q');
    await server.app.useCases.leaveChat(bob.actor, chatId);
    await expect.poll(() => button.innerText()).toBe('1 member · 1 online');
    expect(await harbour.leave()).toEqual([]);
  });

  it('opens the members by Space and by Enter, with their faces and the ways to picture, pins, files, invites and notifications', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    for (const key of ['Space', 'Enter']) {
      await facts(page).focus();
      await page.keyboard.press(key);
      const dialog = page.getByRole('dialog', { name: 'Members' });
      await dialog.getByRole('list', { name: 'Members' }).waitFor();
      expect(await dialog.locator('.member .face').allInnerTexts()).toEqual(['A', 'B']);
      const hrefs = await dialog
        .locator('.member-ways a')
        .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
      expect(hrefs.map((href) => href?.replace(/\d+/, '1'))).toEqual([
        ...['/chat/1/picture', '/chat/1/pins', '/chat/1/files', '/chat/1/invites', '/account/notifications'],
      ]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await expect.poll(() => page.evaluate('document.activeElement.className')).toBe('chat-facts');
    }
    await facts(page).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Pinned messages' }).click();
    await page.waitForURL('**/pins');
    expect(await harbour.leave()).toEqual([]);
  });

  it('leads to the page of the members without script', async () => {
    const chatId = await harbour.newChat();
    const { context } = await harbour.visit(harbour.ada, '/');
    const still = await harbour.browser.newContext({
      baseURL: harbour.server.url,
      javaScriptEnabled: false,
      storageState: await context.storageState(),
    });
    const page = await still.newPage();
    await page.goto(`/chat/${chatId}`);
    await page.getByRole('button', { name: '2 members', exact: true }).click();
    await page.getByRole('list', { name: 'Members' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/chat/${chatId}/members`);
    expect(await page.getByRole('link', { name: 'Invite links' }).count()).toBe(1);
    await still.close();
    expect(await harbour.leave()).toEqual([]);
  });

  it('marks the face of a direct chat while its person is connected', async () => {
    const { server, ada, bob } = harbour;
    const { chatId } = await server.app.useCases.openDirectChat(ada.actor, { usernames: ['bob'] });
    await harbour.visit(bob, '/');
    const page = await harbour.enter(ada, chatId);
    await connected(page);
    await page.locator('.chat-header .presence').waitFor();
    expect(await harbour.leave()).toEqual([]);
  });
});
