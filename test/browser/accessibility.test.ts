import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCENES, type Scene } from '../../scripts/screenshots/scenes.ts';
import { openStudio, type Studio } from '../../scripts/screenshots/studio.ts';
import { hasNoBrowser, launch } from './visit.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = [320, 1280];

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
    const page = await look(scene, width);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await findings(page), colorScheme).toEqual([]);
    }
  });

  it('would find a field without a name, and a picture of words without words', async () => {
    const [scene] = SCENES;
    if (!scene) throw new Error('There are no scenes.');
    const page = await look(scene, 1280);
    await page.evaluate(`
      document.querySelector('label').remove();
      document.body.append(document.createElement('img'));
    `);
    expect((await findings(page)).map((found) => found.split(':')[0])).toEqual(
      expect.arrayContaining(['label', 'image-alt']),
    );
  });
});

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

async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(`axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + failureSummary)))`);
}
