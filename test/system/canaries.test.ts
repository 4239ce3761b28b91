import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ChatSocket, TextSocket, upgradeStatus } from '../websocket/chat-client.ts';
import { ServerProcess } from './server-process.ts';

const PASSWORD = 'canary-password-4be1';
const MESSAGE = 'canary-message-77a0';
/** The token and the invite's code are the server's own, and join these once they are there. */
const canaries = [PASSWORD, MESSAGE];

const directory = mkdtempSync(join(tmpdir(), 'shoal-canaries-'));
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_BODY = { 'content-type': 'application/json' };
/** What was refused, as it was told. */
const refusals: { readonly what: string; readonly body: string }[] = [];

let server: ServerProcess;
let cookie = '';
let invite = '';
let chatId = 0;

beforeAll(async () => {
  server = await ServerProcess.start({ DATABASE_URL: `sqlite:${join(directory, 'chat.db')}`, LOG_LEVEL: 'trace' });
  cookie = await server.signIn('ada', PASSWORD);
  chatId = await server.newChat(cookie);
  const created = await server.fetch(`/create_invite/${chatId}`, { method: 'POST', headers: { cookie } });
  invite = z.object({ code: z.string() }).parse(await created.json()).code;
  canaries.push(cookie.slice('session_token='.length), invite);
});

afterAll(async () => {
  await server.stop('SIGKILL');
  rmSync(directory, { recursive: true });
});

async function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer<ArrayBuffer>,
): Promise<number> {
  const response = await server.fetch(path, { method, headers, ...(body !== undefined && { body }) });
  const told = await response.text();
  if (response.status >= 400) refusals.push({ what: `${method} ${path} ${response.status}`, body: told });
  return response.status;
}

/** All that is answered to bytes that are no proper request. */
async function sendRaw(text: string): Promise<void> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  let body = '';
  socket.on('data', (chunk) => {
    body += chunk.toString('latin1');
  });
  socket.write(text);
  socket.end();
  await once(socket, 'close');
  refusals.push({ what: 'raw', body });
}

