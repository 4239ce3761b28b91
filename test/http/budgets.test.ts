import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/composition/config.ts';
import { TIMER } from '../../src/composition/tokens.ts';
import { manualTimer } from '../fakes.ts';
import { aChatOfTwo, anApp, answerOf, type Client, PAGE, TEXT } from './client.ts';

/** Ada and Bob in a chat, with full budgets. */
async function aLimitedChat(env: Record<string, string> = {}) {
  const timer = manualTimer();
  const { limits } = readConfig(env);
  const app = await anApp({ limits }, (wiring) => wiring.bind(TIMER, () => timer));
  const people = await aChatOfTwo(app);
  const code = await people.ada.invite(people.id);
  timer.advance(60_000);
  return { app, timer, code, ...people };
}

const post = async (client: Client, id: number, text = 'hello') =>
  (await client.post(`/chat/${id}/messages`, text, TEXT)).status;

async function countOk(times: number, ask: () => Promise<number>): Promise<number> {
  let ok = 0;
  for (let n = 0; n < times; n += 1) if ((await ask()) < 400) ok += 1;
  return ok;
}

describe("BU-1: budgets are a person's, not a socket's: writes", () => {
  it('are thirty at once and then five a second, past which HTTP answers 429 with Retry-After', async () => {
    const { ada, bob, id, timer } = await aLimitedChat();
    expect(await countOk(100, () => post(ada, id))).toBe(30);
    const refused = await ada.postJson(`/chat/${id}/messages`, { text: 'one more' });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await answerOf(refused)).toBe('429 too_many_requests');
    expect(await post(bob, id)).toBe(201);
    timer.advance(1000);
    expect(await countOk(100, () => post(ada, id))).toBe(5);
  });

  it('are no more when they are asked for at once, nor in another session', async () => {
    const { app, ada, id } = await aLimitedChat();
    const { token } = ada;
    await ada.signIn('ada');
    expect(ada.token).not.toBe(token);
    const statuses = await Promise.all(Array.from({ length: 100 }, () => post(ada, id)));
    expect(statuses.filter((status) => status === 201)).toHaveLength(30);
    expect((await app.http.request('/status')).status).toBe(200);
  });

  it('are one budget for every way: posts, chats, invites, joins, leaves, renames and removals', async () => {
    const { ada, id, code } = await aLimitedChat();
    await countOk(30, () => post(ada, id));
    const ways: readonly (() => Promise<Response>)[] = [
      () => ada.post(`/chat/${id}/messages`, 'text', TEXT),
      () => ada.postJson(`/chat/${id}/messages`, { text: 'json' }),
      () => ada.postForm(`/chat/${id}/messages`, { text: 'form' }, PAGE),
      () => ada.postJson('/newchat', { chat_name: 'New' }),
      () => ada.postForm('/chats', { chat_name: 'New' }, PAGE),
      () => ada.post(`/create_invite/${id}`),
      () => ada.get(`/invite/${code}`),
      () => ada.post(`/invite/${code}`),
      () => ada.postJson(`/chat/${id}/name`, { chat_name: 'Renamed' }),
      () => ada.post(`/chat/${id}/members/2/remove`),
      () => ada.post(`/chat/${id}/leave`),
    ];
    for (const way of ways) expect((await way()).status, String(way)).toBe(429);
    expect((await ada.get(`/chat/${id}/messages`)).status).toBe(200);
    expect((await ada.post('/logout')).status).toBe(303);
  });

  it('bound how many notices joining and leaving make', async () => {
    const { bob, id, code } = await aLimitedChat();
    await countOk(
      100,
      async () => (await bob.post(`/chat/${id}/leave`)).status + (await bob.get(`/invite/${code}`)).status,
    );
    await bob.get(`/invite/${code}`);
    const notices = (await bob.history(id)).filter(({ kind }) => kind === 'notice');
    expect(notices.length).toBeLessThanOrEqual(31);
  });

  it('are as many as anybody likes with RATE_LIMITS=off', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    expect(await countOk(100, () => post(ada, id))).toBe(100);
    expect(await countOk(300, async () => (await ada.get('/')).status)).toBe(300);
  });
});

describe('BU-1: reads', () => {
  it('are one budget for pages, history, members and invites, a page that has not changed included', async () => {
    const { ada, bob, id, code, timer } = await aLimitedChat();
    const page = async () => (await ada.get(`/chat/${id}`, PAGE)).status;
    expect(await countOk(300, page)).toBe(200);
    const paths = ['/', `/chat/${id}`, `/chat/${id}?before=2`, `/chat/${id}/messages`, `/chat/${id}/members`];
    for (const path of paths) expect((await ada.get(path, PAGE)).status, path).toBe(429);
    expect((await ada.get(`/invite/${code}?ask`, PAGE)).status).toBe(429);
    expect((await ada.get('/')).headers.get('retry-after')).toBe('1');
    expect(await post(ada, id)).toBe(201);
    expect((await bob.get('/')).status).toBe(200);
    timer.advance(1000);
    expect(await countOk(100, page)).toBe(20);
  });
});

describe('BU-1: stored bytes', () => {
  it('are a quota of a person and a day, which what is sent again takes nothing of', async () => {
    const { ada, bob, id, timer } = await aLimitedChat({ LIMIT_STORED_BYTES_PER_DAY: '10000' });
    const send = (client_id: string, bytes = 1900) =>
      ada.postJson(`/chat/${id}/messages`, { client_id, text: 'x'.repeat(bytes) });
    for (let n = 0; n < 5; n += 1) expect((await send(`${n}`)).status).toBe(201);
    for (let n = 0; n < 5; n += 1) expect((await send(`${n}`)).status).toBe(201);
    const refused = await send('6');
    expect(await answerOf(refused)).toBe('429 too_many_requests');
    expect(Number(refused.headers.get('retry-after'))).toBe(2000 * 8.64);
    expect(await post(bob, id)).toBe(201);
    timer.advance(2000 * 8640);
    expect((await send('6')).status).toBe(201);
    expect((await send('7')).status).toBe(429);
  });
});
