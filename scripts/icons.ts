/** Renders the PNG icons in `static/icons` from their SVGs. Run `npm run icons` after these have changed. Needs Chromium. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findComponent } from '../test/components.ts';

const statics = join(import.meta.dirname, '../static');

const DRAWN: readonly (readonly [from: string, to: string, size: number])[] = [
  ['favicon.svg', 'icons/icon-192.png', 192],
  ['favicon.svg', 'icons/icon-512.png', 512],
  ['icons/app-icon.svg', 'icons/app-icon-512.png', 512],
  ['icons/app-icon.svg', 'icons/apple-touch-icon.png', 180],
];

const browser = await chromium.launch({ executablePath: findComponent('chromium').path, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  for (const [from, to, size] of DRAWN) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>body{margin:0}svg{display:block;width:100vw}</style>${readFileSync(join(statics, from), 'utf8')}`,
    );
    writeFileSync(join(statics, to), await page.screenshot({ omitBackground: true }));
  }
} finally {
  await browser.close();
}
