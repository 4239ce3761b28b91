import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../websocket/chat-server.ts';
import { box, connected, Harbour, rows, texts } from '../harbour.ts';
import { hasNoBrowser } from '../visit.ts';

const NAMES = ['Lé', 'Jean Dubois', 'Mei Ling'];

let harbour: Harbour;
let others: readonly Person[];

beforeAll(async () => {
  if (hasNoBrowser) return;
  harbour = await Harbour.open();
  others = await Promise.all(NAMES.map((name) => harbour.server.person(name)));
});
afterAll(() => harbour?.close());

const newChat = () => harbour.server.chat(harbour.ada, harbour.bob, ...others);

const enter = async (query = '') => harbour.enter(harbour.ada, await newChat(), query);

const list = (page: Page) => page.getByRole('listbox', { name: 'People' });
const options = (page: Page) => list(page).getByRole('option').locator('bdi').allTextContents();
const active = (page: Page) => list(page).getByRole('option', { selected: true }).locator('bdi').allTextContents();

async function offered(page: Page, typed: string): Promise<string[]> {
  await page.keyboard.type(typed);
  await list(page).waitFor();
  return options(page);
}

const isClosed = (page: Page) => list(page).waitFor({ state: 'hidden' });

describe.skipIf(hasNoBrowser)('completion of mentions', () => {
  it('begins at @, with the members of this chat: the last to write first, the least recent last, then the reader and @all', async () => {
    const chatId = await newChat();
    await harbour.server.person('stranger');
    await harbour.say(chatId, harbour.bob, 'Hello');
    await harbour.say(chatId, others[2] ?? harbour.ada, 'Hello');
    await harbour.say(chatId, harbour.ada, 'Hello');
    const page = await harbour.enter(harbour.ada, chatId);
    expect(await offered(page, '@')).toEqual(['Mei Ling', 'bob', 'Jean Dubois', 'Lé', 'ada', '@all']);
    await page.keyboard.type('stranger');
    await isClosed(page);
    expect(await harbour.leave()).toEqual([]);
  });

  it('ignores accents and case, and finds any word of a name', async () => {
    const page = await enter();
    expect(await offered(page, '@le')).toEqual(['Lé']);
    await box(page).fill('');
    expect(await offered(page, '@DUBOIS')).toEqual(['Jean Dubois']);
    await box(page).fill('');
    expect(await offered(page, '@jean du')).toEqual(['Jean Dubois']);
    expect(await harbour.leave()).toEqual([]);
  });

  it('says which option is active, and leaves the box without attributes when it closes', async () => {
    const page = await enter();
    const attributes = () =>
      box(page).evaluate((element: { getAttribute(name: string): string | null }) =>
        ['aria-autocomplete', 'aria-controls', 'aria-activedescendant'].map((name) => element.getAttribute(name)),
      );
    await offered(page, '@');
    expect(await attributes()).toEqual(['list', await list(page).getAttribute('id'), 'completion-0']);
    expect(await active(page)).toEqual(['bob']);
    await page.keyboard.press('ArrowDown');
    expect(await active(page)).toEqual(['Jean Dubois']);
    expect((await attributes()).at(-1)).toBe('completion-1');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await active(page)).toEqual(['@all']);
    await page.keyboard.press('ArrowDown');
    expect(await active(page)).toEqual(['bob']);
    await page.keyboard.press('Escape');
    await isClosed(page);
    expect(await attributes()).toEqual(['list', null, null]);
    expect(await harbour.leave()).toEqual([]);
  });

  it('chooses by Enter instead of sending, and Enter sends again afterwards', async () => {
    const page = await enter();
    await offered(page, 'Hello @le');
    await page.keyboard.press('Enter');
    expect(await box(page).inputValue()).toBe('Hello @Lé ');
    await isClosed(page);
    await page.keyboard.type('there');
    await page.keyboard.press('Enter');
    await expect.poll(() => texts(page)).toEqual(['Hello @Lé there']);
    expect(await box(page).inputValue()).toBe('');
    expect(await harbour.leave()).toEqual([]);
  });

  it('chooses by Tab and keeps the focus, and writes names with spaces in quotation marks', async () => {
    const page = await enter();
    await offered(page, '@ling');
    await page.keyboard.press('Tab');
    expect(await box(page).inputValue()).toBe('@"Mei Ling" ');
    await offered(page, '@"jean d');
    await page.keyboard.press('Tab');
    expect(await box(page).inputValue()).toBe('@"Mei Ling" @"Jean Dubois" ');
    expect(await page.evaluate('document.activeElement.id')).toBe('message');
    expect(await harbour.leave()).toEqual([]);
  });

  it('sends by Enter what is a mention already, and what is no name', async () => {
    const page = await enter();
    expect(await offered(page, 'Hello @bob')).toEqual(['bob']);
    expect(await active(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.keyboard.type('Hello @nobody');
    await page.keyboard.press('Enter');
    await expect.poll(() => texts(page)).toEqual(['Hello @bob', 'Hello @nobody']);
    expect(await harbour.leave()).toEqual([]);
  });

  it('closes by Escape until another word is begun', async () => {
    const page = await enter();
    await offered(page, '@l');
    await page.keyboard.press('Escape');
    await isClosed(page);
    await page.keyboard.type('e');
    expect(await list(page).count()).toBe(0);
    expect(await box(page).inputValue()).toBe('@le');
    expect(await offered(page, ' @le')).toEqual(['Lé']);
    expect(await harbour.leave()).toEqual([]);
  });

  it('works at the caret within a text, and the browser undoes it', async () => {
    const page = await enter();
    await page.keyboard.type('Ask , please');
    for (let n = 0; n < ', please'.length; n += 1) await page.keyboard.press('ArrowLeft');
    await offered(page, '@le');
    await page.keyboard.press('Enter');
    expect(await box(page).inputValue()).toBe('Ask @Lé, please');
    await page.keyboard.press('Control+z');
    expect(await box(page).inputValue()).toBe('Ask @le, please');
    await page.keyboard.press('Control+Shift+z');
    expect(await box(page).inputValue()).toBe('Ask @Lé, please');
    expect(await harbour.leave()).toEqual([]);
  });

  it('is not offered within a word, in code and after the caret has left the word', async () => {
    const page = await enter();
    await offered(page, '@');
    await page.keyboard.press('Home');
    await isClosed(page);
    for (const text of ['bob@le', '`@le', '```\n@le', '> @le']) {
      await box(page).fill(text);
      expect([text, await list(page).count()]).toEqual([text, 0]);
    }
    expect(await harbour.leave()).toEqual([]);
  });

  it('closes when the focus leaves, when the log is scrolled and when the message is sent, not at a new message', async () => {
    const chatId = await newChat();
    await harbour.say(chatId, harbour.bob, ...Array.from({ length: 40 }, (_, n) => `Message ${n}`));
    await harbour.read(chatId, harbour.ada);
    const page = await harbour.enter(harbour.ada, chatId);
    await offered(page, '@');
    await harbour.say(chatId, harbour.bob, 'News');
    await rows(page).getByText('News').waitFor();
    await list(page).waitFor();
    await page.getByRole('log').evaluate((log) => log.scrollTo(0, 0));
    await isClosed(page);
    await offered(page, ' @');
    await page.keyboard.press('Shift+Tab');
    await isClosed(page);
    expect(await page.evaluate('document.activeElement.matches(".jump")')).toBe(true);
    await box(page).focus();
    await offered(page, ' @');
    await page.getByRole('button', { name: 'Create invite link' }).focus();
    await isClosed(page);
    await box(page).focus();
    await offered(page, ' @');
    await page.getByRole('button', { name: 'Send' }).click();
    await isClosed(page);
    expect(await harbour.leave()).toEqual([]);
  });

  it('is asked for at the first key, not before, and asks for the members once, and again when their number has changed', async () => {
    const chatId = await newChat();
    const { page } = await harbour.visit(harbour.ada, '/auth');
    const asked: string[] = [];
    page.on('request', (request) => {
      const [, what] = /\/(completion|members)\b/.exec(request.url()) ?? [];
      if (what !== undefined) asked.push(what);
    });
    await page.goto(`/chat/${chatId}`);
    await connected(page);
    await box(page).focus();
    expect(asked).toEqual([]);
    await page.keyboard.type('H');
    await expect.poll(() => asked).toEqual(['completion']);
    await offered(page, ' @');
    await offered(page, 'b @');
    expect(asked).toEqual(['completion', 'members']);
    const { code } = await harbour.server.app.useCases.createInvite(harbour.ada.actor, chatId);
    await harbour.server.app.useCases.redeemInvite((await harbour.server.person('Zoë')).actor, code);
    await page.getByText('6 members').waitFor();
    await page.keyboard.type(' @z');
    await expect.poll(() => options(page)).toEqual(['Zoë']);
    expect(asked).toEqual(['completion', 'members', 'members']);
    expect(await harbour.leave()).toEqual([]);
  });

  it('closes when Enter sends a complete name, also where the browser says nothing of the selection', async () => {
    const { page } = await harbour.visit(harbour.ada, '/auth');
    await page.addInitScript(
      `addEventListener('selectionchange', (event) => event.stopImmediatePropagation(), { capture: true })`,
    );
    await page.goto(`/chat/${await newChat()}`);
    await connected(page);
    await box(page).focus();
    await offered(page, '@bob');
    await page.keyboard.press('Enter');
    await isClosed(page);
    expect(await box(page).inputValue()).toBe('');
    expect(await harbour.leave()).toEqual([]);
  });

  it('is asked for again by the next @ where its script could not be loaded, and nothing is said', async () => {
    const page = await enter();
    await page.route('**/static/completion-*', (route) => route.abort('internetdisconnected'));
    const refused = page.waitForEvent('requestfailed');
    await box(page).pressSequentially('H');
    await refused;
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.unroute('**/static/completion-*');
    await page.keyboard.type('i ');
    expect(await offered(page, '@le')).toEqual(['Lé']);
    expect(await harbour.leave(/net::ERR_INTERNET_DISCONNECTED/)).toEqual([]);
  });

  it('closes when the reader is removed from the chat', async () => {
    const chatId = await newChat();
    const page = await harbour.enter(harbour.bob, chatId);
    await offered(page, '@');
    const { user } = harbour.bob.actor;
    await harbour.server.app.useCases.removeMember(harbour.ada.actor, { chatId, userId: user.id });
    await isClosed(page);
    await harbour.leave(/./);
  });

  it('says nothing where the members cannot be loaded, and asks for them again at the next word', async () => {
    const page = await enter();
    await page.route('**/members*', (route) => route.abort('internetdisconnected'));
    const refused = page.waitForEvent('requestfailed');
    await page.keyboard.type('@');
    await refused;
    expect(await list(page).count()).toBe(0);
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.unroute('**/members*');
    expect(await offered(page, 'le')).toEqual(['Lé']);
    expect(await harbour.leave(/net::ERR_INTERNET_DISCONNECTED/)).toEqual([]);
  });
});

/** As browsers report keys that an input method takes, and as Safari reports the one that ends a composition. */
const pressComposed = (page: Page, key: string) =>
  page.evaluate(`{
    for (const composed of [{ isComposing: true }, { keyCode: 229 }]) {
      const event = { key: '${key}', bubbles: true, cancelable: true, ...composed };
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', event));
    }
  }`);

describe.skipIf(hasNoBrowser)('completion and an input method', () => {
  it('does nothing while a word is composed, and its Enter chooses nothing', async () => {
    const page = await enter();
    await offered(page, '@');
    const cdp = await page.context().newCDPSession(page);
    const before = [await options(page), await active(page)];
    await cdp.send('Input.imeSetComposition', { text: 'ん', selectionStart: 1, selectionEnd: 1 });
    for (const key of ['ArrowDown', 'Enter', 'Tab', 'Escape']) await pressComposed(page, key);
    expect([await options(page), await active(page)]).toEqual(before);
    expect(await box(page).inputValue()).toBe('@ん');
    await cdp.send('Input.insertText', { text: 'ん' });
    await isClosed(page);
    expect(await box(page).inputValue()).toBe('@ん');
    expect(await page.locator('article:not(.notice)').count()).toBe(0);
    expect(await harbour.leave()).toEqual([]);
  });

  it('offers names once the word is composed', async () => {
    const page = await enter();
    await offered(page, '@');
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Input.imeSetComposition', { text: 'mei', selectionStart: 3, selectionEnd: 3 });
    await cdp.send('Input.insertText', { text: 'mei' });
    await expect.poll(() => options(page)).toEqual(['Mei Ling']);
    await page.keyboard.press('Enter');
    expect(await box(page).inputValue()).toBe('@"Mei Ling" ');
    expect(await harbour.leave()).toEqual([]);
  });
});

describe.skipIf(hasNoBrowser)('completion on a touch screen', () => {
  it('follows the words that a soft keyboard composes, and chooses by a tap that leaves the focus in the box', async () => {
    const { page, context } = await onPhone();
    await page.getByRole('textbox', { name: 'Message' }).tap();
    await page.keyboard.type('@');
    await list(page).waitFor();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Input.imeSetComposition', { text: 'le', selectionStart: 2, selectionEnd: 2 });
    await expect.poll(() => options(page)).toEqual(['Lé']);
    await list(page).getByRole('option', { name: 'Lé' }).tap();
    expect(await box(page).inputValue()).toBe('@Lé ');
    expect(await page.evaluate('document.activeElement.id')).toBe('message');
    await context.close();
  });

  it('stays above the box and within the log when a soft keyboard leaves little room, with targets of 44 px', async () => {
    const { page, context } = await onPhone();
    await page.setViewportSize({ width: 390, height: 360 });
    await page.getByRole('textbox', { name: 'Message' }).tap();
    await offered(page, '@');
    const [shown, composer, header] = await Promise.all(
      [list(page), page.locator('.composer'), page.locator('.chat-header')].map((part) => part.boundingBox()),
    );
    if (!shown || !composer || !header) throw new Error('A part of the page is not shown.');
    expect(shown.y + shown.height).toBeLessThanOrEqual(composer.y);
    expect(shown.y).toBeGreaterThanOrEqual(header.y + header.height);
    const option = await list(page).getByRole('option').first().boundingBox();
    expect(option?.height).toBeGreaterThanOrEqual(44);
    await page.keyboard.press('ArrowUp');
    const last = await list(page).getByRole('option', { selected: true }).boundingBox();
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(shown.y + shown.height);
    await context.close();
  });

  async function onPhone() {
    const { page, context } = await harbour.enterByPhone(harbour.ada, await newChat());
    await connected(page);
    return { page, context };
  }
});

describe.skipIf(hasNoBrowser)('completion in a chat of 1,000 members', () => {
  it('finds everybody, shows at most 50 at once, and asks for the members once', async () => {
    const chatId = await newChat();
    const { createInvite, redeemInvite } = harbour.server.app.useCases;
    const { code } = await createInvite(harbour.ada.actor, chatId);
    for (let n = 0; n < 995; n += 1) {
      const { actor } = await harbour.server.person(`Sailor ${n}`);
      await redeemInvite(actor, code);
    }
    const page = await harbour.enter(harbour.ada, chatId);
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().includes('/members')) asked += 1;
    });
    await page.keyboard.type('@sailor 994');
    await expect.poll(() => options(page)).toEqual(['Sailor 994']);
    expect(asked).toBe(10);
    for (const n of [0, 500, 993]) {
      await box(page).fill('');
      expect((await offered(page, `@Sailor ${n}`))[0]).toBe(`Sailor ${n}`);
    }
    await box(page).fill('');
    expect((await offered(page, '@')).length).toBe(51);
    expect(asked).toBe(10);
    expect(await harbour.leave()).toEqual([]);
  });
});
