import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, DESKTOP, open, PHONE, type Shoal, startShoal, TABLET } from './shoal-page.ts';
import { hasNoBrowser, launch } from './visit.ts';

let browser: Browser;
let shoal: Shoal;

beforeAll(async () => {
  if (hasNoBrowser) return;
  [browser, shoal] = await Promise.all([launch(), startShoal(12)]);
});
afterAll(async () => {
  await browser?.close();
  await shoal?.server.stop();
});

const STILL = { reducedMotion: 'reduce' } as const;
const chat = () => `/chat/${shoal.chats[0]}`;
const pathOf = (page: Page) => new URL(page.url()).pathname;
const widthOf = async (page: Page, selector: string) =>
  Math.round((await page.locator(selector).boundingBox())?.width ?? 0);

async function invite(): Promise<{ readonly code: string }> {
  const made = await shoal.server.fetch(`/create_invite/${shoal.chats[0]}`, {
    method: 'POST',
    headers: { cookie: shoal.cookie },
  });
  return (await made.json()) as { code: string };
}

/** What can be pressed and is too small for a finger; links within a sentence may be as high as its lines. */
const SMALL = `[...document.querySelectorAll('a, button, summary, input:not([type=hidden]), textarea')]
  .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.closest('.visually-hidden, .skip, .message-text, .composer-keys'))
  .map((target) => [target, target.getBoundingClientRect()])
  .filter(([, { width, height }]) => width > 1 && (width < 43.5 || height < 43.5))
  .map(([target, { width, height }]) => target.outerHTML.slice(0, 90) + ' ' + width + ' × ' + height)`;

const SIDEWAYS = `document.documentElement.scrollWidth > innerWidth ||
  [...document.querySelectorAll('[role=log], .members, dialog[open]')].some((box) => box.scrollWidth > box.clientWidth)`;

describe.skipIf(hasNoBrowser)('at any width', () => {
  it('has a rail of chats with their names, which is narrower on smaller screens, and the log alone on phones', async () => {
    const page = await open(browser, shoal, { path: chat(), ...DESKTOP, ...STILL });
    expect([await widthOf(page, '.rail'), await widthOf(page, '.chat')]).toEqual([300, 980]);
    await page.setViewportSize({ width: 800, height: 900 });
    expect(await widthOf(page, '.rail')).toBe(280);
    expect(await widthOf(page, '.card[data-chat="1"] .card-name')).toBeGreaterThan(50);
    await page.setViewportSize({ width: 600, height: 900 });
    expect([await page.locator('.rail').isVisible(), await widthOf(page, '.chat')]).toEqual([false, 600]);
    await page.context().close();
  });

  it.each([1280, 1920, 2560])(
    'fills a window of %i px with its panels, and keeps texts in a column of 760 px',
    async (width) => {
      const page = await open(browser, shoal, { path: chat(), viewport: { width, height: 1080 }, ...STILL });
      expect((await page.locator('.rail').boundingBox())?.x).toBe(0);
      expect((await widthOf(page, '.rail')) + (await widthOf(page, '.chat'))).toBe(width);
      expect([await widthOf(page, '.log-content'), await widthOf(page, '.composer-row')]).toEqual([760, 760]);
      expect((await page.locator('.chat-header').boundingBox())?.height).toBe(56);
      expect((await page.locator('.rail-head').boundingBox())?.height).toBe(56);
      expect((await page.locator('.account').boundingBox())?.height).toBe(52);
      expect((await page.locator('.search').boundingBox())?.height).toBe(36);
      await page.context().close();
    },
  );

  it('has the same rail at home, beside a few words; on phones the list is the page', async () => {
    const page = await open(browser, shoal, { path: '/', ...DESKTOP, ...STILL });
    expect([await widthOf(page, '.rail'), await widthOf(page, '.landing')]).toEqual([300, 980]);
    await page.getByRole('heading', { name: 'Choose a chat' }).waitFor();
    await page.setViewportSize({ width: 600, height: 900 });
    expect(await widthOf(page, '.cards')).toBe(600);
    await page.context().close();
  });

  it('shows a new user how to start a chat and where to paste an invite link, also without script', async () => {
    const { code } = await invite();
    for (const options of [DESKTOP, { ...PHONE, javaScriptEnabled: false }]) {
      const page = await open(browser, shoal, { path: '/', ...options, ...STILL, cookie: shoal.newcomer });
      await page.getByRole('button', { name: 'Start a chat' }).click();
      await page.getByLabel('Chat name').waitFor();
      await page.keyboard.press('Escape');
      await page.getByLabel('Paste an invite link').fill(`${shoal.server.url}/invite/${code}`);
      await page.getByRole('button', { name: 'Open' }).click();
      await page.getByRole('heading', { name: 'Join Harbour?' }).waitFor();
      await page.context().close();
    }
  });

  it('never scrolls sideways at 320 px, and offers nothing too small for a finger', async () => {
    const page = await open(browser, shoal, { path: '/', ...PHONE, ...STILL });
    const paths = [
      '/',
      chat(),
      `${chat()}/members`,
      '/account/notifications',
      '/account/presence',
      '/nowhere',
      '/chat/999',
    ];
    for (const path of paths) {
      await page.goto(path);
      expect([path, await ask(page, SIDEWAYS), await ask(page, SMALL)]).toEqual([path, false, []]);
    }
    await page.goto('/');
    await page.getByRole('button', { name: 'Your account' }).click();
    expect([await ask(page, SIDEWAYS), await ask(page, SMALL)]).toEqual([false, []]);
    await page.context().clearCookies();
    await page.goto('/auth');
    expect([await ask(page, SIDEWAYS), await ask(page, SMALL)]).toEqual([false, []]);
    await page.context().close();
  });

  it.each([
    ['a soft keyboard', { width: 320, height: 300 }],
    ['200 % zoom', { width: 640, height: 400 }],
    ['a phone on its side', { width: 740, height: 330 }],
  ])('keeps the composer in sight above %s', async (_what, viewport) => {
    const page = await open(browser, shoal, { path: chat(), viewport, ...STILL });
    await page.getByRole('textbox', { name: 'Message' }).focus();
    const { y = 0, height = 0 } = (await page.getByRole('textbox', { name: 'Message' }).boundingBox()) ?? {};
    expect(y).toBeGreaterThan(0);
    expect(y + height).toBeLessThanOrEqual(viewport.height);
    expect(await ask(page, SIDEWAYS)).toBe(false);
    await page.context().close();
  });

  it('shows whole pages to who enlarges text to twice its size', async () => {
    const page = await open(browser, shoal, { path: '/auth', cookie: null, viewport: { width: 640, height: 400 } });
    expect(await ask<string>(page, `document.querySelector('meta[name=viewport]').content`)).not.toMatch(
      /maximum|user-scalable/,
    );
    await page.getByRole('button', { name: 'Sign in' }).scrollIntoViewIfNeeded();
    expect(await page.getByRole('button', { name: 'Sign in' }).isVisible()).toBe(true);
    await page.context().close();
  });

  it('moves nothing for who wants no motion', async () => {
    const page = await open(browser, shoal, { path: chat(), ...DESKTOP, ...STILL });
    const moving = `[...document.querySelectorAll('*')]
      .map((each) => getComputedStyle(each))
      .filter(({ transitionDuration, animationDuration }) => [transitionDuration, animationDuration].some((all) => all.split(', ').some((one) => parseFloat(one) > 0))).length`;
    expect(await ask(page, moving)).toBe(0);
    await page.context().close();
  });

  it('says by frames what colours said, where the system takes over the colours', async () => {
    const page = await open(browser, shoal, { path: chat(), ...DESKTOP, ...STILL, forcedColors: 'active' });
    const frame = (selector: string) =>
      ask<string>(page, `getComputedStyle(document.querySelector('${selector}')).borderTopWidth`);
    expect([await frame('.card:has([aria-current])'), await frame('.segment[aria-pressed="true"]')]).toEqual([
      '2px',
      '2px',
    ]);
    await page.context().close();
  });
});

