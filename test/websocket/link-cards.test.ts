import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PAGE_GUARD } from '../../src/composition/tokens.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { siteGuard, TestSite } from '../web-pages/loopback.ts';
import { ChatServer } from './chat-server.ts';

let site: TestSite;
beforeAll(async () => {
  site = await TestSite.start();
});
afterAll(() => site.close());

const start = (env: Record<string, string> = {}) =>
  ChatServer.start(env, (wiring) => wiring.bind(PAGE_GUARD, () => siteGuard()));

const TIDES = '<meta property="og:title" content="All tides"><meta name="description" content="High and low.">';

it('a card comes by a message frame with the next revision, makes nothing unread and goes when it is removed', async () => {
  const server = await start();
  const [ada, bob] = [await server.person('ada'), await server.person('bob')];
  const chatId = await server.chat(ada, bob);
  const follower = await server.joined(chatId, bob);
  const url = site.page('/tides', TIDES);
  const { message } = await server.app.useCases.postMessage(ada.actor, { chatId, text: `see ${url}` });
  expect(await follower.nextFrame()).toMatchObject({ type: 'message', message: { position: 2, revision: 2 } });
  const frame = await follower.nextFrame();
  expect(frame).toMatchObject({
    type: 'message',
    message: {
      ...{ position: 2, revision: 3, text: `see ${url}`, edited_at: null },
      card: { url, title: 'All tides', description: 'High and low.', site: '', image: null },
    },
  });
  const { reading } = await server.app.useCases.viewChatSummary(bob.actor, chatId);
  expect(reading.unread).toBe(1);
  const address = `${server.url}chat/${chatId}/messages/${message.position}`;
  const json = { accept: 'application/json' };
  const card = (cookie: string, method = 'GET') =>
    fetch(method === 'GET' ? address : `${address}/card`, { method, headers: { ...json, cookie } });
  expect(await (await card(bob.cookie)).json()).toHaveProperty('card');
  expect((await card(bob.cookie, 'DELETE')).status).toBe(403);
  const removed: unknown = await (await card(ada.cookie, 'DELETE')).json();
  expect(removed).not.toHaveProperty('card');
  expect(await follower.nextFrame()).toEqual({ type: 'message', message: removed });
  follower.socket.close();
  await server.stop();
});

it('LINK_CARDS=off visits nothing and shows no card, also none that is there, until it is on again', async () => {
  const env = { DATABASE_URL: `sqlite:${join(scratchDirectory('cards-'), 'chat.db')}` };
  const url = site.page('/once', TIDES);
  const read = async (server: ChatServer) => {
    const ada = await server.person('ada');
    const [chat] = await server.app.useCases.viewChatSummaries(ada.actor);
    const chatId = chat?.id ?? (await server.chat(ada));
    const headers = { accept: 'application/json', cookie: ada.cookie };
    const cards = async () => {
      const answer = await fetch(`${server.url}chat/${chatId}/messages`, { headers });
      const { messages } = (await answer.json()) as { messages: readonly { card?: { title: string } }[] };
      return messages.map(({ card: shown }) => shown?.title);
    };
    const say = (text: string) => server.app.useCases.postMessage(ada.actor, { chatId, text });
    return { cards, say };
  };
  const first = await start(env);
  const seen = await read(first);
  await seen.say(url);
  await expect.poll(seen.cards).toEqual(['All tides']);
  await first.stop();

  site.requests.length = 0;
  const off = await start({ ...env, LINK_CARDS: 'off' });
  const unseen = await read(off);
  await unseen.say(site.page('/never', TIDES));
  expect(await unseen.cards()).toEqual([undefined, undefined]);
  await off.stop();

  const again = await start(env);
  expect(await (await read(again)).cards()).toEqual(['All tides', undefined]);
  await again.stop();
  expect(site.requests).toEqual([]);
});
