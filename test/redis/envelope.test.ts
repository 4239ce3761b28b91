import { describe, expect, it } from 'vitest';
import { decodeEnvelope, encodeEnvelope } from '../../src/adapters/redis/envelope.ts';
import { chatEvent, presenceEvent, userEvent } from '../../src/adapters/redis/events.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import type { ChatEvent, PresenceEvent, PresenceReported, UserEvent } from '../../src/domain/events.ts';
import { chatId, sessionId, userId } from '../../src/domain/ids.ts';
import { edited, tombstone } from '../../src/domain/messages/changes.ts';
import { clientId } from '../../src/domain/messages/client-id.ts';
import { notice, textMessage } from '../../src/domain/messages/message.ts';
import { messageBody } from '../../src/domain/messages/message-body.ts';
import { emoji } from '../../src/domain/reactions/emoji.ts';
import { reactionsOf } from '../../src/domain/reactions/reactions-change.ts';
import { aChat, aMessageIn, aUser, aUsername } from '../builders.ts';
import { RECORDED } from './recorded-envelopes.ts';

const OURSELVES = 'this-instance';
const ofChat = (text: string) => decodeEnvelope(text, { ourselves: OURSELVES, event: chatEvent });
const ofUser = (text: string) => decodeEnvelope(text, { ourselves: OURSELVES, event: userEvent });

const ofInstances = (text: string) => decodeEnvelope(text, { ourselves: OURSELVES, event: presenceEvent });

const CHAT = chatId(1);
const [ADA, BOB] = [aUser(), aUser({ id: userId(2), username: aUsername('bob') })];

const posted = textMessage({
  chatId: CHAT,
  position: revision(2),
  author: ADA,
  text: messageBody('hello, «bob» 🐟'),
  clientId: clientId('c-1'),
  sentAt: 1764374400123,
});
const joined = notice({
  chatId: CHAT,
  position: revision(3),
  author: BOB,
  text: messageBody('bob joined'),
  sentAt: 1764374401000,
});
const change = edited(posted, messageBody('hello, all'), { revision: revision(4), at: 1764374402000 });
const deleted = tombstone(change, { revision: revision(5), by: ADA.id, at: 1764374403000 });
const restored = { ...change, revision: revision(6) };
const reacted = reactionsOf({
  chatId: CHAT,
  position: posted.position,
  revision: revision(7),
  reactions: [{ emoji: emoji('👍'), count: 21, users: [ADA, BOB] }],
});
const left: ChatEvent = { type: 'member_left', chatId: CHAT, userId: BOB.id };

const MISSED = { type: 'events_missed' };

describe('a broadcast envelope of an older release', () => {
  it('is understood, as it was recorded from a release in which messages did not change', () => {
    expect(ofChat(RECORDED.unchangingMessages.chat)).toEqual([
      { type: 'message_posted', message: posted },
      { type: 'message_posted', message: joined },
      left,
    ]);
    expect(ofUser(RECORDED.unchangingMessages.user)).toEqual([
      { type: 'session_ended', userId: BOB.id, sessionId: 's-1' },
      MISSED,
    ]);
  });

  it('is understood, as it was recorded from a release whose envelopes had no version', () => {
    expect(ofChat(RECORDED.withoutVersion.chat)).toEqual([
      { type: 'message_posted', message: posted },
      { type: 'message_posted', message: joined },
      { type: 'message_changed', message: change },
      { type: 'message_changed', message: deleted },
      { type: 'message_changed', message: restored },
      left,
    ]);
    expect(ofUser(RECORDED.withoutVersion.user)).toEqual([
      { type: 'session_ended', userId: BOB.id, sessionId: 's-1' },
      MISSED,
    ]);
  });
});

