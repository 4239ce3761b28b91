import { expect, it } from 'vitest';
import { toWire } from '../../src/adapters/wire/message.ts';
import { userId } from '../../src/domain/ids.ts';
import type { TextMessage } from '../../src/domain/messages/message.ts';
import { messageBody } from '../../src/domain/messages/message-body.ts';
import { quoteOf } from '../../src/domain/messages/quotes.ts';
import { weightOf } from '../../src/domain/messages/weight.ts';
import { emoji } from '../../src/domain/reactions/emoji.ts';
import { aChat, aMessageIn, aUser, aUsername } from '../builders.ts';

const plain = aMessageIn(aChat(), aUser());
const long = messageBody('\u0001"&<é世😀'.repeat(1_000));
const people = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aUser({ id: userId(9_000_000 + index), username: aUsername(`ü"${index}`) }),
  );
const mentionsOf = (names: readonly string[]) =>
  names.map((name, index) => ({ userId: userId(9_000_000 + index), name }));

const heavy: readonly [string, Partial<TextMessage>][] = [
  ['nothing but its text', {}],
  ['a text that is escaped', { text: long }],
  ['500 people mentioned by @all', { mentions: mentionsOf(Array<string>(500).fill('all')) }],
  ['100 names mentioned', { mentions: mentionsOf(Array.from({ length: 100 }, (_, index) => `é"😀${index}`)) }],
  [
    '20 emoji of 20 people each',
    {
      reactions: Array.from({ length: 20 }, (_, index) => {
        return { emoji: emoji(String.fromCodePoint(0x1f600 + index)), count: 20, users: people(20) };
      }),
    },
  ],
  ['a quote', { replyTo: quoteOf({ ...plain, text: messageBody('&"\u0001'.repeat(200)) }) }],
];

it.each(heavy)('the weight of a message is not less than the bytes that its JSON has: %s', (_what, more) => {
  const message = { ...plain, ...more };
  expect(weightOf(message)).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(toWire(message))) * 0.95);
});
