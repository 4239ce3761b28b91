import { readFileSync } from 'node:fs';
import { vi } from 'vitest';
import type { Point, Tab } from './tab.ts';

const LOOK = readFileSync(new URL('look.js', import.meta.url), 'utf8');

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A page as its reader uses it: finds things by role and name, waits until they are there, and acts by mouse and keys. */
export class Page {
  readonly tab: Tab;
  readonly #site: string;

  constructor(tab: Tab, site: string) {
    this.tab = tab;
    this.#site = site;
  }

  goto(path: string): Promise<void> {
    return this.tab.goto(new URL(path, this.#site).href);
  }

  /** The value of an expression, in which the functions of `look.js` are known. */
  async look<T>(expression: string): Promise<T> {
    return (await this.tab.evaluate(
      `(() => { ${LOOK}; const { all, pointOf, text, messages, boxOf } = globalThis.look; return ${expression}; })()`,
    )) as T;
  }

  /** Waits until the expression is neither false, null nor undefined; a page that goes away meanwhile is asked again. */
  until<T>(expression: string): Promise<NonNullable<T>> {
    return vi.waitFor(
      async () => {
        const found = await this.look<T>(expression);
        if (found === undefined || found === null || found === false) throw new Error(`Not so: ${expression}`);
        return found;
      },
      { timeout: 30_000, interval: 50 },
    );
  }

  async sees(text: string): Promise<void> {
    await this.until(`text().includes(${JSON.stringify(text)})`);
  }

  async isAt(path: string): Promise<void> {
    await this.until(
      `location.pathname + location.search === ${JSON.stringify(path)} && document.readyState === 'complete'`,
    );
  }

  /** A chat's page once it is live. */
  async isConnected(): Promise<void> {
    await this.until(`document.querySelector('[data-connection]')?.textContent === 'Connected'`);
  }

  async says(...texts: readonly string[]): Promise<void> {
    await this.until(`JSON.stringify(messages()) === ${JSON.stringify(JSON.stringify(texts))}`);
  }

  async click(role: string, name: string): Promise<void> {
    await this.clickAt(await this.until<Point>(`pointOf(${JSON.stringify(role)}, ${JSON.stringify(name)})`));
  }

  clickAt(point: Point): Promise<void> {
    return this.tab.drag(point, point);
  }

  /** Types into a field. */
  async fill(name: string, text: string): Promise<void> {
    await this.click('textbox', name);
    await this.tab.type(text);
  }

  press(keys: string): Promise<void> {
    return this.tab.press(keys);
  }

  /** The dialog of that name once it lies open and at rest. */
  async dialog(name: string): Promise<Box> {
    const its = `'dialog', ${JSON.stringify(name)}`;
    await this.until(`pointOf(${its})`);
    return this.until<Box>(`boxOf(${its})`);
  }

  async hasNoDialog(): Promise<void> {
    await this.until(`all('dialog').length === 0`);
  }
}
