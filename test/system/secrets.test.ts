import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ChatSocket } from '../websocket/chat-client.ts';
import { ServerProcess } from './server-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-secrets-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('SE-2: what opens a session', () => {
  it('SE-2, LG-1: is in none of the files and lines that the server writes, nor are passwords and invites; messages are in no line', async () => {
    const password = 'canary that nobody may read';
    const server = await ServerProcess.start({
      DATABASE_URL: `sqlite:${join(directory, 'secrets.db')}`,
      LOG_LEVEL: 'trace',
    });
    const cookie = await server.signIn('ada', password);
    const chatId = await server.newChat(cookie);
    const invited = await server.fetch(`/create_invite/${chatId}`, { method: 'POST', headers: { cookie } });
    const { code } = z.object({ code: z.string() }).parse(await invited.json());
    const socket = await new ChatSocket({ url: server.socketUrl(chatId), cookie }).opened();
    await socket.nextFrame();
    socket.post('c-1', 'something said');
    await socket.nextFrame();
    // Refusals and errors quote nothing either.
    socket.send('something said that is no frame');
    await socket.nextFrame();
    for (const path of ['/', `/chat/${chatId}`, `/invite/${code}`, '/nowhere', `/chat/999`]) {
      await server.fetch(path, { headers: { cookie } });
    }

    const wrong = new URLSearchParams({ username: 'ada', password: `${password}!` });
    expect((await server.fetch('/auth', { method: 'POST', body: wrong })).status).toBe(401);
    const token = cookie.split('=')[1] ?? '';
    const secrets = [token, code, password].flatMap((secret) => [
      Buffer.from(secret),
      ...(secret === password
        ? []
        : [Buffer.from(secret, 'base64url'), Buffer.from(secret, 'base64url').toString('hex')]),
    ]);
    // Both while it is in the log beside the file and once it is in the file.
    for (const isStopped of [false, true]) {
      if (isStopped) await server.stop();
      const written = [...readdirSync(directory).map((name) => readFileSync(join(directory, name)))];
      expect(Buffer.concat(written).includes('something said')).toBe(true);
      expect(server.lines.join('\n')).not.toContain('something said');
      for (const file of [...written, Buffer.from(server.lines.join('\n'))]) {
        for (const secret of secrets) expect(file.includes(secret)).toBe(false);
      }
    }
  });
});

describe('UP-2: an address in a message', () => {
  it('UP-2: is never visited by the server where it is not public', async () => {
    let visits = 0;
    const elsewhere = createServer().on('connection', () => (visits += 1));
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    const server = await ServerProcess.start({ DATABASE_URL: 'memory:' });
    const cookie = await server.signIn('ada');
    const chatId = await server.newChat(cookie);
    const socket = await new ChatSocket({ url: server.socketUrl(chatId), cookie }).opened();
    await socket.nextFrame();
    const addresses = [`http://127.0.0.1:${port}/`, `http://localhost:${port}/x.png`, `http://2130706433:${port}/`];
    for (const [n, address] of addresses.entries()) {
      socket.post(`c-${n}`, `See ${address}`);
      await socket.nextFrame();
    }
    for (const path of [`/chat/${chatId}`, '/']) await server.fetch(path, { headers: { cookie } });
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    // That it would have been seen.
    await fetch(addresses[0] ?? '', { signal: AbortSignal.timeout(200) }).catch(() => undefined);
    expect(visits).toBe(1);
    elsewhere.closeAllConnections();
    elsewhere.close();
  });
});
