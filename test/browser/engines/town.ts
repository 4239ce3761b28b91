import * as z from 'zod';
import { LocalServer } from '../local-server.ts';
import { chromium } from './chromium.ts';
import { firefox } from './firefox.ts';
import { Network, SITE } from './network.ts';
import { Page } from './page.ts';
import type { Engine, RunningEngine, Tab } from './tab.ts';
import { webkit } from './webkit.ts';

export const ENGINES: readonly Engine[] = [chromium, firefox, webkit];

/** Three browsers may share two cores with much else. */
export const PATIENCE_MS = 180_000;

const PASSWORD = 'a good password';

/** Visits by plain HTTP under a name of another machine, or the server on this machine itself. */
export type Way = 'plain' | 'local';

/** A server, a browser of one engine, and the network between them. */
export class Town {
  readonly server: LocalServer;
  readonly network: Network;
  readonly #engine: RunningEngine;
  readonly #tabs: Tab[] = [];

  private constructor(server: LocalServer, network: Network, engine: RunningEngine) {
    this.server = server;
    this.network = network;
    this.#engine = engine;
  }

  static async found(engine: Engine): Promise<Town> {
    const server = await LocalServer.start();
    const network = await Network.start(() => Number(new URL(server.url).port));
    return new Town(server, network, await engine.launch(network.address));
  }

  async fall(): Promise<void> {
    await this.#engine.close();
    await this.network.close();
    await this.server.stop();
  }

  async visitor(way: Way = 'plain'): Promise<Page> {
    const tab = await this.#engine.open();
    this.#tabs.push(tab);
    await tab.resize(1280, 800);
    return new Page(tab, way === 'plain' ? SITE : this.server.url);
  }

  async leave(): Promise<void> {
    this.network.comeUp();
    this.network.release();
    for (const tab of this.#tabs.splice(0)) await tab.close();
  }

  /** Somebody who has signed in by the form. */
  async signedIn(name: string, way?: Way): Promise<Page> {
    const page = await this.visitor(way);
    await page.goto('/auth');
    await signIn(page, name);
    return page;
  }

  async post(chatId: number, cookie: string, text: string): Promise<void> {
    const headers = { cookie, 'content-type': 'application/json' };
    const response = await this.server.fetch(`/chat/${chatId}/messages`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ text }),
    });
    if (response.status !== 201) throw new Error(`The message was answered with ${response.status}.`);
  }

  async history(chatId: number, cookie: string): Promise<readonly string[]> {
    const response = await this.server.fetch(`/chat/${chatId}/messages`, { headers: { cookie } });
    const { messages } = z.object({ messages: z.array(z.object({ text: z.string() })) }).parse(await response.json());
    return messages.map(({ text }) => text);
  }
}

export async function signIn(page: Page, name: string): Promise<void> {
  await page.fill('Username', name);
  await page.fill('Password', PASSWORD);
  await page.press('Enter');
  await page.isAt('/');
}
