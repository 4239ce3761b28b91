import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { ServerProcess } from './server-process.ts';
import { COLLECT_SOON, vitalsOf } from './vitals.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-connections-'));
afterAll(() => rmSync(directory, { recursive: true }));

interface Asking {
  readonly path: string;
  readonly from: string;
  readonly cookie?: string;
}

/** A kept connection from this address that has asked for something; it is not read. */
async function asking(server: ServerProcess, { path, from, cookie = '' }: Asking): Promise<Socket> {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port), localAddress: from }).pause();
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\n\r\n`);
  return socket;
}

/** The status line of the answer, or an empty string when the connection was cut. */
async function answered(socket: Socket): Promise<string> {
  socket.resume();
  const head = await new Promise<string>((resolve) => {
    socket.once('data', (bytes) => resolve(bytes.toString('latin1'))).once('close', () => resolve(''));
  });
  return head.split('\r\n', 1)[0] ?? '';
}

describe('HT-2: kept connections from one address', () => {
  it('HT-2: are at most a hundred, the idle go first, and at ulimit -n 300 another address is served', async () => {
    const env = { DATABASE_URL: 'memory:', RATE_LIMITS: 'on' };
    const server = await ServerProcess.start(env, { under: ['sh', '-c', 'ulimit -n 300; exec "$0" "$@"'] });
    const before = vitalsOf(server).descriptors;
    const kept: Socket[] = [];
    for (let n = 0; n < 400; n += 1) {
      const socket = await asking(server, { path: '/status', from: '127.0.0.1' });
      if (n === 399) expect(await answered(socket)).toBe('HTTP/1.1 200 OK');
      kept.push(socket);
    }
    expect(await answered(await asking(server, { path: '/status', from: '127.0.0.2' }))).toBe('HTTP/1.1 200 OK');
    await vi.waitUntil(() => vitalsOf(server).descriptors - before <= 101, { timeout: 20_000 });
    expect(server.lines.filter((line) => line.includes('connections_exhausted'))).toHaveLength(1);
    for (const socket of kept) socket.destroy();
    await server.stop('SIGKILL');
  });
});

describe('HT-1: answers that are not read', () => {
  it('HT-1: from one address stay within bounds, cost another one nothing, and are cut off', async () => {
    const env = { DATABASE_URL: `sqlite:${join(directory, 'unread.db')}`, ...COLLECT_SOON };
    const filled = await ServerProcess.start(env);
    const cookie = await filled.signIn('ada');
    const id = await filled.newChat(cookie);
    const post = async (server: ServerProcess, body: string) => {
      const headers = { cookie, 'content-type': 'text/plain' };
      return (await server.fetch(`/chat/${id}/messages`, { method: 'POST', headers, body })).status;
    };
    for (let n = 0; n < 100; n += 1) expect(await post(filled, `${n}`.padEnd(9_999, '\u0001'))).toBe(201);
    await filled.stop();

    const server = await ServerProcess.start({ ...env, RATE_LIMITS: 'on' });
    expect(await post(server, 'warm')).toBe(201);
    const before = vitalsOf(server);
    const path = `/chat/${id}/messages?limit=100`;
    const unread = await Promise.all(
      Array.from({ length: 100 }, () => asking(server, { path, from: '127.0.0.2', cookie })),
    );
    let mostMiB = 0;
    await vi.waitUntil(
      async () => {
        expect(await post(server, 'still here')).toBe(201);
        mostMiB = Math.max(mostMiB, vitalsOf(server).rssMiB);
        return vitalsOf(server).descriptors <= before.descriptors + 2;
      },
      { timeout: 60_000, interval: 400 },
    );
    expect(mostMiB - before.rssMiB).toBeLessThan(150);
    for (const socket of unread) socket.destroy();
    await server.stop('SIGKILL');
  });
});
