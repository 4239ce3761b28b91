import { chromium as playwright } from 'playwright-core';
import { findComponent } from '../../components.ts';
import { QUIET, WITHOUT_BLUR } from '../visit.ts';
import type { Engine } from './tab.ts';

const { path: executablePath, isMissing } = findComponent('chromium');

export const chromium: Engine = {
  name: 'Chromium',
  isMissing,
  keepsPages: false,
  async launch(proxy) {
    const browser = await playwright.launch({
      executablePath,
      args: QUIET,
      // As people have it.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      proxy: { server: `http://${proxy}`, bypass: '127.0.0.1' },
    });
    return {
      async open() {
        const context = await browser.newContext();
        await context.addInitScript(WITHOUT_BLUR);
        const page = await context.newPage();
        return {
          goto: async (url) => void (await page.goto(url)),
          evaluate: (expression) => page.evaluate<unknown>(expression),
          async drag(from, to) {
            await page.mouse.move(from.x, from.y);
            await page.mouse.down();
            await page.mouse.move(to.x, to.y);
            await page.mouse.up();
          },
          type: (text) => page.keyboard.type(text),
          press: (keys) => page.keyboard.press(keys),
          back: async () => void (await page.goBack({ waitUntil: 'commit' })),
          resize: (width, height) => page.setViewportSize({ width, height }),
          screenshot: () => page.screenshot(),
          close: () => context.close(),
        };
      },
      close: () => browser.close(),
    };
  },
};