describe.skipIf(hasNoBrowser)('Back', () => {
  it('closes the menu of a chat, and then leaves the chat for the list', async () => {
    const page = await open(browser, shoal, { path: '/', ...PHONE, ...STILL });
    await page.getByRole('link', { name: 'Berth 2', exact: true }).tap();
    await page.waitForURL(`/chat/${shoal.chats[1]}`);
    await page.getByRole('button', { name: 'Chat menu' }).tap();
    await page.getByRole('link', { name: 'Pinned messages' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Pinned messages' }).waitFor({ state: 'hidden' });
    expect(pathOf(page)).toBe(`/chat/${shoal.chats[1]}`);
    await page.goBack();
    await page.waitForURL('/');
    await page.context().close();
  });

  it('closes a dialog, and leaves no trace of one that was closed by itself', async () => {
    const page = await open(browser, shoal, { path: '/', ...DESKTOP, ...STILL });
    await page.goto(chat());
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => ask(page, 'history.state?.overlay')).toBe(true);
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(pathOf(page)).toBe(chat());
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => ask(page, 'history.state?.overlay')).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => ask(page, 'history.state?.overlay')).toBeUndefined();
    await page.goBack();
    await page.waitForURL('/');
    await page.context().close();
  });

  it('closes the dialog that was opened from a menu, and leaves the page as it was', async () => {
    const page = await open(browser, shoal, { path: chat(), ...DESKTOP, ...STILL });
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => ask(page, 'history.state?.overlay')).toBe(true);
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(pathOf(page)).toBe(chat());
    await page.context().close();
  });
});

describe.skipIf(hasNoBrowser)('signing in', () => {
  it('shows the password to who asks, and lets nobody send the form twice', async () => {
    const page = await open(browser, shoal, { path: '/auth', cookie: null, ...TABLET });
    const password = page.getByLabel('Password', { exact: true });
    await page.getByLabel('Username').fill('gus');
    await password.fill('a good password');
    await page.getByRole('button', { name: 'Show password' }).click();
    expect(await password.getAttribute('type')).toBe('text');
    await page.getByRole('button', { name: 'Hide password' }).click();
    expect(await password.getAttribute('type')).toBe('password');
    const isDisabled = "(document.forms[0].requestSubmit(), document.querySelector('[type=submit]').disabled)";
    expect(await ask(page, isDisabled)).toBe(true);
    await page.waitForURL('/');
    await page.context().close();
  });

  it('says what is wrong beside the field, and leads there', async () => {
    const page = await open(browser, shoal, { path: '/auth', cookie: null, ...TABLET });
    await page.getByLabel('Username').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const password = page.getByLabel('Password', { exact: true });
    await page.getByRole('alert').waitFor();
    expect(await password.getAttribute('aria-describedby')).toContain('password-problem');
    expect(await ask(page, 'document.activeElement.id')).toBe('password');
    await page.context().close();
  });
});
