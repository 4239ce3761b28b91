import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WireChatSummary } from '../../src/adapters/wire/user-frames.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import type { UserSocket } from './chat-client.ts';
import { ChatServer, type Person } from './chat-server.ts';

let server: ChatServer;
let ada: Person;
let bob: Person;
let chat_id: ChatId;
/** Two devices of Bob's. */
let devices: readonly UserSocket[];

beforeAll(async () => {
  server = await ChatServer.start();
});
afterAll(() => server.stop());

let people = 0;
beforeEach(async () => {
  people += 1;
  ada = await server.person(`ada${people}`);
  bob = await server.person(`bob${people}`);
  chat_id = await server.chat(ada, bob);
  devices = [(await server.userSocket(bob)).socket, (await server.userSocket(bob)).socket];
});

async function post(text: string) {
  const { message } = await server.app.useCases.postMessage(ada.actor, { chatId: chat_id, text });
  return message;
}

const first = (): UserSocket => {
  const [device] = devices;
  if (!device) throw new Error('There are two.');
  return device;
};

/** Resolves when all devices show this. */
async function shown(wanted: Partial<WireChatSummary>): Promise<void> {
  for (const device of devices) {
    for (;;) {
      const { chat } = await device.nextOf('chat');
      if (Object.entries(wanted).every(([name, value]) => Reflect.get(chat, name) === value)) break;
    }
  }
}

describe('read', () => {
  it('moves the pointer, which all devices of the user show', async () => {
    const { position } = await post('one');
    const { position: next } = await post(`@${bob.actor.user.username}`);
    await shown({ unread: 2, mentions: 1 });
    first().say({ type: 'read', chat_id, position });
    await shown({ read: position, unread: 1, mentions: 1 });
    first().say({ type: 'read', chat_id, position: next });
    await shown({ read: next, unread: 0, mentions: 0 });
  });

  it('never lets a stale pointer of a sleeping device win', async () => {
    const { position } = await post('one');
    first().say({ type: 'read', chat_id, position });
    await shown({ read: position, unread: 0 });
    first().say({ type: 'unread', chat_id, position });
    await shown({ unread: 1, read_version: 1 });
    first().say({ type: 'read', chat_id, position, read_version: 0 });
    const { position: next } = await post('two');
    await shown({ unread: 2, read_version: 1 });
    first().say({ type: 'read', chat_id, position: next, read_version: 1 });
    await shown({ unread: 0 });
  });
});

describe('unread', () => {
  it('comes back as a badge on every device', async () => {
    const messages = [await post('one'), await post('two'), await post('three')];
    const [, second, third] = messages.map(({ position }) => position);
    if (second === undefined || third === undefined) throw new Error('There are three.');
    first().say({ type: 'read', chat_id, position: third });
    await shown({ unread: 0 });
    first().say({ type: 'unread', chat_id, position: second });
    await shown({ unread: 2, read: second - 1 });
  });
});

describe('refusals', () => {
  it('name the chat: of an outsider, and of a message that the chat does not have', async () => {
    const eve = await server.person(`eve${people}`);
    const { socket } = await server.userSocket(eve);
    for (const type of ['read', 'unread'] as const) {
      socket.say({ type, chat_id, position: 1 });
      expect(await socket.nextOf('refused')).toEqual({
        type: 'refused',
        chat_id,
        code: 'forbidden',
        detail: expect.any(String),
      });
    }
    first().say({ type: 'unread', chat_id, position: 999 });
    expect(await first().nextOf('refused')).toMatchObject({ chat_id, code: 'not_found' });
    first().send(JSON.stringify({ type: 'read', chat_id, position: -1 }));
    expect(await first().nextOf('refused')).toMatchObject({ chat_id, code: 'bad_request' });
  });
});
