import { expect, test } from 'vitest';
import {
  decodeServerFrame,
  isWireHistory,
  type ReceivedFrame,
} from '../../src/adapters/browser/connection/wire-decoding.ts';
import { NO_DETAILS, type WireMessage } from '../../src/adapters/wire/message.ts';
import type { WireChatSummary } from '../../src/adapters/wire/user-frames.ts';

const message: WireMessage = {
  id: 1,
  chat_id: 1,
  position: 1,
  revision: 1,
  client_id: null,
  kind: 'text',
  author: { id: 7, username: 'ada' },
  text: 'hello',
  sent_at: '2026-01-01T00:00:00.000Z',
  ...NO_DETAILS,
};

const summary: WireChatSummary = {
  id: 1,
  kind: 'group',
  name: 'Lobby',
  members: 2,
  last: null,
  read: 0,
  unread: 0,
  mentions: 0,
  level: 'mentions',
};
const you = { id: 7, username: 'ada' };

const frames: ReceivedFrame[] = [
  { type: 'hello', you, installation: 'here', epoch: 'first', chats: [summary] },
  { type: 'chat', chat: summary },
  { type: 'left', chat_id: 1 },
  { type: 'message', chat_id: 1, message },
  { type: 'details', chat_id: 1, name: 'Lobby', members: 2, connected: 1 },
  { type: 'ready', chat_id: 1, revision: 41, you: { id: 7, username: 'ada' }, installation: 'here', epoch: 'first' },
  { type: 'message', message },
  { type: 'refused', client_id: 'a', code: 'invalid_message', detail: 'A message cannot be empty.' },
  { type: 'refused', code: 'bad_request', detail: 'Not a frame.' },
  { type: 'details', name: 'Lobby', members: 2, connected: 1 },
  { type: 'reset', revision: 9 },
  { type: 'alive' },
];

test.each(frames)('a $type frame is understood', (frame) => {
  expect(decodeServerFrame(JSON.stringify(frame))).toEqual(frame);
});

test.each([
  'plain text',
  'null',
  '[]',
  '{}',
  '{"type":7}',
  '{"type":"message"}',
  '{"type":"message","message":{"text":"no position"}}',
  '{"type":"ready"}',
  '{"type":"hello","you":{"id":7},"installation":"here","epoch":"first"}',
  '{"type":"hello","you":{"id":7},"installation":"here","epoch":"first","chats":[{"id":1}]}',
  '{"type":"chat"}',
  '{"type":"chat","chat":{"name":"Lobby"}}',
  '{"type":"left"}',
  '{"type":"ready","revision":41,"you":{"id":7},"installation":"here"}',
  '{"type":"ready","revision":41,"installation":"here","epoch":"first"}',
  '{"type":"details","name":"Lobby","members":2}',
  new ArrayBuffer(1),
])('what is no frame of this protocol is ignored: %s', (data) => {
  expect(decodeServerFrame(data)).toBeUndefined();
});

test.each(['typing', 'a type of a later release', 'constructor', 'toString', '__proto__', ''])(
  'a frame of an unknown type is ignored: %s',
  (type) => {
    expect(
      decodeServerFrame(JSON.stringify({ type, detail: 'as a frame of that release would have it' })),
    ).toBeUndefined();
  },
);

test('fields that this client does not know do not keep it from understanding a frame', () => {
  const frame = { type: 'reset', revision: 9, because: 'a later release says why' };
  expect(decodeServerFrame(JSON.stringify(frame))).toEqual(frame);
});

test('a page of history is told from anything else', () => {
  expect(isWireHistory({ messages: [message], revision: 1 })).toBe(true);
  expect(isWireHistory({ messages: [], revision: 0 })).toBe(true);
  expect(isWireHistory({ messages: [{ text: 'no position' }], revision: 1 })).toBe(false);
  expect(isWireHistory({ messages: [message] })).toBe(false);
  expect(isWireHistory(undefined)).toBe(false);
});
