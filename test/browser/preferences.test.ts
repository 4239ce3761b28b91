import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SCENES, type Scene } from '../../scripts/screenshots/scenes.ts';
import { openStudio, type Studio, type View } from '../../scripts/screenshots/studio.ts';
import { hasNoBrowser, launch } from './visit.ts';

let browser: Awaited<ReturnType<typeof launch>>;
let studio: Studio;
const pages: Page[] = [];

beforeAll(async () => {
  if (hasNoBrowser) return;
  [browser, studio] = await Promise.all([launch(), openStudio()]);
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await studio?.close();
});

function scene(name: string): Scene {
  const found = SCENES.find((each) => each.name === name);
  if (!found) throw new Error(`There is no scene ${name}.`);
  return found;
}

async function look(name: string, view: Partial<View>): Promise<Page> {
  const page = await studio.visit(browser, scene(name), { width: 1280, theme: 'light', ...view });
  pages.push(page);
  return page;
}

const PLACES = [
  'sign-in',
  'sign-in-refused',
  'home',
  'new-chat',
  'chat',
  'chat-failed',
  'invite',
  'members',
  'shortcuts',
];

describe.skipIf(hasNoBrowser)('who wants less motion', () => {
  it.each(PLACES)('sees none on %s', async (name) => {
    const page = await look(name, { reducedMotion: 'reduce' });
    const moving = await page.evaluate<readonly string[]>(`[...document.querySelectorAll('*')].flatMap((element) =>
      ['', '::before', '::after', '::backdrop'].flatMap((part) => {
        const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(element, part);
        const takesTime = (durations) => durations.split(',').some((duration) => parseFloat(duration) > 0.01);
        const moves = takesTime(transitionDuration)
          || (animationName !== 'none' && takesTime(animationDuration)) || scrollBehavior === 'smooth';
        return moves ? [element.tagName + '.' + element.className + part] : [];
      }))`);
    expect(moving).toEqual([]);
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  });
});

describe.skipIf(hasNoBrowser)('at 200 % zoom', () => {
  it.each(PLACES)('%s does not scroll sideways, and every control is within reach', async (name) => {
    const page = await look(name, { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, isMobile: false });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    const top = page.locator('dialog[open]').last();
    const scope = (await top.count()) > 0 ? top : page.locator('main');
    const controls = scope
      .locator('a, button, input:not([type="hidden"]), textarea, summary')
      .filter({ visible: true });
    for (const control of await controls.all()) {
      if ((await control.getAttribute('tabindex')) !== '-1') await expect.poll(() => isWithinReach(control)).toBe(true);
    }
  });

  /** Earlier messages come when one scrolls to them, and move what was there, or take the place of what asked for them. */
  async function isWithinReach(control: Locator): Promise<boolean> {
    if (!(await control.isVisible())) return true;
    await control.scrollIntoViewIfNeeded();
    const around = await control.boundingBox();
    if (!around) return false;
    return around.x >= 0 && around.x + around.width <= 641 && around.y >= -1 && around.y + around.height <= 401;
  }
});

describe.skipIf(hasNoBrowser)('with colours of the system', () => {
  /** Something other than a background, which the system takes away, says what it is. */
  const FRAMED = `(selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility())
    .filter((element) => {
      const { borderTopStyle, borderTopWidth, outlineStyle, textDecorationLine } = getComputedStyle(element);
      const isFramed = borderTopStyle !== 'none' && parseFloat(borderTopWidth) >= 1;
      return !isFramed && outlineStyle === 'none' && textDecorationLine === 'none';
    }).map((element) => element.outerHTML.slice(0, 120))`;

  it.each(['sign-in', 'home', 'chat', 'members', 'new-chat'])(
    'buttons, fields and panels of %s are framed',
    async (name) => {
      const page = await look(name, { forcedColors: 'active' });
      expect(
        await page.evaluate(
          `(${FRAMED})('.button, .input, .panel, dialog[open], .message:not(.emoji-only) .bubble, .segment')`,
        ),
      ).toEqual([]);
    },
  );

  it.each(['sign-in', 'chat', 'members'])('the focus is seen on %s', async (name) => {
    const page = await look(name, { forcedColors: 'active' });
    for (let step = 0; step < 6; step++) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate<string>(`(() => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(document.activeElement);
        return document.activeElement === document.body ? '' : outlineStyle + ' ' + parseFloat(outlineWidth);
      })()`);
      if (outline !== '') expect(outline).toMatch(/^(solid|auto) [2-9]/);
    }
  });

  it('own messages, and those that failed, differ from others by more than colour', async () => {
    const page = await look('chat-failed', { forcedColors: 'active' });
    const frames = await page.evaluate<readonly string[]>(`
      ['.message:not(.own, .notice)', '.message.own:not([data-state])', '[data-state="failed"]'].map((message) => {
        const { border, outline } = getComputedStyle(document.querySelector(message + ' .bubble'));
        return border + ' ' + outline;
      })`);
    expect(new Set(frames).size).toBe(3);
  });
});
