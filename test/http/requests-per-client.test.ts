import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, it, vi } from 'vitest';
import { ChatServer } from '../websocket/chat-server.ts';

const MAX = 3;
const CLIENT = '203.0.113.7';
const OTHER = '203.0.113.8';

it('HT-2: behind a trusted proxy, the requests under way of each client are limited, and no other client waits for them', async () => {
  const limits = { RATE_LIMITS: 'on', LIMIT_CONNECTIONS_PER_ADDRESS: `${MAX}` };
  const server = await ChatServer.start({ ...limits, TRUSTED_PROXIES: '127.0.0.1' });
  const ada = await server.person('ada');
  const path = `chat/${await server.chat(ada)}/messages`;
  const { hostname, port, host } = new URL(server.url);
  const statusFor = async (client: string) => {
    const headers = { cookie: ada.cookie, accept: 'application/json', 'x-forwarded-for': client };
    const response = await fetch(`${server.url}${path}`, { headers });
    await response.arrayBuffer();
    return response.status;
  };
  /** A post whose body has not arrived yet. */
  const begin = (): Socket => {
    const socket = connect({ host: hostname, port: Number(port) });
    const lines = [`POST /${path} HTTP/1.1`, `Host: ${host}`, `Cookie: ${ada.cookie}`, `X-Forwarded-For: ${CLIENT}`];
    socket.write([...lines, 'Content-Type: text/plain', 'Content-Length: 5', '', ''].join('\r\n'));
    return socket;
  };

  const begun = Array.from({ length: MAX }, begin);
  await vi.waitUntil(async () => (await statusFor(CLIENT)) === 429);
  expect(await statusFor(OTHER)).toBe(200);
  expect(await statusFor('2001:db8::1')).toBe(200);
  for (const socket of begun) {
    socket.write('hello');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 201 /);
  }
  expect(await statusFor(CLIENT)).toBe(200);

  const cut = Array.from({ length: MAX }, begin);
  await vi.waitUntil(async () => (await statusFor(CLIENT)) === 429);
  for (const socket of cut) socket.resetAndDestroy();
  await vi.waitUntil(async () => (await statusFor(CLIENT)) === 200);
  for (const socket of begun) socket.destroy();
  await server.stop();
});
