import { describe, expect, it } from 'vitest';
import { announcement, type Listener } from '../../../src/domain/attention/announcement.ts';
import { keywords } from '../../../src/domain/attention/keywords.ts';
import { localTime, WEEKDAYS } from '../../../src/domain/attention/quiet-hours.ts';
import { type NotificationSettings, USUAL_SETTINGS } from '../../../src/domain/attention/settings.ts';
import { zone } from '../../../src/domain/attention/zone.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { userId } from '../../../src/domain/ids.ts';
import { tombstone } from '../../../src/domain/messages/changes.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { aChat, aMessageIn, aUser, aUsername, NOW } from '../../builders.ts';

const ada = aUser();
const bob = aUser({ id: userId(2), username: aUsername('bob') });
const said = (text: string) => aMessageIn(aChat(), ada, { text: messageBody(text) });
const mentioning = { ...said('@bob look'), mentions: [{ userId: bob.id, name: bob.username }] };
const night = { zone: zone('UTC'), days: WEEKDAYS, from: localTime('11:00'), to: localTime('13:00') };

function aListener(changes: Partial<Listener> = {}, settings: Partial<NotificationSettings> = {}): Listener {
  return {
    userId: bob.id,
    level: 'mentions',
    mutedUntil: null,
    settings: { ...USUAL_SETTINGS, ...settings },
    ...changes,
  };
}

describe('announcing a message to a member', () => {
  it('level all: every text of others is sent, and never their own', () => {
    expect(announcement(said('Hello'), aListener({ level: 'all' }), NOW)).toBe('sent');
    expect(announcement(said('Hello'), aListener({ level: 'all', userId: ada.id }), NOW)).toBe('own');
  });

  it('level mentions: a message is sent that mentions them or has one of their keywords', () => {
    expect(announcement(said('Hello'), aListener(), NOW)).toBe('not_mentioned');
    expect(announcement(mentioning, aListener(), NOW)).toBe('sent');
    expect(announcement(mentioning, aListener({ userId: userId(3) }), NOW)).toBe('not_mentioned');
    expect(announcement(said('The deploy is on'), aListener({}, { keywords: keywords(['Deploy']) }), NOW)).toBe('sent');
  });

  it('level nothing: no message is sent, whatever it says', () => {
    const listener = aListener({ level: 'nothing' }, { keywords: keywords(['look']) });
    expect(announcement(mentioning, listener, NOW)).toBe('muted');
  });

  it('muted until a time: nothing is sent before it, and everything from it on', () => {
    const listener = aListener({ level: 'all', mutedUntil: NOW });
    expect(announcement(mentioning, listener, NOW - 1)).toBe('muted');
    expect(announcement(mentioning, listener, NOW)).toBe('sent');
  });

  it('quiet hours: nothing is sent within them', () => {
    const listener = aListener({ level: 'all' }, { quietHours: night });
    expect(announcement(mentioning, listener, NOW)).toBe('quiet_hours');
    expect(announcement(mentioning, listener, NOW + 60 * 60_000)).toBe('sent');
    expect(announcement(said('Hello'), aListener({}, { quietHours: night }), NOW)).toBe('not_mentioned');
  });

  it('a deleted message is withdrawn, and a notice is for nobody', () => {
    const gone = tombstone(said('Hello'), { revision: revision(2), by: ada.id, at: NOW });
    expect(announcement(gone, aListener({ level: 'all' }), NOW)).toBe('withdrawn');
    const { id, chatId, position, author, sentAt, clientId } = said('x');
    const entry = { id, chatId, position, revision: position, author, sentAt, clientId };
    expect(
      announcement({ ...entry, kind: 'notice', text: messageBody('ada joined') }, aListener({ level: 'all' }), NOW),
    ).toBe('not_mentioned');
  });
});
