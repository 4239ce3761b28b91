import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCENES, type Scene } from '../../scripts/screenshots/scenes.ts';
import { openStudio, type Studio } from '../../scripts/screenshots/studio.ts';
import { hasNoBrowser, launch } from './visit.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = [320, 1280];
const ALL_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const RULES_OF_COLOUR = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

let browser: Browser;
let studio: Studio;

beforeAll(async () => {
  if (hasNoBrowser) return;
  [browser, studio] = await Promise.all([launch(), openStudio()]);
});
afterAll(async () => {
  await browser?.close();
  await studio?.close();
});

const shown = SCENES.flatMap((scene) =>
  WIDTHS.filter((width) => scene.widths?.includes(width) ?? true).map((width) => [scene.name, width, scene] as const),
).toSorted(([, width, scene], [, otherWidth, other]) => kindOf(scene, width).localeCompare(kindOf(other, otherWidth)));

/** Scenes of one person at one width follow one another on one page: pages that lie open cost, too. */
let open: { readonly kind: string; readonly page: Page } | undefined;

describe.skipIf(hasNoBrowser)('axe', () => {
  it.each(shown)('finds nothing on %s at %i px, in both themes', async (_, width, scene) => {
    expect(await findingsInBothThemes(await look(scene, width))).toEqual({ light: [], dark: [] });
  });

  it('would find a field without a name, and a picture of words without words', async () => {
    const [scene] = SCENES;
    if (!scene) throw new Error('There are no scenes.');
    const page = await look(scene, 1280);
    await page.evaluate(`
      document.querySelector('label').remove();
      document.body.append(document.createElement('img'));
    `);
    expect((await findings(page, ALL_RULES)).map((found) => found.split(':')[0])).toEqual(
      expect.arrayContaining(['label', 'image-alt']),
    );
  });

  it('would find what is wrong in the dark alone, be it a colour or an element that is shown', async () => {
    const [scene] = SCENES;
    if (!scene) throw new Error('There are no scenes.');
    const page = await look(scene, 1280);
    const inTheDark = async (style: string) => {
      const tag = await page.addStyleTag({ content: `@media (prefers-color-scheme: dark) { ${style} }` });
      await page.emulateMedia({ colorScheme: 'light' });
      const { light, dark } = await findingsInBothThemes(page);
      await tag.evaluate((element) => (element as unknown as { remove(): void }).remove());
      return { light, dark: [...new Set(dark.map((found) => found.split(':')[0]))] };
    };
    expect(await inTheDark('label { color: #333 !important; background: #222 !important; }')).toEqual({
      light: [],
      dark: ['color-contrast'],
    });
    const picture = '<img id="lamp" src="/favicon.svg" style="display: none">';
    await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend', '${picture}')`);
    expect(await inTheDark('#lamp { display: block !important; }')).toEqual({ light: [], dark: ['image-alt'] });
  });
});

/** Themes differ in colours alone, as a rule: then what the other rules find in one they would find in the other. */
async function findingsInBothThemes(page: Page) {
  const light = await findings(page, ALL_RULES);
  const shape = await shapeOf(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const isOfOneShape = (await shapeOf(page)) === shape;
  return { light, dark: await findings(page, isOfOneShape ? RULES_OF_COLOUR : ALL_RULES) };
}

/** All that a rule can see of a page, but for its colours. */
function shapeOf(page: Page): Promise<string> {
  return page.evaluate(`JSON.stringify([
    document.documentElement.outerHTML,
    [...document.querySelectorAll('*')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const { display, visibility, opacity, position, overflow, clipPath, zIndex } = getComputedStyle(element);
      return [x, y, width, height, display, visibility, opacity, position, overflow, clipPath, zIndex].join();
    }),
  ])`);
}

function kindOf(scene: Scene, width: number): string {
  return `${scene.as} ${width} ${scene.routesSockets ? scene.name : ''}`;
}

/** The page's own policy keeps axe out, and does not say how it is read. */
async function look(scene: Scene, width: number): Promise<Page> {
  const kind = kindOf(scene, width);
  if (open?.kind === kind && scene.script !== false) {
    await open.page.emulateMedia({ colorScheme: 'light' });
    await studio.revisit(open.page, scene);
    return open.page;
  }
  await open?.page.context().close();
  const page = await (scene.script === false
    ? lookWithScript(scene, width)
    : studio.visit(browser, scene, viewOf(width)));
  open = { kind: scene.script === false ? scene.name : kind, page };
  return page;
}

/** Where no script runs, axe does not either: it looks at the same markup with script. */
async function lookWithScript({ script, ...scene }: Scene, width: number): Promise<Page> {
  const page = await studio.visit(browser, { ...scene, script: false }, viewOf(width));
  const [html, address] = [await page.content(), page.url()];
  await page.context().close();
  return studio.visit(browser, { ...scene, show: (again) => showAgain(again, address, html) }, viewOf(width));
}

const viewOf = (width: number) => ({ width, theme: 'light', bypassCSP: true }) as const;

async function showAgain(page: Page, address: string, body: string): Promise<void> {
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  await page.goto(address);
}

async function findings(page: Page, runOnly: object): Promise<readonly string[]> {
  if (await page.evaluate(`typeof axe === 'undefined'`)) await page.evaluate(axe);
  // Of what passes, one element a rule is described instead of all.
  return page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations'] }).then(
    ({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + failureSummary)))`);
}
