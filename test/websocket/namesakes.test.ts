import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChatServer, type Person } from './chat-server.ts';

let server: ChatServer;
let ada: Person;
const people: Person[] = [];
beforeAll(async () => {
  server = await ChatServer.start();
  ada = await server.person('ada');
  // One after the other: of those who join at the same moment, the one with the largest id counts as the latest.
  for (const name of ['Bartholomew', 'Cleopatra', 'Dorothea', 'Ernestina']) people.push(await server.person(name));
});
afterAll(() => server.stop());

describe('chats of one name', () => {
  it('name up to three of their other people in hello, GET /chats and chat frames', async () => {
    const [crowd, alone] = [await server.chat(ada, ...people), await server.chat(ada)];
    const { socket, hello } = await server.userSocket(ada);
    const othersOf = (chats: readonly { readonly id: number; readonly others?: readonly string[] }[]) =>
      [crowd, alone].map((id) => chats.find((chat) => chat.id === id)?.others);
    expect(othersOf(hello.chats)).toEqual([['Ernestina', 'Dorothea', 'Cleopatra'], []]);
    const answer = await fetch(`${server.url}chats`, { headers: { cookie: ada.cookie, accept: 'application/json' } });
    const { chats } = (await answer.json()) as { chats: typeof hello.chats };
    expect(othersOf(chats)).toEqual([['Ernestina', 'Dorothea', 'Cleopatra'], []]);
    await server.app.useCases.renameChat(ada.actor, { chatId: alone, name: 'Pier' });
    await server.app.useCases.postMessage(ada.actor, { chatId: crowd, text: 'ahoy' });
    for (;;) {
      const { chat } = await socket.nextOf('chat');
      if (chat.id !== crowd || chat.last?.snippet !== 'ahoy') continue;
      expect(chat).not.toHaveProperty('others');
      break;
    }
  });

  it('leave hello as long as it was where 198 of 200 chats have names of their own', async () => {
    const many = await server.person('many');
    const { createChat } = server.app.useCases;
    for (let n = 0; n < 200; n++) await createChat(many.actor, { name: n < 2 ? 'Harbour' : `Berth ${n}` });
    const { hello } = await server.userSocket(many);
    const withOthers = hello.chats.filter((chat) => 'others' in chat);
    expect(withOthers.map(({ name }) => name)).toEqual(['Harbour', 'Harbour']);
    expect(JSON.stringify(hello).length).toBeLessThanOrEqual(40_000);
  });
});
