import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServerFrame } from '../../src/adapters/wire/frames.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import type { ChatSocket } from './chat-client.ts';
import { ChatServer, type Person } from './chat-server.ts';

let server: ChatServer;
let ada: Person;
let bob: Person;
let chatId: ChatId;
let adas: ChatSocket;
let bobs: ChatSocket;

beforeAll(async () => {
  server = await ChatServer.start();
  ada = await server.person('ada');
  bob = await server.person('bob');
});
beforeEach(async () => {
  chatId = await server.chat(ada, bob);
  adas = await server.joined(chatId, ada);
  bobs = await server.joined(chatId, bob);
});
afterAll(() => server.stop());

const send = (socket: ChatSocket, frame: object) => socket.send(JSON.stringify(frame));
const edit = (position: number, text: string, revision: number) => ({
  type: 'edit',
  client_id: `edit-${position}`,
  position,
  text,
  revision,
});

/** Ada posts it, and both have read it. */
async function posted(text: string): Promise<number> {
  adas.post(`p-${text.length}`, text);
  await bobs.nextFrame();
  const frame = await adas.nextFrame();
  if (frame.type !== 'message') throw new Error(`The post was answered with ${frame.type}.`);
  return frame.message.position;
}

const saying = (frame: ServerFrame) =>
  frame.type === 'message' ? [frame.message.revision, frame.message.kind, frame.message.text] : frame;

describe('the frames edit, delete and restore of chat.v1', () => {
  it('change a message, and are answered by it as every follower gets it', async () => {
    const position = await posted('first');
    send(adas, edit(position, 'second', position));
    send(adas, { type: 'delete', client_id: 'd', position });
    send(adas, { type: 'restore', client_id: 'r', position });
    const states = [
      [3, 'text', 'second'],
      [4, 'deleted', ''],
      [5, 'text', 'second'],
    ];
    expect((await adas.nextFrames(3)).map(saying)).toEqual(states);
    expect((await bobs.nextFrames(3)).map(saying)).toEqual(states);
    adas.post('after', 'after');
    expect(await adas.nextTexts(1)).toEqual(['after']);
    expect(await bobs.nextTexts(1)).toEqual(['after']);
  });

  it('that are sent again change nothing, and are answered by the message once more', async () => {
    const position = await posted('first');
    for (let times = 0; times < 2; times += 1) send(adas, edit(position, 'second', position));
    for (let times = 0; times < 2; times += 1) send(adas, { type: 'delete', client_id: 'd', position });
    for (let times = 0; times < 2; times += 1) send(adas, { type: 'restore', client_id: 'r', position });
    const [edited, deleted, restored] = [
      [3, 'text', 'second'],
      [4, 'deleted', ''],
      [5, 'text', 'second'],
    ];
    expect(await inOrder(bobs, 3)).toEqual([edited, deleted, restored]);
    const answers = await inOrder(adas, 6);
    expect(answers.toSorted()).toEqual([edited, edited, deleted, deleted, restored, restored].toSorted());
    send(adas, { type: 'restore', client_id: 'r', position });
    expect(await inOrder(adas, 1)).toEqual([restored]);
    bobs.post('last', 'nothing came in between');
    expect(await bobs.nextTexts(1)).toEqual(['nothing came in between']);
  });

  it('are refused with conflict and the newer message when two edits begin at one revision', async () => {
    const position = await posted('first');
    send(adas, edit(position, 'mine', position));
    send(adas, { ...edit(position, 'also mine', position), client_id: 'second' });
    const [changed, refused] = await adas.nextFrames(2);
    expect(changed).toMatchObject({ type: 'message', message: { text: 'mine', revision: 3 } });
    expect(refused).toMatchObject({
      type: 'refused',
      client_id: 'second',
      code: 'conflict',
      message: { position, revision: 3, kind: 'text', text: 'mine' },
    });
  });

  it.each([
    ["an edit of somebody else's message", edit(2, 'mine now', 2), 'forbidden'],
    ["a deletion of somebody else's message", { type: 'delete', client_id: 'x', position: 2 }, 'forbidden'],
    ['an edit of a notice', edit(1, 'bob did not join', 1), 'forbidden'],
    ['an edit of a message that does not exist', edit(9, 'nothing', 9), 'not_found'],
    ['an edit to white space', edit(2, '  ', 2), 'invalid_message'],
    ['a client id with a space', { type: 'delete', client_id: 'a b', position: 2 }, 'invalid_client_id'],
    ['a position that is text', { type: 'delete', client_id: 'x', position: '2' }, 'bad_request'],
    ['a position of 0', { type: 'delete', client_id: 'x', position: 0 }, 'bad_request'],
    ['an edit without a revision', { type: 'edit', client_id: 'x', position: 2, text: 'x' }, 'bad_request'],
    ['no client id', { type: 'restore', position: 2 }, 'bad_request'],
    ['another chat', { type: 'delete', client_id: 'x', position: 2, chat_id: 999 }, 'bad_request'],
  ])('are refused: %s', async (_what, frame, code) => {
    await posted('first');
    send(bobs, frame);
    const refused = await bobs.nextFrame();
    expect(refused).toMatchObject({ type: 'refused', code });
    if ('client_id' in frame && frame.client_id !== 'a b')
      expect(refused).toMatchObject({ client_id: frame.client_id });
    send(adas, { type: 'delete', client_id: 'd', position: 2 });
    expect(await inOrder(adas, 1)).toEqual([[3, 'deleted', '']]);
  });

  it('are refused with deleted once the message is a tombstone', async () => {
    const position = await posted('first');
    send(adas, { type: 'delete', client_id: 'd', position });
    send(adas, edit(position, 'too late', position));
    const [, refused] = await adas.nextFrames(2);
    expect(refused).toMatchObject({ type: 'refused', client_id: `edit-${position}`, code: 'deleted' });
  });

  it('take effect in the order in which one socket sent them, among its posts', async () => {
    const position = await posted('first');
    for (let n = 0; n < 50; n += 1) {
      adas.post(`post-${n}`, `post ${n}`);
      send(adas, { ...edit(position, `edit ${n}`, 2 + 2 * n), client_id: `e-${n}` });
    }
    const expected = Array.from({ length: 50 }, (_, n) => [`post ${n}`, `edit ${n}`]).flat();
    expect(await bobs.nextTexts(100)).toEqual(expected);
    expect(await adas.nextTexts(100)).toEqual(expected);
  });
});

async function inOrder(socket: ChatSocket, count: number) {
  return (await socket.nextFrames(count)).map(saying);
}
