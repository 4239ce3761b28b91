import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { chatId } from '../../../src/domain/ids.ts';
import { clientId } from '../../../src/domain/messages/client-id.ts';
import { notice as aNotice, assertSameMessage, messageId, textMessage } from '../../../src/domain/messages/message.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { NOTICES } from '../../../src/domain/messages/notices.ts';
import { aChat, aMessageIn, aUser, aUsername, NOW } from '../../builders.ts';
import { refusal } from '../refusal.ts';

const LARGEST_POSITION = 2 ** 30 - 1;
const LARGEST_CHAT = 2 ** 23 - 1;

describe("a message's id", () => {
  it('is another for each chat and position, and exact', () => {
    const place = fc.record({
      chatId: fc.integer({ min: 1, max: LARGEST_CHAT }).map(chatId),
      position: fc.integer({ min: 1, max: LARGEST_POSITION }).map(revision),
    });
    fc.assert(
      fc.property(place, place, (one, other) => {
        const same = one.chatId === other.chatId && one.position === other.position;
        expect(messageId(one) === messageId(other)).toBe(same);
        expect(Number.isSafeInteger(messageId(one))).toBe(true);
      }),
    );
  });

  it('is another on both sides of where one chat ends and the next begins', () => {
    const last = messageId({ chatId: chatId(1), position: revision(LARGEST_POSITION) });
    const next = messageId({ chatId: chatId(2), position: revision(1) });
    expect(last).toBeLessThan(next);
    expect(messageId({ chatId: chatId(LARGEST_CHAT), position: revision(LARGEST_POSITION) })).toBe(
      Number.MAX_SAFE_INTEGER,
    );
  });

  it('grows with the position', () => {
    const at = (position: number) => messageId({ chatId: chatId(3), position: revision(position) });
    expect(at(1)).toBeLessThan(at(2));
  });
});

describe('a new message', () => {
  it('has last changed where it was posted', () => {
    const [chat, author] = [aChat(), aUser()];
    const said = { chatId: chat.id, position: revision(7), author, text: messageBody('Hi'), sentAt: NOW };
    const message = textMessage({ ...said, clientId: clientId('c1') });
    expect(message).toEqual({
      ...said,
      id: messageId({ chatId: chat.id, position: revision(7) }),
      revision: 7,
      kind: 'text',
      edit: null,
      replyTo: null,
      mentions: [],
      reactions: [],
      pin: null,
      files: [],
      card: null,
      clientId: 'c1',
    });
  });

  it('is a notice when the chat says it: it names who joined', () => {
    const author = aUser({ username: aUsername('Zoë') });
    const text = NOTICES.joined(author.username);
    const notice = aNotice({ chatId: aChat().id, position: revision(2), author, text, sentAt: NOW });
    expect(notice).toMatchObject({
      kind: 'notice',
      text: 'Zoë joined',
      clientId: null,
      position: 2,
      revision: 2,
      author,
    });
  });
});

describe('a message sent again', () => {
  const stored = aMessageIn(aChat(), aUser(), { text: messageBody('caf\u00e9') });

  it('is the same message with the same text', () => {
    expect(
      refusal(() => assertSameMessage(stored, { text: messageBody('caf\u00e9'), replyTo: null, files: [] })),
    ).toBeUndefined();
  });

  it.each([
    ['another word', 'tea'],
    ['another case', 'Caf\u00e9'],
    ['a space more', 'caf\u00e9 '],
    ['the letters composed otherwise', 'cafe\u0301'],
  ])('is a conflict with %s', (_what, text) => {
    expect(refusal(() => assertSameMessage(stored, { text: messageBody(text), replyTo: null, files: [] }))).toBe(
      'conflict',
    );
  });
});
