import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../websocket/chat-server.ts';
import { Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
let cleo: Person;
beforeAll(async () => {
  if (hasNoBrowser) return;
  harbour = await Harbour.open();
  cleo = await harbour.server.person('cleo');
});
afterAll(async () => harbour?.close());

const card = (page: Page, chatId: number) => page.locator(`.card[data-chat="${chatId}"]`);

const description = (page: Page, chatId: number) =>
  page.evaluate<string>(`{
    const link = document.querySelector('.card[data-chat="${chatId}"] .card-link');
    link.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent.trim()).join('|');
  }`);

describe.skipIf(hasNoBrowser)('two chats of one name', () => {
  it('are told apart by their people in the rail, on the home page and in the switcher, with and without script', async () => {
    const { server, ada, bob, browser } = harbour;
    const [bobs, cleos] = [await server.chat(ada, bob), await server.chat(ada, cleo, bob)];
    await server.app.useCases.renameChat(ada.actor, { chatId: await server.chat(ada, cleo), name: 'Pier' });
    const { page, context } = await harbour.visit(ada, '/');
    const people = page.locator('.card-people');
    await people.first().waitFor();
    expect(await card(page, bobs).locator('.card-people').innerText()).toBe('bob');
    expect(await card(page, cleos).locator('.card-people').innerText()).toBe('cleo, bob');
    expect(await people.count()).toBe(2);
    expect(await page.getByRole('link', { name: 'Harbour', exact: true }).count()).toBe(2);
    expect(await description(page, bobs)).toMatch(/^bob\|/);
    const heights = await page.locator('.card').evaluateAll((all) => all.map((one) => one.clientHeight));
    expect(new Set(heights).size).toBe(1);

    await page.keyboard.press('Control+K');
    const options = page.getByRole('listbox', { name: 'Chats' }).getByRole('option', { name: 'Harbour' });
    await options.first().waitFor();
    expect(await options.allInnerTexts()).toEqual(expect.arrayContaining(['Harbour cleo, bob', 'Harbour bob']));

    const plain = await browser.newContext({
      baseURL: server.url,
      javaScriptEnabled: false,
      storageState: await context.storageState(),
    });
    const still = await plain.newPage();
    await still.goto(`/chat/${bobs}`);
    expect(await card(still, cleos).locator('.card-people').innerText()).toBe('cleo, bob');
    await plain.close();
    expect(await harbour.leave()).toEqual([]);
  });

  it('are told apart live after a rename, a join and a departure', async () => {
    const { server, bob } = harbour;
    const dora = await server.person('dora');
    const { renameChat, createInvite, redeemInvite, leaveChat } = server.app.useCases;
    const [quay, pier] = [await server.chat(dora, bob), await server.chat(dora)];
    await renameChat(dora.actor, { chatId: pier, name: 'Pier' });
    const { page } = await harbour.visit(dora, `/chat/${quay}`);
    await card(page, pier).waitFor();
    const people = (chatId: number) => card(page, chatId).locator('.card-people').allInnerTexts();
    const described = (chatId: number) => description(page, chatId);
    expect([await people(quay), await people(pier)]).toEqual([[], []]);

    await renameChat(dora.actor, { chatId: pier, name: 'Harbour' });
    await expect.poll(() => people(quay)).toEqual(['bob']);
    await expect.poll(() => people(pier)).toEqual(['Only you']);
    expect(await described(pier)).toMatch(/^Only you\|/);
    const { code } = await createInvite(dora.actor, pier);
    await redeemInvite(cleo.actor, code);
    await expect.poll(() => people(pier)).toEqual(['cleo']);
    await leaveChat(cleo.actor, pier);
    await expect.poll(() => people(pier)).toEqual(['Only you']);
    await renameChat(dora.actor, { chatId: quay, name: 'Quay' });
    await expect.poll(async () => [await people(quay), await people(pier)]).toEqual([[], []]);
    expect(await described(pier)).not.toMatch(/Only you/);
    expect(await harbour.leave()).toEqual([]);
  });
});
