/**
 * Takes pictures of every page and state, at three widths, in both themes, of an app of its own:
 * `npm run screenshots`, or `npm run screenshots -- --png DIRECTORY [NAME…]` for some of them, as they are.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { loadAssets } from '../src/adapters/http/assets.ts';
import { makePages } from '../src/adapters/http/pages.ts';
import { buildApp } from '../src/composition/app.ts';
import { readConfig } from '../src/composition/config.ts';
import { CLOCK } from '../src/composition/tokens.ts';
import { findComponent } from '../test/components.ts';
import { SCENES, type Scene } from './screenshots/scenes.ts';
import { NOW, seed } from './screenshots/seed.ts';
import { openPicturePress } from './screenshots/webp.ts';

const root = join(import.meta.dirname, '..');
const HEIGHTS: Readonly<Record<number, number>> = { 320: 640, 768: 1024, 1280: 800 };
const THEMES = ['light', 'dark'] as const;

const RARE: Readonly<Record<number, readonly [title: string, detail: string]>> = {
  422: ['That name will not do', 'A chat name has 1 to 80 characters.'],
  429: ['Too many at once', 'Wait a minute, then try again.'],
  500: ['Our mistake', 'Something went wrong on our side. It has been written down.'],
  503: ['Not at the moment', 'Too many people are signing in. Try again in a moment.'],
};

const { values, positionals } = parseArgs({ options: { png: { type: 'string' } }, allowPositionals: true });
const directory = values.png ?? join(root, 'docs/screenshots');

const { app, world } = await openSeededApp();
const { url } = await app.listen();
const browser = await chromium.launch({ executablePath: findComponent('chromium').path, args: ['--no-sandbox'] });
try {
  mkdirSync(directory, { recursive: true });
  const press = await openPicturePress(browser);
  const scenes = SCENES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  if (positionals.length === 0) {
    for (const old of readdirSync(directory)) if (/-\d+-(?:light|dark)\.\w+$/.test(old)) rmSync(join(directory, old));
  }
  for (const scene of scenes) {
    for (const width of scene.widths ?? Object.keys(HEIGHTS).map(Number)) {
      for (const theme of THEMES) {
        const name = `${scene.name}-${width}-${theme}`;
        const png = await take(browser, scene, { width, theme });
        if (values.png) writeFileSync(join(directory, `${name}.png`), png);
        else writeFileSync(join(directory, `${name}.webp`), await press.webp(png));
      }
    }
  }
} finally {
  await browser.close();
  await app.close();
}

async function openSeededApp() {
  let now = NOW;
  const clock = { now: () => now, set: (moment: number) => (now = moment) };
  const log = { info() {}, warn() {}, error: console.error };
  const config = readConfig({ DATABASE_URL: 'memory:', PORT: '0', RATE_LIMITS: 'off' });
  const app = await buildApp(config, log, (wiring) => wiring.bind(CLOCK, () => clock));
  return { app, world: await seed(app.useCases, clock) };
}

async function take(
  browser: Browser,
  scene: Scene,
  { width, theme }: { width: number; theme: (typeof THEMES)[number] },
): Promise<Buffer> {
  const isPhone = width < 640;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: HEIGHTS[width] ?? 800 },
    colorScheme: theme,
    hasTouch: isPhone,
    isMobile: isPhone,
    javaScriptEnabled: scene.script ?? true,
    locale: 'en-GB',
    timezoneId: 'Europe/Lisbon',
    reducedMotion: 'reduce',
  });
  if (scene.as) await context.addCookies([{ name: 'session_token', value: await world.token(scene.as), url }]);
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  await page.route('**/shown/*', (route) => {
    const status = Number(new URL(route.request().url()).pathname.split('/').at(-1));
    return route.fulfill({ contentType: 'text/html; charset=utf-8', body: errorPage(status) });
  });
  await page.goto('/status');
  await scene.show(page, world);
  await page.evaluate('document.fonts.ready');
  const png = await page.screenshot();
  await context.close();
  return png;
}

/** Pages that are hard to come by. */
function errorPage(status: number): string {
  const assets = loadAssets(join(root, 'static/built'));
  const pages = makePages({ templates: join(root, 'templates'), assets });
  const [title = '', detail = ''] = RARE[status] ?? [];
  return pages.error({ theme: 'system', status, title, detail, signedIn: true });
}