describe('LG-1: no secret is written down or told to others', () => {
  it('not from forms for signing in, whole or broken', async () => {
    const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
    await send('POST', '/auth', FORM, form({ username: 'ada', password: `${PASSWORD} not` }));
    await send('POST', '/auth', FORM, form({ username: 'ada:', password: PASSWORD }));
    await send('POST', '/auth', FORM, form({ username: 'ada', password: PASSWORD.repeat(100) }));
    await send('POST', '/auth', FORM, form({ username: 'ada', password: PASSWORD.repeat(1_000) }));
    await send('POST', '/auth', FORM, form({ username: PASSWORD, password: 'short' }));
    await send('POST', '/auth', FORM, `username=ada&password=${PASSWORD}&password=${PASSWORD}`);
    await send('POST', '/auth', FORM, `password=${PASSWORD}`);
    await send('POST', '/auth', FORM, `username=ada&${PASSWORD}=%E0%A4%A`);
    await send('POST', '/auth', FORM, Buffer.concat([Buffer.from(`password=${PASSWORD}`), Buffer.from([0xff])]));
    await send('POST', '/auth', JSON_BODY, JSON.stringify({ username: 'ada', password: PASSWORD }));
    await send(
      'POST',
      '/auth',
      { ...FORM, 'sec-fetch-site': 'cross-site' },
      form({ username: 'ada', password: PASSWORD }),
    );
    await send('POST', `/auth?password=${PASSWORD}`, FORM, 'username=');
  });

  it('not from tokens, in cookies and where else they do not belong', async () => {
    const token = cookie.slice('session_token='.length);
    await send('GET', '/', { cookie: `${cookie}; session_token=other` });
    await send('GET', '/', { cookie: `${cookie}broken` });
    await send('POST', '/logout', { cookie, 'sec-fetch-site': 'cross-site', 'x-request-id': token });
    await send('GET', `/${token}`, { cookie });
    await send('GET', `/static/${token}`);
    await send('POST', '/newchat', { cookie, 'content-type': token }, token);
    await send('POST', `/chat/${chatId}/messages?${token}`, { ...JSON_BODY, cookie }, `{"client_id":"${token}`);
  });

  it('not from invites, in paths, queries, referring pages and origins', async () => {
    const from = { referer: `http://127.0.0.1/invite/${invite}`, origin: `http://evil.example/${invite}` };
    await send('GET', `/invite/${invite}`, { accept: 'application/json' });
    await send('POST', `/invite/${invite}`, { cookie, ...from });
    await send('POST', `/invite/${invite}x`, { cookie });
    await send('POST', `/invite/${invite}`, { cookie, 'sec-fetch-site': 'cross-site' });
    await send('GET', `/chat/999?next=/invite/${invite}`, { cookie, referer: from.referer });
    await send('GET', `/invite/%E0%A4%A${invite}`, { cookie });
    await send('DELETE', `/invite/${invite}`, { cookie });
    await send('GET', `/chat/${chatId}/messages?before=${invite}`, { cookie });
  });

  it('not from messages, by requests whole and broken', async () => {
    const path = `/chat/${chatId}/messages`;
    expect(await send('POST', path, { ...JSON_BODY, cookie }, JSON.stringify({ text: MESSAGE }))).toBe(201);
    for (const body of [
      `{"text":"${MESSAGE}`,
      MESSAGE,
      `{"text":["${MESSAGE}"]}`,
      `{"${MESSAGE}":1}`,
      `"${MESSAGE}"`,
    ]) {
      expect(await send('POST', path, { ...JSON_BODY, cookie }, body)).toBe(400);
    }
    const again = (text: string) => JSON.stringify({ text, client_id: 'once' });
    expect(await send('POST', path, { ...JSON_BODY, cookie }, again(MESSAGE))).toBe(201);
    expect(await send('POST', path, { ...JSON_BODY, cookie }, again(`${MESSAGE} again`))).toBe(409);
    await send('POST', path, { 'content-type': 'text/plain', cookie }, MESSAGE.repeat(1_000));
    await send('POST', path, { 'content-type': 'text/plain', cookie }, `${MESSAGE}\0`);
    await send('POST', path, { ...FORM, cookie }, `text=${MESSAGE}&text=${MESSAGE}`);
    await send('POST', '/chat/999/messages', { ...JSON_BODY, cookie }, JSON.stringify({ text: MESSAGE }));
    await send('POST', '/newchat', { ...JSON_BODY, cookie }, JSON.stringify({ chat_name: MESSAGE.repeat(10) }));
  });

  it('not from frames, whole and broken', async () => {
    const url = server.socketUrl(chatId);
    for (const broken of [`{"type":"post","text":"${MESSAGE}`, `{"${MESSAGE}":1}`, MESSAGE]) {
      const socket = await new ChatSocket({ url, cookie }).opened();
      expect((await socket.nextFrame()).type).toBe('ready');
      for (let n = 0; n < 10; n += 1) socket.send(broken);
      expect(await socket.closed).toBe(1008);
      refusals.push(...socket.unread.map((body) => ({ what: 'frame', body })));
    }
    const plain = await new TextSocket({ url, cookie }).opened();
    plain.send(`${MESSAGE}\0`);
    refusals.push({ what: 'line', body: await plain.next() });
    plain.socket.send(Buffer.from(MESSAGE));
    expect(await plain.closed).toBe(1003);
    const large = await new TextSocket({ url, cookie }).opened();
    large.send(MESSAGE.repeat(10_000));
    expect(await large.closed).toBe(1009);
    expect(await upgradeStatus({ url, cookie, origin: `https://evil.example/${invite}` })).toBe(403);
    expect(await upgradeStatus({ url: `${url}?after=${invite}`, cookie })).toBe(400);
  });

  it('not from what is no HTTP', async () => {
    const token = cookie.slice('session_token='.length);
    await sendRaw(`GET /${invite} HTTP/9.9\r\n\r\n`);
    await sendRaw(`POST /auth HTTP/1.1\r\nHost: x\r\nContent-Length: ${PASSWORD}\r\n\r\n${PASSWORD}`);
    await sendRaw(`GET / HTTP/1.1\r\nHost: x\r\nCookie: ${token}\x01\r\n\r\n`);
    await sendRaw(`GET / HTTP/1.1\r\nHost: ${token}_\x7f\r\nConnection: close\r\n\r\n`);
  });

  it('so that they are in no line of the log, and in no refusal', async () => {
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(server.lines.length).toBeGreaterThan(10);
    expect(refusals.length).toBeGreaterThan(50);
    for (const canary of canaries) {
      expect(canary.length).toBeGreaterThan(16);
      for (const line of server.lines) expect(line).not.toContain(canary);
      for (const { what, body } of refusals) {
        // The form comes back with the name that was typed into it.
        const told = what.startsWith('POST /auth') ? body.replaceAll(/ value="[^"]*"/g, '') : body;
        expect(told, what).not.toContain(canary);
      }
    }
  });
});

describe('LG-2: the log', () => {
  it('is one JSON object a line in UTC, also when a name has line breaks in it, and no stack is told, whatever NODE_ENV', async () => {
    for (const NODE_ENV of ['development', 'production', 'test']) {
      const other = await ServerProcess.start({ DATABASE_URL: 'memory:', NODE_ENV });
      const name = 'eve\n{"event":"forged"}\r\n';
      const response = await other.fetch('/auth', {
        method: 'POST',
        body: new URLSearchParams({ username: name, password: 'a good password' }),
      });
      expect(await response.text()).not.toMatch(/\n\s+at |\.ts:/);
      await other.fetch('/chat/1', { headers: { cookie: await other.signIn('eve') } });
      await other.stop();
      const entries = other.lines.map((line) =>
        z.looseObject({ time: z.string(), event: z.string() }).parse(JSON.parse(line)),
      );
      for (const { time } of entries) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      const events = entries.map(({ event }) => event);
      expect(events).toEqual(
        expect.arrayContaining(['server_started', 'registered', 'request_refused', 'server_stopped']),
      );
      expect(events).not.toContain('forged');
    }
  });
});
