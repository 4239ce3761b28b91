import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connected, Harbour, texts } from './harbour.ts';
import { hasNoBrowser, visit } from './visit.ts';

let harbour: Harbour;

beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterEach(async () => {
  if (!hasNoBrowser) expect(await harbour.leave()).toEqual([]);
});
afterAll(() => harbour?.close());

interface Focus {
  readonly name: string;
  /** Undefined when all is well with it. */
  readonly wrong: string | undefined;
}

/** What has the focus, and whether one sees that it has. */
const FOCUS = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: '', wrong: 'the focus is lost' };
  const labelled = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent;
  const name = labelled.replace(/\\s+/g, ' ').trim();
  const { outlineStyle, outlineWidth, outlineColor, borderTopWidth, borderTopColor } = getComputedStyle(element);
  // A field's own frame lights up with it.
  const frame = borderTopColor === outlineColor ? parseFloat(borderTopWidth) : 0;
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const isInSight = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  let wrong;
  if (outlineStyle === 'none' || parseFloat(outlineWidth) + frame < 2) wrong = 'no outline on ' + name;
  else if (!isInSight) wrong = name + ' is out of sight';
  return { name, wrong };
})()`;

async function focus(page: Page): Promise<string> {
  const { name, wrong } = await page.evaluate<Focus>(FOCUS);
  expect(wrong).toBeUndefined();
  return name;
}

const MAX_STEPS = 60;

/** Presses Tab until something of that name has the focus, which is seen at every step. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < MAX_STEPS; step++) {
    await page.keyboard.press('Tab');
    // From the last thing on the page the focus goes to the browser's own, and comes back. Before its first frame a page hears no key.
    if (await page.evaluate('document.activeElement === document.body')) {
      await page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))');
      continue;
    }
    seen.push(await focus(page));
    if (name.test(seen.at(-1) ?? '')) return;
  }
  throw new Error(`Tab does not lead to ${name}, but to ${seen.join(', ')}.`);
}

const press = (page: Page, key: string) => page.keyboard.press(key);

/** Opens it, closes it with Escape, and finds the focus where it was. */
async function peek(page: Page, dialog: string): Promise<void> {
  const before = await focus(page);
  await press(page, 'Enter');
  await page.getByRole('dialog', { name: dialog }).waitFor();
  await focus(page);
  await press(page, 'Escape');
  await page.getByRole('dialog', { name: dialog }).waitFor({ state: 'hidden' });
  await expect.poll(() => focus(page)).toBe(before);
}

describe.skipIf(hasNoBrowser)('without a mouse', () => {
  it('one signs in, begins a chat, talks, invites, renames, removes, leaves and logs out', async () => {
    const other = await harbour.newChat();
    const { page, problems, context } = await visit(harbour.browser, harbour.server.url);
    await page.goto('/auth');
    // Before its first frame a page hears no key.
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('username');
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))');
    await page.keyboard.type('ada');
    await tabTo(page, /^Password$/);
    await page.keyboard.type('a good password');
    await press(page, 'Enter');
    await page.waitForURL('/');
    // Before that, dialogs open as popovers.
    await page.waitForLoadState('load');
    await tabTo(page, /Harbour$/);
    await tabTo(page, /^New chat$/);
    await peek(page, 'Start a chat');
    await press(page, 'Enter');
    await page.keyboard.type('By keys');
    await press(page, 'Enter');
    await page.waitForURL('/chat/*');
    await connected(page);
    const chatId = Number(new URL(page.url()).pathname.split('/')[2]);

    if ((await page.evaluate('document.activeElement.id')) !== 'message') await tabTo(page, /^Message$/);
    await page.keyboard.type('Said by keys');
    await press(page, 'Enter');
    await expect.poll(() => texts(page)).toEqual(['Said by keys']);
    expect(await focus(page)).toBe('Message');

    await tabTo(page, /Create invite link$/);
    await peek(page, 'Bring someone in');
    const { code } = await harbour.server.app.useCases.createInvite(harbour.ada.actor, chatId as typeof other);
    await harbour.server.app.useCases.redeemInvite(harbour.bob.actor, code);
    await page.getByText('2 members').waitFor();

    await tabTo(page, /2 members · \d online$/);
    await peek(page, 'Members');
    await press(page, 'Enter');
    await page.getByRole('list', { name: 'Members' }).waitFor();
    await tabTo(page, /^Name of the chat$/);
    await press(page, 'ControlOrMeta+a');
    await page.keyboard.type('By keys alone');
    await press(page, 'Enter');
    await page.getByText('The chat is called By keys alone now.').waitFor();
    await focus(page);
    await tabTo(page, /^Remove bob$/);
    await press(page, 'Enter');
    await tabTo(page, /^Remove bob$/);
    await press(page, 'Enter');
    await page.getByText('bob was removed.').waitFor();
    await focus(page);
    await press(page, 'Escape');
    // Those who are in the chat are counted at most once a second.
    await page.getByText('1 member', { exact: true }).waitFor();
    expect(await focus(page)).toMatch(/^1 member · \d online$/);

    await tabTo(page, /^Your account$/);
    await press(page, 'Enter');
    await tabTo(page, /^Dark$/);
    await press(page, 'Enter');
    await expect.poll(() => page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
    await focus(page);
    await press(page, 'Escape');
    await expect.poll(() => focus(page)).toBe('Your account');

    await press(page, 'Control+k');
    await focus(page);
    await page.keyboard.type('Harb');
    await press(page, 'Enter');
    await page.waitForURL(`/chat/${other}`);
    await connected(page);
    await tabTo(page, /members · \d online$/);
    await press(page, 'Enter');
    await tabTo(page, /^Leave this chat$/);
    await press(page, 'Enter');
    await tabTo(page, /^Leave$/);
    await press(page, 'Enter');
    await page.waitForURL('/');
    expect(await page.getByRole('link', { name: 'Harbour' }).count()).toBe(0);

    await tabTo(page, /Log out$/);
    await press(page, 'Enter');
    await page.waitForURL('/auth');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('the first Tab leads past all that is the same on every page', async () => {
    const { page } = await harbour.visit(harbour.bob, '/');
    await press(page, 'Tab');
    expect(await focus(page)).toBe('Skip to content');
    await press(page, 'Enter');
    await press(page, 'Tab');
    expect(await page.evaluate('document.activeElement.closest("main") !== null')).toBe(true);
  });
});
