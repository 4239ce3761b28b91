import { expect, it } from 'vitest';
import { localTime, WEEKDAYS } from '../../../src/domain/attention/quiet-hours.ts';
import { USUAL_SETTINGS } from '../../../src/domain/attention/settings.ts';
import { hasSound } from '../../../src/domain/attention/sound.ts';
import { zone } from '../../../src/domain/attention/zone.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { userId } from '../../../src/domain/ids.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { aChat, aMessageIn, aUser, aUsername, NOW } from '../../builders.ts';

const ada = aUser();
const bob = aUser({ id: userId(2), username: aUsername('bob') });
const message = aMessageIn(aChat(), ada, { position: revision(5), text: messageBody('hello') });
const listener = {
  userId: bob.id,
  level: 'all',
  mutedUntil: null,
  pointer: { position: revision(4), version: 0 },
  settings: USUAL_SETTINGS,
} as const;

it('plays a sound for an unread message that would be announced', () => {
  expect(hasSound(message, listener, NOW)).toBe(true);
});

it('plays none where the reader turned it off, has read the message or wrote it', () => {
  expect(hasSound(message, { ...listener, settings: { ...USUAL_SETTINGS, sound: false } }, NOW)).toBe(false);
  expect(hasSound(message, { ...listener, pointer: { position: revision(5), version: 0 } }, NOW)).toBe(false);
  expect(hasSound(message, { ...listener, userId: ada.id }, NOW)).toBe(false);
});

it('plays none for a muted chat, for a level that does not call for it, and in quiet hours', () => {
  const quietHours = { zone: zone('UTC'), days: WEEKDAYS, from: localTime('11:00'), to: localTime('13:00') };
  expect(hasSound(message, { ...listener, mutedUntil: NOW + 1 }, NOW)).toBe(false);
  expect(hasSound(message, { ...listener, level: 'mentions' }, NOW)).toBe(false);
  expect(hasSound(message, { ...listener, settings: { ...USUAL_SETTINGS, quietHours } }, NOW)).toBe(false);
});
