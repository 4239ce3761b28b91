import { describe, expect, it } from 'vitest';
import { type DiffPart, textDiff } from '../../../src/domain/messages/text-diff.ts';

/** As in `a [-b-]{+c+}`. */
const shown = (parts: readonly DiffPart[]) =>
  parts.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`)).join('');
const without = (parts: readonly DiffPart[], kind: DiffPart['kind']) =>
  parts
    .filter((part) => part.kind !== kind)
    .map(({ text }) => text)
    .join('');

function expectWhole(from: string, to: string): readonly DiffPart[] {
  const parts = textDiff(from, to);
  expect(without(parts, 'added')).toBe(from);
  expect(without(parts, 'removed')).toBe(to);
  expect(parts.every(({ text }) => text !== '')).toBe(true);
  expect(parts.some(({ kind }, index) => index > 0 && parts[index - 1]?.kind === kind)).toBe(false);
  return parts;
}

describe('a comparison of two versions of a text', () => {
  it.each([
    ['the same', 'the same', 'the same'],
    ['see you at five', 'see you at six', 'see you at [-five-]{+six+}'],
    ['one three', 'one two three', 'one {+two +}three'],
    ['one two three', 'one three', 'one [-two -]three'],
    ['the quick brown fox', 'the slow red fox', 'the [-quick brown-]{+slow red+} fox'],
    ['', 'new', '{+new+}'],
    ['old', '', '[-old-]'],
    ['all of it', 'nothing left', '[-all of it-]{+nothing left+}'],
    ['你好世界', '你好朋友', '你好[-世界-]{+朋友+}'],
    ['well 👩‍👩‍👧 done', 'well 👩‍👩‍👦 done', 'well [-👩‍👩‍👧-]{+👩‍👩‍👦+} done'],
    ['go 👍🏽🇩🇪 1️⃣', 'go 👍🏿🇩🇰 2️⃣', 'go [-👍🏽🇩🇪 1️⃣-]{+👍🏿🇩🇰 2️⃣+}'],
    ['🇩🇪🏳️‍🌈🏴󠁧󠁢󠁳󠁣󠁴󠁿❤️', '🇩🇪🏳️‍⚧️🏴󠁧󠁢󠁳󠁣󠁴󠁿❤️', '🇩🇪[-🏳️‍🌈-]{+🏳️‍⚧️+}🏴󠁧󠁢󠁳󠁣󠁴󠁿❤️'],
    ['cafe\u0301', 'caf\u00e9', '[-cafe\u0301-]{+caf\u00e9+}'],
    ['a.b', 'a,b', 'a[-.-]{+,+}b'],
    ['two\nlines', 'two\n\nlines', 'two[-\n-]{+\n\n+}lines'],
  ])('from %j to %j is read as %j', (from, to, expected) => {
    expect(shown(expectWhole(from, to))).toBe(expected);
  });

  it('loses nothing, for any two texts', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const words = ['a', 'b', ' ', '  ', '\n', 'long', '👍🏽', 'é', '，', '世', '\u{1F468}\u200D', '.'];
    const text = () => Array.from({ length: random(40) }, () => words[random(words.length)]).join('');
    for (let round = 0; round < 300; round += 1) expectWhole(text(), text());
  });

  it('of 10,000 characters each takes little time, whatever they are', () => {
    const hostile = [
      ['a b'.repeat(3_333), 'b a'.repeat(3_333)],
      ['ab'.repeat(5_000), 'ba'.repeat(5_000)],
      ['.'.repeat(10_000), ','.repeat(10_000)],
      ['.,'.repeat(5_000), ',.'.repeat(4_999)],
      [Array.from({ length: 10_000 }, (_, n) => '.,;:'[n % 4]).join(''), ';.,'.repeat(3_333)],
      ['世界'.repeat(5_000), '界世你'.repeat(3_333)],
    ] as const;
    for (const [from, to] of hostile) {
      const began = process.cpuUsage();
      expectWhole(from, to);
      const { user, system } = process.cpuUsage(began);
      expect((user + system) / 1_000).toBeLessThan(500);
    }
  });
});
