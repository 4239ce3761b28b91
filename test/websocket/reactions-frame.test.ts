import { expect, it } from 'vitest';
import { reactionsFrame } from '../../src/adapters/delivery/dialect.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import type { Username } from '../../src/domain/identity/username.ts';
import { chatId, userId } from '../../src/domain/ids.ts';
import { emoji } from '../../src/domain/reactions/emoji.ts';
import { MAX_KINDS } from '../../src/domain/reactions/reacting.ts';
import { reactionsOf } from '../../src/domain/reactions/reactions-change.ts';
import { MAX_NAMED } from '../../src/domain/reactions/tally.ts';

const SKIN_TONES = ['🏻', '🏼', '🏽', '🏾', '🏿'];
/** The longest emoji there are, each of 35 bytes. */
const COUPLES = SKIN_TONES.flatMap((one) => SKIN_TONES.map((other) => emoji(`👩${one}‍❤️‍💋‍👨${other}`)));

function frameOf(kinds: number, named: number, name: string) {
  const users = Array.from({ length: named }, (_, index) => ({
    id: userId(1_000_000 + index),
    username: name as Username,
  }));
  const reactions = COUPLES.slice(0, kinds).map((one) => ({ emoji: one, count: 1_000, users }));
  return reactionsFrame(reactionsOf({ chatId: chatId(1), position: revision(2), revision: revision(3), reactions }));
}

const bytes = (frame: unknown) => Buffer.byteLength(JSON.stringify(frame));

it('a frame with reactions names everybody whom it has room for', () => {
  const { reactions } = frameOf(1, MAX_NAMED, 'a name of twenty four..');
  expect(reactions[0]?.users).toHaveLength(MAX_NAMED);
});

it('a frame with reactions is shorter than 2 kB, however many kinds and however long names', () => {
  for (const name of ['a', 'n'.repeat(32), '😀'.repeat(32)]) {
    for (const kinds of [1, 5, MAX_KINDS]) {
      const frame = frameOf(kinds, MAX_NAMED, name);
      expect(bytes(frame)).toBeLessThan(2_000);
      expect(frame.reactions.map(({ count }) => count)).toEqual(Array(kinds).fill(1_000));
    }
  }
});
