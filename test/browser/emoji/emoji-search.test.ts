import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pickerTable } from '../../../scripts/emoji-picker-table.ts';
import { EMOJI_GROUPS, searchEmoji } from '../../../src/adapters/browser/emoji/emoji-search.ts';
import { SKIN_TONES, toned } from '../../../src/adapters/browser/emoji/skin-tones.ts';
import { emoji } from '../../../src/domain/reactions/emoji.ts';

const found = (text: string) => searchEmoji(text, 96).map((one) => one.emoji);

describe('the search of the emoji picker', () => {
  it.each([
    ['thumbs up', '👍'],
    ['Thumb', '👍'],
    ['HEART', '❤️'],
    ['party', '🎉'],
    ['red heart', '❤️'],
    ['germany', '🇩🇪'],
    ['pizza', '🍕'],
    ['lol', '😂'],
    ['beer', '🍺'],
    ['piñata', '🪅'],
    ['up thumbs', '👍'],
  ])('finds %s', (text, symbol) => {
    expect(found(text)).toContain(symbol);
  });

  it('finds what is called so first, and nothing for nothing and for nonsense', () => {
    expect(found('dog')[0]).toMatch(/🐕|🐶/u);
    expect(found('pizza')[0]).toBe('🍕');
    expect(found('')).toEqual([]);
    expect(found('  ')).toEqual([]);
    expect(found('xyzzy')).toEqual([]);
  });
});

describe('the table of the emoji picker', () => {
  it('is as emojibase-data has it', () => {
    const path = new URL('../../../src/adapters/browser/emoji/picker-table.ts', import.meta.url);
    expect(readFileSync(path, 'utf8')).toBe(pickerTable());
  });

  it('has only emoji that can be reactions, in their one form, in every skin tone', () => {
    const all = EMOJI_GROUPS.flatMap((group) => group.emoji);
    expect(all.length).toBeGreaterThan(1_500);
    for (const one of all) {
      for (const tone of one.hasTones ? SKIN_TONES : ([0] as const)) {
        expect(emoji(toned(one.emoji, tone))).toBe(toned(one.emoji, tone));
      }
    }
  });

  it('knows which emoji have skin tones', () => {
    const tonesOf = (symbol: string) =>
      EMOJI_GROUPS.flatMap((group) => group.emoji).find((one) => one.emoji === symbol)?.hasTones;
    expect([tonesOf('👍'), tonesOf('🧑‍🚀'), tonesOf('😀'), tonesOf('❤️')]).toEqual([true, true, false, false]);
    expect(toned('👍', 3)).toBe('👍🏽');
    expect(toned('☝️', 1)).toBe('☝🏻');
  });
});