describe('a broadcast envelope of this release', () => {
  it('carries its version, and every event of a chat and of a user whole', () => {
    const ofAChat: ChatEvent[] = [
      { type: 'message_posted', message: posted },
      { type: 'message_posted', message: aMessageIn(aChat(), aUser(), { clientId: null }) },
      { type: 'message_posted', message: joined },
      { type: 'message_changed', message: change },
      { type: 'message_changed', message: deleted },
      { type: 'message_reacted', change: reacted },
      { type: 'message_changed', message: { ...restored, revision: revision(8), reactions: reacted.reactions } },
      left,
      { type: 'typing', chatId: CHAT, user: BOB },
      { type: 'events_missed' },
    ];
    const ofAUser: UserEvent[] = [
      { type: 'session_ended', userId: BOB.id, sessionId: sessionId('s') },
      { type: 'chat_joined', userId: BOB.id, chatId: CHAT },
      { type: 'chat_left', userId: BOB.id, chatId: CHAT },
      { type: 'events_missed' },
    ];
    const ofPresence: PresenceReported = {
      type: 'presence_reported',
      instance: 'x',
      people: [
        { user: ADA, availability: 'active', lastsMs: 60_000, activeSessions: [sessionId('a')] },
        { user: BOB, availability: 'offline', lastsMs: 0, activeSessions: [] },
      ],
    };
    const ofPeople: PresenceEvent[] = [ofPresence, { type: 'away_set' }];
    expect(ofInstances(encodeEnvelope('another', ofPeople))).toEqual(ofPeople);
    expect(ofChat(encodeEnvelope('another', ofAChat))).toEqual(ofAChat);
    expect(ofUser(encodeEnvelope('another', ofAUser))).toEqual(ofAUser);
    expect(JSON.parse(encodeEnvelope('another', ofAUser))).toMatchObject({ from: 'another', v: 2 });
  });

  it('is ignored by the instance that sent it', () => {
    expect(ofChat(encodeEnvelope(OURSELVES, [left]))).toEqual([]);
  });
});

describe('a broadcast envelope of a newer release', () => {
  it.each([
    ['of another version, whatever it holds', '{"from":"x","v":3,"changes":{"1":[]}}', [MISSED]],
    [
      'with a type of event that is new, beside one that is known',
      '{"from":"x","v":2,"events":[{"type":"later","of":1},{"type":"member_left","chatId":1,"userId":2}]}',
      [MISSED, left],
    ],
    [
      'with members that are new',
      '{"from":"x","v":2,"more":1,"events":[{"type":"member_left","chatId":1,"userId":2,"why":"x"}]}',
      [left],
    ],
  ])('%s means that events were missed', (_what, text, events) => {
    expect(ofChat(text)).toEqual(events);
  });
});

describe('a broken broadcast envelope', () => {
  const message = { ...posted };
  it.each([
    ['that is no JSON', 'nonsense'],
    ['that is no object', '[]'],
    ['without a sender', '{"v":2,"events":[]}'],
    ['without events', '{"from":"x"}'],
    ['whose version is no number', '{"from":"x","v":"2","events":[]}'],
    ['whose version is 0', '{"from":"x","v":0,"events":[]}'],
    ['whose event has no type', '{"from":"x","v":2,"events":[{}]}'],
    [
      'of a chat with a member that is no number',
      '{"from":"x","v":2,"events":[{"type":"member_left","chatId":1,"userId":"2"}]}',
    ],
    ['of typing without a name', '{"from":"x","v":2,"events":[{"type":"typing","chatId":1,"user":{"id":2}}]}'],
    ['of a message without a text', envelopeOf({ ...message, text: undefined })],
    ['of a message of an unknown kind', envelopeOf({ ...message, kind: 'shout' })],
    ['of a message at no revision', envelopeOf({ ...message, revision: -1 })],
    ['of a message whose author is missing', envelopeOf({ ...message, author: null })],
    [
      "of a user's event in a chat's channel",
      '{"from":"x","v":2,"events":[{"type":"session_ended","userId":1,"sessionId":"s"}]}',
    ],
  ])('BE-1: %s is recognised', (_what, text) => {
    expect(ofChat(text)).toBe('broken');
  });

  it.each([
    ['of an unknown availability', '{"id":1,"username":"ada"}', '"asleep"', '1'],
    ['of nobody', 'null', '"active"', '1'],
    ['that lasts for no time', '{"id":1,"username":"ada"}', '"active"', '"long"'],
  ])('BE-1: of presence %s is recognised', (_what, user, availability, lastsMs) => {
    const person = `{"user":${user},"availability":${availability},"lastsMs":${lastsMs}}`;
    const report = `{"type":"presence_reported","instance":"x","people":[${person}]}`;
    expect(ofInstances(`{"from":"x","v":2,"events":[${report}]}`)).toBe('broken');
  });

  function envelopeOf(said: object): string {
    return JSON.stringify({ from: 'x', v: 2, events: [{ type: 'message_posted', message: said }] });
  }
});
