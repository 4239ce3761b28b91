import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { ChatSocket } from '../websocket/chat-client.ts';
import { ServerProcess } from './server-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-shutdown-'));
const env = { DATABASE_URL: `sqlite:${join(directory, 'shutdown.db')}` };
afterAll(() => rmSync(directory, { recursive: true }));

/** What is answered, and whether the connection is kept for another request. */
async function probe(server: ServerProcess, path: string, agent?: Agent) {
  const request = get(new URL(path, server.url), { agent });
  const [response]: IncomingMessage[] = await once(request, 'response');
  response?.resume();
  return { status: response?.statusCode, isKept: response?.headers.connection !== 'close' };
}

describe('GS-1: being told to stop', () => {
  it('acknowledges what has come in, closes with 1012 and exits with 0', async () => {
    const server = await ServerProcess.start(env);
    const cookie = await server.signIn('ada');
    const chatId = await server.newChat(cookie);
    const socket = await new ChatSocket({ url: server.socketUrl(chatId), cookie }).opened();
    await socket.nextTexts(1);

    const acknowledged: string[] = [];
    for (let n = 0; n < 500; n += 1) socket.post(`n-${n}`, `message ${n}`);
    acknowledged.push(...(await socket.nextTexts(1)).map(String));
    const stopped = server.stop();
    expect(await socket.closed).toBe(1012);
    expect(await stopped).toEqual({ code: 0, signal: null });
    for (const frame of socket.unread) acknowledged.push(JSON.parse(frame).message.text);

    const again = await ServerProcess.start(env);
    const later = await new ChatSocket({ url: again.socketUrl(chatId, '?after=0'), cookie }).opened();
    const [, ...stored] = await later.nextTexts(1 + acknowledged.length);
    expect(stored).toEqual(acknowledged);
    later.post('last', 'nothing else was stored');
    expect(await later.nextTexts(1)).toEqual(['nothing else was stored']);
    await again.stop('SIGKILL');
  });

  it('is not ready from the first moment, says so on old and new connections, and is alive until it has finished', async () => {
    const server = await ServerProcess.start(env);
    const cookie = await server.signIn('ada');
    const socket = await new ChatSocket({ url: server.socketUrl(await server.newChat(cookie)), cookie }).opened();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await probe(server, '/readyz', agent)).toEqual({ status: 200, isKept: true });
    // A peer that does not read its close frame: what is under way takes a while.
    socket.socket.pause();
    server.child.kill('SIGTERM');
    await server.printed('stopping');
    expect(await probe(server, '/readyz', agent)).toEqual({ status: 503, isKept: false });
    expect(await probe(server, '/readyz')).toEqual({ status: 503, isKept: false });
    expect(await probe(server, '/healthz')).toEqual({ status: 200, isKept: false });
    socket.socket.resume();
    expect(await server.exited).toEqual({ code: 0, signal: null });
  });

  it('is not held up by connections that say nothing, or half of something', async () => {
    const server = await ServerProcess.start(env);
    const { hostname, port } = new URL(server.url);
    const silent = ['', 'GET / HT', 'POST /auth HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nuser'];
    for (const said of silent) {
      const socket = createConnection(Number(port), hostname).on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(said);
    }
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });

  it('is not held up by who posts and does not read the answers', async () => {
    const server = await ServerProcess.start({ ...env, RATE_LIMITS: 'off' });
    const cookie = await server.signIn('ada');
    const { socket } = await new ChatSocket({ url: server.socketUrl(await server.newChat(cookie)), cookie }).opened();
    socket.pause();
    const post = (n: number) =>
      JSON.stringify({ type: 'post', client_id: `${n}`, text: 'x'.repeat(n % 3 ? 2 : 9_000) });
    for (let n = 0; n < 12_000; n += 1) socket.send(post(n));
    // From some time on it is not read either, and what it has to say stays here.
    let unsent = Number.POSITIVE_INFINITY;
    const isStuck = () => {
      const before = unsent;
      unsent = socket.bufferedAmount;
      return unsent === before;
    };
    await vi.waitUntil(isStuck, { timeout: 20_000, interval: 500 });
    expect(unsent).toBeGreaterThan(0);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    socket.terminate();
  });

  it('reaches the server through the shell in which npm starts it', async () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const PATH = `${resolve('node_modules/.bin')}:${process.env.PATH}`;
    const started = { ...process.env, PATH, PORT: '0', DATABASE_URL: 'memory:' };
    const shell = spawn('sh', ['-c', scripts.start], { env: started, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(shell.stdout, 'data');
    shell.kill('SIGTERM');
    expect(await once(shell, 'close')).toEqual([0, null]);
  });

  it('exits at once when told twice', async () => {
    const server = await ServerProcess.start(env);
    const socket = await new ChatSocket({ url: server.socketUrl(1), cookie: await server.signIn('ada') }).opened();
    // A peer that does not read its close frame would hold the stop up.
    socket.socket.pause();
    server.child.kill('SIGTERM');
    await server.printed('stopping');
    server.child.kill('SIGTERM');
    expect(await server.exited).toEqual({ code: 1, signal: null });
    socket.socket.terminate();
  });
});
