/**
 * Takes pictures of every page and state of an app that it starts itself, at three widths and in both themes:
 * `npm run screenshots`, or `npm run screenshots -- --png DIRECTORY [NAME…]` for some of them as PNG.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findComponent } from '../test/components.ts';
import { SCENES } from './screenshots/scenes.ts';
import { openStudio } from './screenshots/studio.ts';
import { openPicturePress } from './screenshots/webp.ts';

const WIDTHS = [320, 768, 1280];
const THEMES = ['light', 'dark'] as const;

const { values, positionals } = parseArgs({
  options: { png: { type: 'string' }, 'forced-colors': { type: 'boolean' } },
  allowPositionals: true,
});
const directory = values.png ?? join(import.meta.dirname, '../docs/screenshots');

const studio = await openStudio();
const browser = await chromium.launch({ executablePath: findComponent('chromium').path, args: ['--no-sandbox'] });
try {
  mkdirSync(directory, { recursive: true });
  const press = await openPicturePress(browser);
  const scenes = SCENES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  if (positionals.length === 0) {
    for (const old of readdirSync(directory)) if (/-\d+-(?:light|dark)\.\w+$/.test(old)) rmSync(join(directory, old));
  }
  for (const scene of scenes) {
    for (const width of scene.widths ?? WIDTHS) {
      for (const theme of THEMES) {
        const name = `${scene.name}-${width}-${theme}`;
        const page = await studio.visit(browser, scene, {
          width,
          theme,
          forcedColors: values['forced-colors'] ? 'active' : 'none',
        });
        const png = await page.screenshot();
        await page.context().close();
        if (values.png) writeFileSync(join(directory, `${name}.png`), png);
        else writeFileSync(join(directory, `${name}.webp`), await press.webp(png));
      }
    }
  }
} finally {
  await browser.close();
  await studio.close();
}
