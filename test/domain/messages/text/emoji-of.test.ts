import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { emojiTable } from '../../../../scripts/emoji-table.ts';
import { emojiOf } from '../../../../src/domain/messages/text/emoji-of.ts';
import { parseText } from '../../../../src/domain/messages/text/parse-text.ts';
import { outline } from './outline.ts';

it('the table of shortcodes is what the installed data makes it', () => {
  const path = new URL('../../../../src/domain/messages/text/emoji-table.ts', import.meta.url);
  expect(readFileSync(path, 'utf8')).toBe(emojiTable());
});

it.each([
  ['smile', '😄'],
  ['+1', '👍'],
  ['thumbsup', '👍'],
  ['tada', '🎉'],
  ['heart', '❤️'],
  ['point_up', '☝️'],
  ['de', '🇩🇪'],
  ['family_man_woman_girl', '👨‍👩‍👧'],
  ['100', '💯'],
  ['dog', '🐶'],
])('the shortcode :%s: becomes an emoji, in the form for general interchange: %s', (shortcode, emoji) => {
  expect(emojiOf(shortcode)).toBe(emoji);
  expect(emoji).toMatch(/^\p{RGI_Emoji}$/v);
  expect(outline(parseText(`a :${shortcode}:`, emojiOf))).toBe(`a <${shortcode} ${emoji}>`);
});

it.each(['nothing', 'constructor', '__proto__', 'SMILE', 'regional_indicator_a'])(
  'there is no shortcode :%s:',
  (name) => {
    expect(emojiOf(name)).toBeUndefined();
  },
);
