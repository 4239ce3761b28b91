import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { box, connected, Harbour, rows, texts, type } from './harbour.ts';
import { hasNoBrowser, visit } from './visit.ts';

let harbour: Harbour;
let proxy: Server;
let address: string;
/** Whether something answers in the server's place, as a sign-on does that has expired. */
let isIntercepting = false;

/** Passes requests on, and knows nothing of upgrades: it answers them as a request for a page. */
beforeAll(async () => {
  if (hasNoBrowser) return;
  harbour = await Harbour.open();
  const { port } = new URL(harbour.server.url);
  proxy = createServer((incoming, outgoing) => {
    if (isIntercepting && incoming.url?.startsWith('/chat/') && incoming.headers.accept !== undefined) {
      const isPage = incoming.headers.accept.includes('text/html');
      if (!isPage) return void outgoing.writeHead(302, { location: 'https://sign-on.example/' }).end();
    }
    const { upgrade: _, connection: __, ...headers } = incoming.headers;
    const upstream = request({ port, host: '127.0.0.1', path: incoming.url, method: incoming.method, headers });
    upstream.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => proxy.once('listening', listening));
  address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(async () => {
  proxy?.closeAllConnections();
  proxy?.close();
  await harbour?.close();
});

const REFUSED = /WebSocket connection|Failed to load resource/;

async function enter(chatId: number, cookie = harbour.ada.cookie) {
  const visited = await visit(harbour.browser, address, cookie);
  // The first attempts follow each other at once.
  await visited.page.addInitScript('Math.random = () => 0');
  await visited.page.goto(`/chat/${chatId}`);
  return visited;
}

describe.skipIf(hasNoBrowser)('where a proxy lets no WebSocket pass', () => {
  it('posts and messages go by HTTP, in order, and the page says so', async () => {
    const chatId = await harbour.newChat();
    const { page, context, problems } = await enter(chatId);
    await page.locator('[data-banner]').filter({ hasText: 'WebSockets cannot pass' }).waitFor();
    await connected(page);
    await type(page, 'one', 'two', 'three');
    await rows(page).filter({ hasText: 'three' }).waitFor();
    await expect.poll(() => page.locator('article[data-state="pending"]').count()).toBe(0);
    await harbour.say(chatId, harbour.bob, 'four');
    await rows(page).filter({ hasText: 'four' }).waitFor();
    expect(await texts(page)).toEqual(['one', 'two', 'three', 'four']);
    await page.getByText('1 online').or(page.getByText('2 online')).first().waitFor();
    expect(problems.filter((problem) => !REFUSED.test(problem))).toEqual([]);
    await context.close();
  });

  it('messages are edited, deleted and brought back by HTTP', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.ada, 'one');
    const { page, context } = await enter(chatId);
    await page.locator('[data-banner]').filter({ hasText: 'WebSockets cannot pass' }).waitFor();
    await box(page).press('ArrowUp');
    await page.getByText('Editing', { exact: true }).waitFor();
    await box(page).fill('two');
    await box(page).press('Enter');
    const isStored = (text: string) => page.locator(`article:not([data-change]):has-text("${text}")`).waitFor();
    await isStored('two edited');
    await rows(page).filter({ hasText: 'two' }).locator('.bubble').hover();
    await page.getByRole('toolbar', { name: 'Message actions' }).waitFor();
    await page.getByRole('log').focus();
    await page.keyboard.press('Delete');
    await isStored('Message deleted');
    await page.getByRole('button', { name: 'Undo' }).click();
    await isStored('two edited');
    const { messages } = await harbour.server.app.useCases.readHistory(harbour.ada.actor, { chatId, limit: 1 });
    expect(messages).toMatchObject([{ kind: 'text', text: 'two' }]);
    await context.close();
  });

  it('the end of the session is told, and the way back', async () => {
    const chatId = await harbour.newChat();
    const person = await harbour.server.person('ada');
    const { page, context } = await enter(chatId, person.cookie);
    await page.locator('[data-banner]').filter({ hasText: 'WebSockets cannot pass' }).waitFor();
    await harbour.server.app.useCases.signOut(person.actor);
    await page.locator('[data-banner]').filter({ hasText: 'You are signed out. Sign in' }).waitFor();
    await context.close();
  });

  it('a member who is removed is told at once', async () => {
    const chatId = await harbour.newChat();
    const { page, context } = await enter(chatId);
    await connected(page);
    await harbour.server.app.useCases.leaveChat(harbour.ada.actor, chatId);
    await page.locator('[data-banner]').filter({ hasText: 'You are not in this chat any more' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Message' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    await context.close();
  });
});

describe.skipIf(hasNoBrowser)('a sign-on in front of the server that has expired', () => {
  it('makes the page load itself again once, and then say so, with the draft kept', async () => {
    const chatId = await harbour.newChat();
    isIntercepting = true;
    try {
      const { page, context } = await enter(chatId);
      let loads = 0;
      page.on('load', () => {
        loads += 1;
      });
      await page.getByRole('textbox', { name: 'Message' }).fill('half a thought');
      await page.locator('[data-banner]').filter({ hasText: 'answers in its place' }).waitFor();
      expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('half a thought');
      expect(loads).toBeLessThanOrEqual(1);
      expect(await page.evaluate('sessionStorage.getItem("shoal:reloaded-at")')).not.toBe(null);
      // Loaded once more by its reader, it says so at once, and does not load itself again.
      loads = 0;
      await page.reload();
      await page.locator('[data-banner]').filter({ hasText: 'answers in its place' }).waitFor();
      expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('half a thought');
      expect(loads).toBe(1);
      await context.close();
    } finally {
      isIntercepting = false;
    }
  });
});
