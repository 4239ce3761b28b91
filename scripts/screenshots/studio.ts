import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { loadAssets } from '../../src/adapters/http/pages/assets.ts';
import { makePages } from '../../src/adapters/http/pages/pages.ts';
import { openTemplates } from '../../src/adapters/http/pages/templates.ts';
import { buildApp } from '../../src/composition/app.ts';
import { readConfig } from '../../src/composition/config.ts';
import type { Get } from '../../src/composition/container.ts';
import { CLOCK, STORAGE, WEB_PAGES } from '../../src/composition/tokens.ts';
import { epoch, installationId } from '../../src/domain/installation.ts';
import { seedAccounts } from './accounts.ts';
import { linkedPages } from './linked-pages.ts';
import type { Scene } from './scenes.ts';
import { NOW, seed } from './seed.ts';

const root = join(import.meta.dirname, '../..');
const HEIGHTS: Readonly<Record<number, number>> = { 320: 640, 768: 1024, 1280: 800 };

const RARE: Readonly<Record<number, readonly [title: string, detail: string]>> = {
  422: ['Invalid name', 'A chat name has 1 to 80 characters.'],
  429: ['Too many at once', 'Wait a minute, then try again.'],
  500: ['Our mistake', 'Something went wrong on our side. It has been written down.'],
  503: ['Temporarily unavailable', 'Too many people are signing in. Try again in a moment.'],
};

export interface View extends BrowserContextOptions {
  readonly width: number;
  readonly theme: 'light' | 'dark';
}

export interface Studio {
  /** Brings a page of the same person into another scene's state, as if it were new. */
  revisit(page: Page, scene: Scene): Promise<void>;
  /** A page in a browser context of its own, brought into the scene's state. */
  visit(browser: Browser, scene: Scene, view: View): Promise<Page>;
  close(): Promise<void>;
}

/** Starts an app with a few people and some days of messages. */
export async function openStudio(): Promise<Studio> {
  let now = NOW;
  const clock = { now: () => now, set: (moment: number) => (now = moment) };
  const log = { info() {}, warn() {}, error: console.error };
  const config = readConfig({ DATABASE_URL: 'memory:', PORT: '0', RATE_LIMITS: 'off' });
  let get: Get | undefined;
  const app = await buildApp(config, log, (wiring) => {
    get = wiring.bind(CLOCK, () => clock).bind(WEB_PAGES, () => linkedPages).get;
  });
  const world = await seed(app.useCases, clock);
  if (get) await seedAccounts(get(STORAGE), app.useCases, world);
  const { url } = await app.listen();

  const show = async (page: Page, scene: Scene) => {
    await scene.show(page, world);
    await page.evaluate('document.fonts.ready');
  };

  return {
    async visit(browser, scene, { width, theme, ...options }) {
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
        serviceWorkers: 'block',
        ...options,
      });
      if (scene.as) await context.addCookies([{ name: 'session_token', value: await world.token(scene.as), url }]);
      const page = await context.newPage();
      await page.clock.setFixedTime(NOW);
      await page.route('**/shown/*', (route) => {
        const status = Number(new URL(route.request().url()).pathname.split('/').at(-1));
        return route.fulfill({ contentType: 'text/html; charset=utf-8', body: errorPage(status) });
      });
      await page.goto('/status');
      await show(page, scene);
      return page;
    },
    async revisit(page, scene) {
      await page.goto(`${url}status`);
      await page.evaluate('(localStorage.clear(), sessionStorage.clear())');
      await show(page, scene);
    },
    close: () => app.close(),
  };
}

/** Errors that are hard to provoke. */
function errorPage(status: number): string {
  const assets = loadAssets(join(root, 'static/built'));
  const installation = { id: installationId('studio'), epoch: epoch('first') };
  const pages = makePages({ templates: openTemplates(join(root, 'templates')), assets, installation, now: () => NOW });
  const [title = '', detail = ''] = RARE[status] ?? [];
  return pages.error({ theme: 'system', status, title, detail, signedIn: true });
}
