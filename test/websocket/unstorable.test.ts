import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChatServer } from './chat-server.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-unstorable-'));
const path = join(directory, 'chat.db');
let server: ChatServer;

beforeAll(async () => {
  server = await ChatServer.start({ DATABASE_URL: `sqlite:${path}` });
  const database = new Database(path);
  database.exec(`create trigger poison before insert on messages when new.text like '%poison%'
    begin select raise(abort, 'never'); end`);
  database.close();
});

afterAll(async () => {
  await server.app.close();
  rmSync(directory, { recursive: true });
});

describe('a post that can never be stored', () => {
  it('is refused, in a batch with others too, and the socket stays open for what comes next', async () => {
    const [ada, bob] = [await server.person('ada'), await server.person('bob')];
    const chatId = await server.chat(ada, bob);
    const [socket, other] = [await server.joined(chatId, ada), await server.joined(chatId, bob)];
    for (const text of ['one', 'poison', 'two', 'more poison', 'three']) socket.post(text.replace(' ', '-'), text);
    other.post('aside', 'aside');
    const frames = [];
    for (let n = 0; n < 6; n += 1) frames.push(await socket.nextFrame());
    const refused = frames.filter(({ type }) => type === 'refused');
    expect(refused).toMatchObject([
      { client_id: 'poison', code: 'invalid_message' },
      { client_id: 'more-poison', code: 'invalid_message' },
    ]);
    socket.post('poison', 'poison');
    expect(await socket.nextFrame()).toMatchObject({ type: 'refused', client_id: 'poison' });
    socket.post('after', 'after');
    expect(await socket.nextFrame()).toMatchObject({ type: 'message', message: { text: 'after' } });
    const logged = server.log.entries.filter(({ level }) => level === 'error').map(({ details }) => details.event);
    expect(new Set(logged)).toEqual(new Set(['message_unstorable']));
  });

  it('is refused by HTTP with 422', async () => {
    const eve = await server.person('eve');
    const chatId = await server.chat(eve);
    const post = (body: string) =>
      fetch(new URL(`/chat/${chatId}/messages`, server.url), {
        method: 'POST',
        headers: { cookie: eve.cookie, 'content-type': 'text/plain' },
        body,
      });
    const answers = await Promise.all(['one', 'poison', 'two'].map(post));
    expect(answers.map(({ status }) => status)).toEqual([201, 422, 201]);
    expect(await answers[1]?.json()).toMatchObject({ code: 'invalid_message' });
  });
});
