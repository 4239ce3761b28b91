import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { ChatSocket } from '../websocket/chat-client.ts';
import { startOn } from './fault-server.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-held-'));
afterAll(() => rmSync(directory, { recursive: true }));

it('DB-2: while another process holds the write lock /status and reads answer, and a post is acknowledged when it lets go', async () => {
  const path = join(directory, 'held.db');
  const server = await startOn(path);
  const cookie = await server.signIn('ada');
  const chatId = await server.newChat(cookie);
  const socket = await new ChatSocket({ url: server.socketUrl(chatId), cookie }).opened();
  expect(await socket.nextTexts(1)).toEqual(['ready']);

  const other = new Database(path);
  other.exec('begin immediate');
  socket.post('waiting', 'as soon as I may');
  // Were the server to wait for the lock as SQLite does, none of these would be answered before the post is given up.
  for (let n = 0; n < 50; n += 1) expect((await server.fetch('/status')).status).toBe(200);
  expect((await server.fetch(`/chat/${chatId}`, { headers: { cookie } })).status).toBe(200);
  expect(socket.unread).toEqual([]);
  other.exec('rollback');
  other.close();
  expect(await socket.nextTexts(1)).toEqual(['as soon as I may']);
});
