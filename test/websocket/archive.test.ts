import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChatSocket } from './chat-client.ts';
import { ChatServer } from './chat-server.ts';

let server: ChatServer;
beforeAll(async () => {
  server = await ChatServer.start();
});
afterAll(() => server.stop());

describe('a socket to an archived chat', () => {
  it('MO-4: posts nothing, in JSON or plain text, and is told of the archive in the details', async () => {
    const [ada, bob] = [await server.person('ada'), await server.person('bob')];
    const chatId = await server.chat(ada, bob);
    const url = `${server.socketUrl(chatId)}?details=1`;
    const socket = await new ChatSocket({ url, cookie: bob.cookie }).opened();
    await socket.nextFrame();
    expect(await socket.nextFrame()).not.toHaveProperty('archived');
    const plain = await server.plain(chatId, bob);
    await server.app.useCases.setArchived(ada.actor, { chatId, isArchived: true });
    const told = [await socket.nextFrame(), await socket.nextFrame()];
    expect(told.find(({ type }) => type === 'details')).toMatchObject({ archived: true });
    socket.post('a', 'more');
    expect(await socket.nextFrame()).toMatchObject({ type: 'refused', client_id: 'a', code: 'archived' });
    plain.send('more');
    await server.app.useCases.setArchived(ada.actor, { chatId, isArchived: false });
    const { messages } = await server.app.useCases.readHistory(bob.actor, { chatId, limit: 9 });
    expect(messages.filter(({ kind }) => kind === 'text')).toEqual([]);
  });

  it('MO-4: is out of the lists of open pages at once, and back', async () => {
    const [ada, bob] = [await server.person('eve'), await server.person('dan')];
    const chatId = await server.chat(ada, bob);
    const { socket } = await server.userSocket(bob);
    const set = (isArchived: boolean) => server.app.useCases.setArchived(ada.actor, { chatId, isArchived });
    await set(true);
    expect(JSON.parse(await socket.next())).toMatchObject({ type: 'chat', chat: { id: chatId, archived: true } });
    expect((await server.userSocket(bob)).hello.chats).toEqual([]);
    await set(false);
    const back = JSON.parse(await socket.next());
    expect(back).toMatchObject({ type: 'chat', chat: { id: chatId } });
    expect(back.chat).not.toHaveProperty('archived');
  });
});
