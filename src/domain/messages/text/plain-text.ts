import { codePoints, firstCodePoints } from '../../code-points.ts';
import { parseText } from './parse-text.ts';
import type { EmojiOf } from './shortcodes.ts';
import type { Block, Inline, List, TextTree } from './text-tree.ts';

/** Stands for the words of a spoiler. */
export const SPOILER = '[spoiler]';

/** The text as it is read out, previewed and notified about: without markup and without the words in spoilers. */
export const plainText = (tree: TextTree): string => tree.map(plainBlock).join('\n');

/** In code points. */
const LONGEST_SNIPPET = 140;
/** Code points of a text that its snippet is made of, so that storage need not read all of it and little is parsed. */
export const SNIPPET_SOURCE = 1_000;

/**
 * The beginning of a message's plain text on one line, at most 140 code points.
 * @param text the whole text, or at least its first `SNIPPET_SOURCE` code points
 */
export function snippetOf(text: string, emojiOf?: EmojiOf): string {
  const beginning = firstCodePoints(text, SNIPPET_SOURCE);
  const isWhole = beginning.length === text.length && codePoints(text) < SNIPPET_SOURCE;
  const plain = isWhole ? plainText(parseText(text, emojiOf)) : plainBeginning(beginning, emojiOf);
  const line = plain.replace(/\s+/g, ' ').trim();
  // A UTF-16 unit is at most one code point.
  if (line.length <= LONGEST_SNIPPET) return line;
  const characters = [...firstCodePoints(line, LONGEST_SNIPPET + 1)];
  return characters.length <= LONGEST_SNIPPET ? line : wholeGraphemes(characters);
}

/**
 * The rest of the text is unknown. It may close a block of code, which is therefore closed. It may also close a spoiler, or move the end
 * of one by closing code or a link, so nothing is shown from the first `||` on, unless all of them are in code.
 */
function plainBeginning(text: string, emojiOf: EmojiOf | undefined): string {
  // More backticks may follow, which make another fence.
  const beginning = text.replace(/`+$/, '');
  if (parseText(beginning).some(mayHide)) {
    const shown = beginning.slice(0, beginning.indexOf(SPOILER_MARK));
    return `${plainText(parseText(shown, emojiOf))}${SPOILER}`;
  }
  return plainText(parseText(`${beginning.trimEnd()}\n\`\`\``, emojiOf)).replace(/\n?(?:```)?$/, '');
}

const SPOILER_MARK = '||';

function mayHide(block: Block): boolean {
  if (block.kind === 'paragraph') return block.inlines.some(isHiding);
  if (block.kind === 'quote') return block.blocks.some(mayHide);
  return block.kind === 'list' && block.items.some((item) => item.some(mayHide));
}

function isHiding(inline: Inline): boolean {
  if (inline.kind === 'spoiler') return true;
  if (inline.kind === 'text') return inline.text.includes(SPOILER_MARK);
  return 'inlines' in inline && inline.inlines.some(isHiding);
}

/** A character of more code points than a snippet is cut. */
function wholeGraphemes(characters: readonly string[]): string {
  const room = characters.slice(0, LONGEST_SNIPPET).join('');
  const segments = new Intl.Segmenter('en').segment(characters.join(''));
  const begin = segments.containing(room.length)?.index ?? room.length;
  return room.slice(0, begin === 0 ? room.length : begin).trimEnd();
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return plainInlines(block.inlines);
    case 'code-block':
      return block.code;
    case 'quote':
      return plainText(block.blocks).replace(/^/gm, '> ');
    case 'list':
      return plainList(block);
    default:
      return block satisfies never;
  }
}

const plainList = ({ start, items }: List): string =>
  items.map((item, n) => `${start === null ? '-' : `${start + n}.`} ${plainText(item)}`).join('\n');

const plainInlines = (inlines: readonly Inline[]): string => inlines.map(plainInline).join('');

function plainInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
    case 'address':
      return inline.text;
    case 'code':
      return inline.code;
    case 'emoji':
      return inline.emoji;
    case 'mention':
      return `@${inline.name}`;
    case 'spoiler':
      return SPOILER;
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'link':
      return plainInlines(inline.inlines);
    default:
      return inline satisfies never;
  }
}
