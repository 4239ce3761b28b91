import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { revision } from '../../src/domain/chats/chat.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { anotherTab, box, connected, Harbour, OFFLINE, rows, texts, type } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
let chatId: ChatId;

beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterEach(async () => {
  if (!hasNoBrowser) expect(await harbour.leave(OFFLINE)).toEqual([]);
});
afterAll(() => harbour?.close());

/** The position of Ada's message. */
const MINE = revision(3);

/** Ada's page of a chat in which Bob has said something, and then she has. */
async function enter(): Promise<Page> {
  chatId = await harbour.newChat();
  await harbour.say(chatId, harbour.bob, 'Of bob');
  await harbour.say(chatId, harbour.ada, 'Mine');
  return harbour.enter(await harbour.server.person('ada'), chatId);
}

const editing = (page: Page) => page.getByText('Editing', { exact: true });
const strip = (page: Page) => page.locator('[data-reply-strip]');

/** Opens Ada's message in the box by E, whatever is in the box. */
async function edit(page: Page, text: string): Promise<void> {
  await page.locator(`article[data-position="${MINE}"] .bubble`).hover();
  await page.locator(`article[data-position="${MINE}"]`).getByRole('toolbar').waitFor();
  await page.getByRole('log').focus();
  await page.keyboard.press('e');
  await editing(page).waitFor();
  await box(page).fill(text);
}

/** The number of locks by which tabs say that they are there. */
const HELD = `navigator.locks.query().then(({ held }) => held.filter(({ name }) => name.startsWith('shoal:tab')).length)`;

async function shows(page: Page, text: string): Promise<void> {
  await editing(page).waitFor();
  await expect.poll(() => box(page).inputValue()).toBe(text);
}

async function stored(): Promise<string | undefined> {
  const message = await harbour.server.app.useCases.viewMessage(harbour.ada.actor, { chatId, position: MINE });
  return message.kind === 'text' ? message.text : undefined;
}

describe.skipIf(hasNoBrowser)('an edit in progress', () => {
  it('outlives a reload and a visit to another chat like a draft, and puts the draft aside meanwhile', async () => {
    const page = await enter();
    const other = await harbour.newChat();
    await box(page).fill('A draft');
    await edit(page, 'Half an edit');
    await page.reload();
    await connected(page);
    await shows(page, 'Half an edit');
    await box(page).fill('Half an edit, and more');
    await page.goto(`/chat/${other}`);
    await connected(page);
    expect(await box(page).inputValue()).toBe('');
    expect(await editing(page).count()).toBe(0);
    await page.goto(`/chat/${chatId}`);
    await shows(page, 'Half an edit, and more');
    await box(page).press('Escape');
    await expect.poll(() => box(page).inputValue()).toBe('A draft');
    await page.reload();
    await connected(page);
    expect(await box(page).inputValue()).toBe('A draft');
    expect(await stored()).toBe('Mine');
  });

  it('is saved from the box after a reload, and is over then', async () => {
    const page = await enter();
    await edit(page, 'Mended');
    await page.reload();
    await shows(page, 'Mended');
    await box(page).press('Enter');
    await expect.poll(stored).toBe('Mended');
    await expect.poll(() => texts(page)).toEqual(['Of bob', 'Mended edited']);
    await page.reload();
    await connected(page);
    expect(await box(page).inputValue()).toBe('');
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('Mended');
    await type(page, 'Next');
    await rows(page).filter({ hasText: 'Next' }).waitFor();
  });

  it('of a message that changed meanwhile shows both texts when it is saved', async () => {
    const page = await enter();
    await edit(page, 'From here');
    await page.goto('/');
    const { editMessage } = harbour.server.app.useCases;
    await editMessage(harbour.ada.actor, { chatId, position: MINE, text: 'From the phone', base: MINE });
    await page.goto(`/chat/${chatId}`);
    await shows(page, 'From here');
    await box(page).press('Enter');
    const conflict = page.getByRole('dialog', { name: 'Your edit was not saved' });
    await conflict.waitFor();
    expect(await conflict.locator('blockquote').innerText()).toBe('From the phone');
    expect(await conflict.getByLabel('Your text').inputValue()).toBe('From here');
  });

  it('does not show in another tab, which keeps its own draft, and goes on there when its tab is closed', async () => {
    const page = await enter();
    await box(page).fill('A draft');
    await edit(page, 'Half an edit');
    const other = await anotherTab(page.context(), `/chat/${chatId}`);
    expect(await box(other).inputValue()).toBe('A draft');
    await box(page).fill('Half an edit, and more');
    await box(other).fill('Of the other tab');
    expect(await editing(other).count()).toBe(0);
    await shows(page, 'Half an edit, and more');
    const held = Number(await other.evaluate(HELD));
    await page.close();
    // The browser lets go of what a closed page held a moment later; both tabs held as much.
    await expect.poll(() => other.evaluate(HELD)).toBeLessThanOrEqual(held / 2);
    await other.reload();
    await shows(other, 'Half an edit, and more');
    await box(other).press('Escape');
    await expect.poll(() => box(other).inputValue()).toBe('Of the other tab');
  });

  it('outlives logging out, and belongs to its author', async () => {
    const page = await enter();
    await edit(page, 'Half an edit');
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL('/auth');
    const become = async ({ cookie }: { readonly cookie: string }) => {
      const [name = '', value = ''] = cookie.split('=');
      await page.context().addCookies([{ name, value, url: harbour.server.url }]);
      await page.goto(`/chat/${chatId}`);
      await connected(page);
    };
    await become(await harbour.server.person('bob'));
    expect(await box(page).inputValue()).toBe('');
    expect(await editing(page).count()).toBe(0);
    await become(await harbour.server.person('ada'));
    await shows(page, 'Half an edit');
  });

  it('puts the reply aside with the draft, and Escape brings both back', async () => {
    const page = await enter();
    await page.locator('article[data-position="2"] .bubble').hover();
    await page.locator('article[data-position="2"]').getByRole('toolbar').waitFor();
    await page.getByRole('log').focus();
    await page.keyboard.press('r');
    await strip(page).waitFor();
    await box(page).fill('An answer');
    await edit(page, 'Mended');
    expect(await strip(page).count()).toBe(0);
    await page.reload();
    await shows(page, 'Mended');
    expect(await strip(page).count()).toBe(0);
    await box(page).press('Escape');
    await strip(page).waitFor();
    expect(await box(page).inputValue()).toBe('An answer');
    await edit(page, 'Mended');
    await box(page).press('Enter');
    await strip(page).waitFor();
    await box(page).press('Enter');
    await rows(page).filter({ hasText: 'An answer' }).locator('.quote').waitFor();
    await expect.poll(() => texts(page)).toEqual(['Of bob', 'Mended edited', 'An answer']);
  });
});
