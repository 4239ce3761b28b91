import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { ServerProcess } from '../system/server-process.ts';
import { ChatSocket, upgradeStatus } from '../websocket/chat-client.ts';
import { RawPeer } from '../websocket/raw-peer.ts';
import { answerTo } from './http-connection.ts';

/*
 * What chats of this kind have got wrong before, each tried on the real process by hand. What is not here has tests of its own:
 * limits of the WebSocket library (WS-1, WS-3, WS-6), commits and broadcasts (CR-2), pragmas and lost files (DB-*), reconnecting
 * (GS-3), whose address counts (RL-4).
 */

const directory = mkdtempSync(join(tmpdir(), 'shoal-mistakes-'));
let server: ServerProcess;
let ada: string;
let bob: string;
let chatId: number;

beforeAll(async () => {
  server = await ServerProcess.start({ DATABASE_URL: `sqlite:${join(directory, 'mistakes.db')}` });
  ada = await server.signIn('ada');
  bob = await server.signIn('bob');
  chatId = await server.newChat(ada, bob);
});
afterAll(async () => {
  // A stop ends, whoever is still connected.
  await follow(ada);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  expect(server.lines.filter((line) => /"level":"(error|fatal)"|Unhandled|Warning:/.test(line))).toEqual([]);
  rmSync(directory, { recursive: true });
});

const JSON_BODY = { 'content-type': 'application/json' };

async function follow(cookie: string): Promise<ChatSocket> {
  const socket = await new ChatSocket({ url: server.socketUrl(chatId), cookie }).opened();
  expect(await socket.nextFrame()).toMatchObject({ type: 'ready' });
  return socket;
}

function post(
  path: string,
  cookie: string,
  body: string,
  headers: Record<string, string> = JSON_BODY,
): Promise<Response> {
  return server.fetch(path, { method: 'POST', headers: { cookie, ...headers }, body });
}

it('an upgrade under a host that cannot be one is refused with 400, as any other request is', async () => {
  for (const upgrade of ['Upgrade: websocket\r\nConnection: Upgrade, close', 'Connection: close']) {
    const request = `GET /chatsocket/${chatId} HTTP/1.1\r\nHost: \u00ce27.0.0.1:80\r\n${upgrade}\r\n\r\n`;
    expect(await answerTo(server.url, Buffer.from(request, 'latin1'))).toMatch(/^HTTP\/1\.1 400 /);
  }
});

it('a frame that fails takes neither the process nor the order of the others with it', async () => {
  const socket = await follow(ada);
  const texts = Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? '\0' : `in order ${n}`));
  for (const [n, text] of texts.entries()) socket.post(`order-${n}`, text);
  const answers = await socket.nextTexts(texts.length);
  expect(answers.filter((answer) => answer === 'refused')).toHaveLength(20);
  expect(answers.filter((answer) => answer !== 'refused')).toEqual(texts.filter((text) => text !== '\0'));
});

it('a session has ended when its end is answered', async () => {
  const cookie = await server.signIn('leaving');
  expect((await post('/logout', cookie, '')).status).toBe(303);
  const answers = await Promise.all(Array.from({ length: 20 }, () => server.fetch('/', { headers: { cookie } })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
});

it('a peer that is reset in the middle of its handshake harms nobody', async () => {
  const peers = Array.from({ length: 50 }, () => new RawPeer({ url: server.socketUrl(chatId), cookie: ada }));
  for (const { socket } of peers) await once(socket, 'connect');
  for (const { socket } of peers) socket.resetAndDestroy();
  await Promise.all(peers.map(({ closed }) => closed));
  expect((await server.fetch('/status')).status).toBe(200);
});

it.each(['h2c', 'HTTP/2.0', 'TLS/1.2, HTTP/1.1'])('an upgrade to %s is answered', async (protocol) => {
  const request = `GET /auth HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: x\r\n\r\n`;
  expect(await answerTo(server.url, Buffer.from(request))).toMatch(/^HTTP\/1\.1 200 /);
});

it('a member who is removed has no socket left that would deliver or post', async () => {
  const cyd = await server.signIn('cyd');
  const { code } = z.object({ code: z.string() }).parse(await (await post(`/create_invite/${chatId}`, ada, '')).json());
  await server.fetch(`/invite/${code}`, { headers: { cookie: cyd } });
  const socket = await follow(cyd);
  const said = z.object({ author: z.object({ id: z.number() }) });
  const { author } = said.parse(await (await post(`/chat/${chatId}/messages`, cyd, '{"text":"still in"}')).json());
  expect((await post(`/chat/${chatId}/members/${author.id}/remove`, ada, '')).status).toBe(303);
  expect(await socket.closed).toBe(4403);
  expect((await post(`/chat/${chatId}/messages`, cyd, '{"text":"still in?"}')).status).toBe(403);
  expect(await upgradeStatus({ url: server.socketUrl(chatId), cookie: cyd })).toBe(403);
});

it.each(['0', '1abc', '1.0', '1e0', '%31%00', '0x1'])('an id is not guessed from %s', async (id) => {
  const path = `/chat/${id.replace('1', `${chatId}`)}`;
  expect((await server.fetch(path, { headers: { cookie: ada } })).status).toBe(404);
  expect((await post(`${path}/messages`, ada, '{"text":"hello"}')).status).toBe(404);
});

it('a name that would end a script or an attribute ends neither', async () => {
  const name = `</script><script>alert(1)</script>"'><b onclick=alert(1)>`;
  const made = await post('/newchat', ada, JSON.stringify({ chat_name: name }));
  const { id } = z.object({ id: z.number() }).parse(await made.json());
  for (const path of ['/', `/chat/${id}`]) {
    const page = await (await server.fetch(path, { headers: { cookie: ada, accept: 'text/html' } })).text();
    expect(page).not.toMatch(/<script>|<b onclick|"'>/);
  }
});

it('the client asks for nothing that a plain address of the local network has not', () => {
  const built = new URL('../../static/built/', import.meta.url);
  for (const name of readdirSync(built)) expect(readFileSync(new URL(name, built), 'utf8')).not.toContain('randomUUID');
});

it.each(['/', '/chat/1', '/chat/1/messages'])(
  'a program that is signed out is told so by %s, and led nowhere',
  async (path) => {
    const response = await server.fetch(path, { headers: { accept: 'application/json' } });
    expect([response.status, response.headers.get('location')]).toEqual([401, null]);
  },
);

it.each([
  ['half a surrogate pair', '{"text":"a\\ud800"}', JSON_BODY, 422],
  ['the other half', '{"text":"\\udc00b"}', JSON_BODY, 422],
  ['a NUL', '{"text":"a\\u0000b"}', JSON_BODY, 422],
  ['JSON that is called text', '{"chat_name":"x"}', { 'content-type': 'text/plain' }, 415],
  ['JSON that is called nothing', '{"chat_name":"x"}', { 'content-type': '' }, 415],
  ['JSON that is none', '{"text":', JSON_BODY, 400],
  ['nothing', '', JSON_BODY, 400],
])('%s is refused and stored nowhere', async (_what, body, headers, status) => {
  const path = body.includes('chat_name') ? '/newchat' : `/chat/${chatId}/messages`;
  const before = await (await server.fetch(`/chat/${chatId}/messages`, { headers: { cookie: ada } })).json();
  expect((await post(path, ada, body, headers)).status).toBe(status);
  expect(await (await server.fetch(`/chat/${chatId}/messages`, { headers: { cookie: ada } })).json()).toEqual(before);
});
