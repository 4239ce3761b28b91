import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findComponent } from '../components.ts';
import { EventClient } from '../event-stream/event-client.ts';
import { freePort } from '../free-port.ts';
import { ChatSocket } from '../websocket/chat-client.ts';
import { ServerProcess } from './server-process.ts';

const { path: nginx, isMissing } = findComponent('nginx');
const BLOCKS = [...readFileSync('docs/operations.md', 'utf8').matchAll(/^```nginx\n(.*?)^```$/gms)].map(
  ([, block = '']) => block,
);

/** The blocks of the documentation, in what Debian puts around them. */
function configuration({ directory, port, url }: { directory: string; port: number; url: string }): string {
  const [map = '', location = ''] = BLOCKS;
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${directory};`);
  return `daemon off; master_process off; pid ${directory}/pid; error_log stderr;
events {}
http {
  access_log off; ${paths.join(' ')}
  gzip on; gzip_types application/json text/css application/javascript;
  ${map}
  server { listen 127.0.0.1:${port}; ${location.replace('http://127.0.0.1:1578', url.replace(/\/$/, ''))} }
}`;
}

let server: ServerProcess;
let proxy: ChildProcess;
let directory: string;
let port: number;
let ada: string;
let bob: string;
let chatId: number;
const origin = () => `http://127.0.0.1:${port}`;

describe.skipIf(isMissing)('behind nginx, told what docs/operations.md says', () => {
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'shoal-nginx-'));
    server = await ServerProcess.start({ DATABASE_URL: 'memory:', TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'info' });
    port = await freePort();
    const file = join(directory, 'nginx.conf');
    writeFileSync(file, configuration({ directory, port, url: server.url }));
    proxy = spawn(nginx, ['-p', directory, '-e', 'stderr', '-c', file], { stdio: ['ignore', 'ignore', 'inherit'] });
    await vi.waitUntil(
      () =>
        fetch(`${origin()}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      20_000,
    );
    ada = await signIn('ada');
    bob = await signIn('bob');
    chatId = await server.newChat(ada, bob);
  });

  afterAll(async () => {
    proxy.kill('SIGTERM');
    await once(proxy, 'exit');
    await server.stop();
    rmSync(directory, { recursive: true });
  });

  it('CS-4: people sign in and post from a page on a port of its own, and other origins are refused', async () => {
    const post = (from: string) =>
      fetch(`${origin()}/chat/${chatId}/messages`, {
        method: 'POST',
        headers: { cookie: ada, origin: from, 'content-type': 'text/plain' },
        body: `from ${from}`,
      });
    expect((await post(origin())).status).toBe(201);
    for (const other of ['http://127.0.0.1', `http://127.0.0.1:${port + 1}`, 'http://evil.example'])
      expect((await post(other)).status, other).toBe(403);
  });

  it('sockets open, for pages of its own origin only', async () => {
    const url = `ws://127.0.0.1:${port}/chatsocket/${chatId}`;
    const socket = await new ChatSocket({ url, cookie: ada, origin: origin() }).opened();
    expect(await socket.next()).toContain('"type":"ready"');
    socket.post('one', 'through nginx');
    expect(await socket.nextTexts(1)).toEqual(['through nginx']);
    socket.socket.terminate();
    const refused = new ChatSocket({ url, cookie: ada, origin: 'http://127.0.0.1' });
    const [error] = await once(refused.socket, 'error');
    expect(String(error)).toContain('403');
  });

  it('server-sent events come one by one, as they happen', async () => {
    const stream = await EventClient.open({ url: `${origin()}/chat/${chatId}/events`, cookie: bob });
    expect((await stream.next())?.event).toBe('ready');
    for (const said of ['first', 'second']) {
      const headers = { cookie: ada, 'content-type': 'text/plain' };
      await fetch(`${origin()}/chat/${chatId}/messages`, { method: 'POST', headers, body: said });
      expect(await stream.nextTexts(1)).toEqual([said]);
    }
    stream.leave();
  });

  it('RL-4: the address of a client is the one that it came from, not the one that it claims', async () => {
    await signIn('eve', { localAddress: '127.0.0.2', forwardedFor: '192.0.2.1' });
    await vi.waitUntil(() => server.lines.some((line) => line.includes('127.0.0.2')));
    expect(server.lines.filter((line) => line.includes('192.0.2.1'))).toEqual([]);
  });

  it('CC-1: pages and JSON come as the application sends them, files compressed', async () => {
    const headers = { cookie: ada, 'accept-encoding': 'gzip' };
    const encodingOf = async (path: string, accept: string) => {
      const response = await fetch(`${origin()}${path}`, { headers: { ...headers, accept } });
      await response.arrayBuffer();
      return response.headers.get('content-encoding');
    };
    // The page of a chat is compressed with a random length by the application, all others are not.
    expect(await encodingOf(`/chat/${chatId}`, 'text/html')).toBe('gzip');
    for (const page of ['/', `/chat/${chatId}/members`]) expect(await encodingOf(page, 'text/html')).toBeNull();
    expect(await encodingOf(`/chat/${chatId}/messages`, 'application/json')).toBeNull();
    const page = await (await fetch(`${origin()}/auth`)).text();
    expect(await encodingOf(page.match(/\/static\/[^"]+\.css/)?.[0] ?? '', '*/*')).toBe('gzip');
  });
});

it('CC-1: no Caddy configuration compresses anything but files', () => {
  const caddyfile = readFileSync('deploy/Caddyfile', 'utf8');
  expect(caddyfile.match(/^\s*encode .*$/gm)?.map((line) => line.trim())).toEqual(['encode @files zstd gzip']);
  expect(caddyfile.match(/^\s*@files .*$/gm)?.map((line) => line.trim())).toEqual(['@files path /static/*']);
  const [documented = ''] =
    readFileSync('docs/operations.md', 'utf8').match(/^```text\nchat\.example\.org \{.*?^```$/ms) ?? [];
  expect(documented).toContain('reverse_proxy');
  expect(documented).not.toContain('encode');
});

/** The cookie of who signs in through nginx, as a page of its origin would. */
async function signIn(
  username: string,
  { localAddress, forwardedFor }: { readonly localAddress?: string; readonly forwardedFor?: string } = {},
): Promise<string> {
  const asked = request(`${origin()}/auth`, {
    method: 'POST',
    ...(localAddress && { localAddress }),
    headers: {
      origin: origin(),
      'content-type': 'application/x-www-form-urlencoded',
      ...(forwardedFor && { 'x-forwarded-for': forwardedFor }),
    },
  });
  asked.end(new URLSearchParams({ username, password: 'a good password' }).toString());
  const [response]: IncomingMessage[] = await once(asked, 'response');
  await text(response as IncomingMessage);
  expect(response?.statusCode).toBe(303);
  return response?.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}
