import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ChatSocket } from '../websocket/chat-client.ts';
import { eventsOf, say, startOn, textsOf } from './fault-server.ts';
import { aDisk, findMounting } from './mounts.ts';

const mounting = findMounting();
/** A message as large as they get. */
const LONG = 'x'.repeat(10_000);

describe.skipIf(mounting.isMissing)('DB-1: a disk of 2 MiB', () => {
  it('that is full: posts are refused and shown to nobody, reads go on, and room is all it takes to go on', async () => {
    const disk = aDisk('2m');
    const path = join(disk.path, 'chat.db');
    const server = await startOn(path);
    const [ada, bob] = [await server.signIn('ada'), await server.signIn('bob')];
    const chatId = await server.newChat(ada, bob);
    const one = await new ChatSocket({ url: server.socketUrl(chatId), cookie: ada }).opened();
    const two = await new ChatSocket({ url: server.socketUrl(chatId), cookie: bob }).opened();
    for (const socket of [one, two]) expect(await socket.nextTexts(1)).toEqual(['ready']);

    const makeRoom = disk.fill();
    const acknowledged: string[] = [];
    let refusals = 0;
    // The log may hold a little yet. When it does not, three in a row are refused, also to the socket: its post has an id, which takes a page more.
    for (let n = 0; refusals < 3; n += 1) {
      const text = `${n} ${LONG}`.slice(0, LONG.length);
      const { status, headers } = await say(server, chatId, ada, text);
      if (status === 503) {
        expect(headers.get('retry-after')).toBe('1');
        refusals += 1;
      } else {
        expect([status, await one.nextTexts(1)]).toEqual([201, [text]]);
        acknowledged.push(text);
        refusals = 0;
      }
    }
    one.post('refused', LONG);
    expect(await one.nextFrame()).toMatchObject({ type: 'refused', code: 'unavailable', client_id: 'refused' });
    expect(await textsOf(server, chatId, bob)).toEqual(['bob joined', ...acknowledged]);
    expect(await two.nextTexts(acknowledged.length)).toEqual(acknowledged);
    expect((await server.fetch('/status')).status).toBe(200);

    makeRoom();
    one.post('after', 'there is room');
    expect(await one.nextTexts(1)).toEqual(['there is room']);
    expect(await two.nextTexts(1)).toEqual(['there is room']);
    await server.stop();
    const database = new Database(path, { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
    const events = eventsOf(server).filter((event) => event.startsWith('storage_'));
    expect(events).toEqual(['storage_failing', 'storage_recovered']);
  });

  it('is enough for as much as fits: the log gives back the room that it takes', async () => {
    const disk = aDisk('2m');
    const server = await startOn(join(disk.path, 'chat.db'));
    const ada = await server.signIn('ada');
    const chatId = await server.newChat(ada);
    let stored = 0;
    // Were the log not emptied, 10 KB at a time would fill the disk with it after a hundred, while the database is small.
    for (let refusals = 0; refusals < 20; ) {
      const { status } = await say(server, chatId, ada, LONG);
      if (status === 201) stored += 1;
      else refusals += 1;
    }
    expect(stored).toBeGreaterThan(85);
    await server.stop();
  });

  it('that is full at the start stops it with one line, or not at all', async () => {
    const disk = aDisk('2m');
    const path = join(disk.path, 'chat.db');
    await (await startOn(path)).stop();
    const makeRoom = disk.fill();
    const before = readdirSync(disk.path);
    const said = await startOn(path).then(
      async (server) => {
        await server.stop();
        return 'it started';
      },
      (reason: unknown) => String(reason),
    );
    expect(said).toMatch(/^it started$|ended with 1 and said:\n[^\n]*The disk of DATABASE_URL is full[^\n]*$/);
    expect(readdirSync(disk.path)).toEqual(expect.arrayContaining(before));
    makeRoom();
    await (await startOn(path)).stop();
  });
});
