import { describe, expect, it } from 'vitest';
import { findEmoji } from '../../../src/adapters/browser/composer/completion/emoji.ts';
import { namedEmoji } from '../../../src/domain/messages/text/emoji-of.ts';

const all = namedEmoji();

const found = (typed: string, ...recent: readonly string[]) =>
  findEmoji({ all, typed, recent }).map(({ emoji, name }) => `${emoji} ${name}`);

describe('finding emoji', () => {
  it('finds them by the beginning of a shortcode, the whole shortcode first, then short ones', () => {
    expect(found('tad')).toEqual(['🎉 tada']);
    expect(found('heart')[0]).toBe('❤️ heart');
    expect(found('heart')).toContain('😍 heart_eyes');
    expect(found('hea')[0]).toBe('❤️ heart');
    expect(found('+1')[0]).toBe('👍 +1');
    expect(found('TADA')).toEqual(['🎉 tada']);
  });

  it('finds them by the beginning of a word of a shortcode, behind those that begin with it', () => {
    const cats = found('cat');
    expect(cats[0]).toBe('🐱 cat');
    expect(cats).toContain('🙀 scream_cat');
    expect(cats.indexOf('🐈 cat2')).toBeLessThan(cats.indexOf('🙀 scream_cat'));
    expect(found('of_joy')).toContain('😂 tears_of_joy');
  });

  it('finds none in the middle of a word', () => {
    expect(found('ada')).toEqual([]);
    expect(found('nothing_like_this')).toEqual([]);
  });

  it('puts recently used ones first, the last one before the others, in any skin tone, behind the one that is typed whole', () => {
    expect(found('sm', '😏', '🎉', '😃').slice(0, 2)).toEqual(['😏 smirk', '😃 smiley']);
    expect(found('point', '☝🏽', '👈🏿').slice(0, 2)).toEqual(['☝️ point_up', '👈 point_left']);
    expect(found('smile', '😃').slice(0, 2)).toEqual(['😄 smile', '😃 smiley']);
  });

  it('names each emoji once', () => {
    const emoji = findEmoji({ all, typed: 'fa', recent: [] }).map((one) => one.emoji);
    expect(new Set(emoji).size).toBe(emoji.length);
  });
});
