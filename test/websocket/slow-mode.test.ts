import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { ChatSocket } from './chat-client.ts';
import { ChatServer, type Person } from './chat-server.ts';

let server: ChatServer;
let ada: Person;
let bob: Person;
let chatId: ChatId;

beforeAll(async () => {
  server = await ChatServer.start();
  ada = await server.person('ada');
  bob = await server.person('bob');
});
afterAll(() => server.stop());
beforeEach(async () => {
  chatId = await server.chat(ada, bob);
});

describe('a socket to a slow chat', () => {
  it('MO-1: is told when it may post again; one of many posts is stored', async () => {
    await server.app.useCases.setSlowMode(ada.actor, { chatId, seconds: 3_600 });
    const [mine, other] = [await server.joined(chatId, bob), await server.joined(chatId, ada)];
    for (let n = 0; n < 5; n += 1) mine.post(`n-${n}`, `post ${n}`);
    expect(await mine.nextTexts(1)).toEqual(['post 0']);
    for (let n = 1; n < 5; n += 1)
      expect(await mine.nextFrame()).toMatchObject({
        ...{ type: 'refused', client_id: `n-${n}`, code: 'slow_mode', retry_after: 3_600 },
        detail: expect.stringMatching(/^Slow mode: you can write again in /),
      });
    other.post('a', 'the owner may');
    expect(await other.nextTexts(2)).toEqual(['post 0', 'the owner may']);
    const plain = await server.plain(chatId, bob);
    plain.send('too early');
    other.post('b', 'last');
    expect(await other.nextTexts(1)).toEqual(['last']);
  });

  it('tells of the slow mode in the details', async () => {
    const url = `${server.socketUrl(chatId)}?details=1`;
    const socket = await new ChatSocket({ url, cookie: bob.cookie }).opened();
    await socket.nextFrame();
    expect(await socket.nextFrame()).not.toHaveProperty('slow_mode');
    await server.app.useCases.setSlowMode(ada.actor, { chatId, seconds: 60 });
    const told = [await socket.nextFrame(), await socket.nextFrame()];
    expect(told.find(({ type }) => type === 'details')).toMatchObject({ slow_mode: 60 });
  });
});
