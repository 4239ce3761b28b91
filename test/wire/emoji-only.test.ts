import { expect, test } from 'vitest';
import { isEmojiOnly } from '../../src/adapters/wire/emoji-only.ts';

test.each(['🐟', '👩‍👩‍👧 🇳🇴', '❤️', '👍🏽👍🏽', ' 🎉\n', '1️⃣'])('nothing but emoji: %j', (text) => {
  expect(isEmojiOnly(text)).toBe(true);
});

test.each(['', ' ', 'a', '🐟!', 'hi 🐟', '1', '#', '12', '🐟'.repeat(7), '©'])('something else: %j', (text) => {
  expect(isEmojiOnly(text)).toBe(false);
});
