import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Wiring } from '../../src/composition/container.ts';
import { CLOCK } from '../../src/composition/tokens.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { stoppedClock } from '../fakes.ts';
import { ChatServer, type Person } from '../websocket/chat-server.ts';
import { launch, type Visit, visit } from './visit.ts';

/** A server with a clock in the test's hands, people who sit in one chat, and a browser for them. */
export class Harbour {
  readonly server: ChatServer;
  readonly clock: ReturnType<typeof stoppedClock>;
  readonly browser: Browser;
  readonly ada: Person;
  readonly bob: Person;
  readonly #visits: Visit[] = [];

  private constructor(parts: Pick<Harbour, 'server' | 'clock' | 'browser' | 'ada' | 'bob'>) {
    this.server = parts.server;
    this.clock = parts.clock;
    this.browser = parts.browser;
    this.ada = parts.ada;
    this.bob = parts.bob;
  }

  /**
   * @param env settings of the server, as in its environment
   * @param replace what stands in for an adapter
   */
  static async open(env: Record<string, string> = {}, replace?: (wiring: Wiring) => void): Promise<Harbour> {
    const clock = stoppedClock();
    const server = await ChatServer.start(env, (wiring) => {
      wiring.bind(CLOCK, () => clock);
      replace?.(wiring);
    });
    const [ada, bob] = [await server.person('ada'), await server.person('bob')];
    return new Harbour({ server, clock, browser: await launch(), ada, bob });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  newChat(): Promise<ChatId> {
    return this.server.chat(this.ada, this.bob);
  }

  async say(chatId: ChatId, person: Person, ...texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.server.app.useCases.postMessage(person.actor, { chatId, text });
  }

  /** The person has read the chat: its page opens at the end, not at the first unread message. */
  async read(chatId: ChatId, person: Person): Promise<void> {
    const { viewChatSummary, markRead } = this.server.app.useCases;
    const { reading } = await viewChatSummary(person.actor, chatId);
    await markRead(person.actor, { chatId, position: reading.revision, version: undefined });
  }

  async visit(person: Person, path: string): Promise<Visit> {
    const visited = await visit(this.browser, this.server.url, person.cookie);
    this.#visits.push(visited);
    await visited.page.goto(path);
    return visited;
  }

  /** A chat's page once it is connected. */
  async enter(person: Person, chatId: ChatId, query = ''): Promise<Page> {
    const { page } = await this.visit(person, `/chat/${chatId}${query}`);
    await connected(page);
    return page;
  }

  /** A page on a phone with a touch screen. Whoever asks for it closes its context. */
  async enterByPhone(person: Person, chatId: ChatId): Promise<Pick<Visit, 'page' | 'context'>> {
    const context = await this.browser.newContext({
      baseURL: this.server.url,
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      serviceWorkers: 'block',
    });
    const [name = '', value = ''] = person.cookie.split('=');
    await context.addCookies([{ name, value, url: this.server.url }]);
    const page = await context.newPage();
    await page.goto(`/chat/${chatId}`);
    return { page, context };
  }

  /** Closes all pages, and answers what went wrong in them, but for lines that fit the pattern. */
  async leave(expected = /^$/): Promise<readonly string[]> {
    const left = this.#visits.splice(0);
    const problems = left.flatMap((visited) => visited.problems.filter((problem) => !expected.test(problem)));
    for (const { context } of left) await context.close();
    return problems;
  }
}

export const connected = (page: Page): Promise<void> =>
  page.getByRole('status').filter({ hasText: 'Connected' }).waitFor({ state: 'attached' });

export const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });

export const rows = (page: Page) => page.getByRole('log').getByRole('article');

/** Of all rows, from the first to the last. */
export const texts = (page: Page): Promise<string[]> =>
  page
    .locator('article:not(.notice) .message-text')
    .evaluateAll((all) => all.map(({ textContent }) => textContent ?? ''));

export async function type(page: Page, ...lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    await box(page).fill(line);
    await box(page).press('Enter');
  }
}

/** A second page of the same person, with the same storage. */
export async function anotherTab(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  await connected(page);
  return page;
}

/** Takes the network away, and resolves when the page has heard of it: until then it would still send. */
export async function goOffline(page: Page): Promise<void> {
  await page.evaluate(`void (globalThis.wentOffline = new Promise((heard) => addEventListener('offline', heard)))`);
  await page.context().setOffline(true);
  await page.evaluate('wentOffline.then(() => undefined)');
}

/** Stops the page's clock: what is shown for a moment stays until the test lets time pass. */
export async function stopClock(page: Page): Promise<void> {
  await page.clock.install();
  // The clock runs until it is stopped, which it cannot be in its past.
  await page.clock.pauseAt(Date.now() + 10_000);
}

export const OFFLINE = /net::ERR_|WebSocket connection|a new page/;
