import { WORD } from './addresses.ts';
import type { Block, Inline, Mention, MentionedName, TextTree } from './text-tree.ts';

/** A name that may stand without quotation marks: letters, digits and `_`, with `.` and `-` between them. */
const NAME_CHARACTER = '[\\p{L}\\p{M}\\p{N}_\\u200c\\u200d]';
const NAME = `${NAME_CHARACTER}+(?:[.-]+${NAME_CHARACTER}+)*`;
const QUOTED_NAME = '"(?:[^"\\\\\\n]|\\\\["\\\\]){1,80}"';
const MENTION = new RegExp(`(?<!${WORD}|[\\p{M}_@/])@(?:(?<quoted>${QUOTED_NAME})|(?<bare>${NAME}))`, 'uy');
const BARE = new RegExp(`^${NAME}$`, 'u');
/** What follows the name in an address of another network (`@ada@example.org`) or the name of a package (`@ada/ui`). */
const CONTINUES = new RegExp(`@|/${NAME_CHARACTER}`, 'uy');
/** In UTF-16 units. The names of users are shorter. */
const LONGEST = 80;

/** Begins a mention, or is a piece of text that has none, up to `end`. */
export interface FoundMention {
  readonly mention: MentionedName | undefined;
  readonly end: number;
}

/** What begins with the `@` at a place in the text. */
export function mentionAt(text: string, at: number): FoundMention {
  if (text[at + 1] === '@') return { mention: undefined, end: at + 1 };
  MENTION.lastIndex = at;
  const found = MENTION.exec(text);
  if (!found) return { mention: undefined, end: at + 1 };
  const end = at + found[0].length;
  const { quoted, bare = '' } = found.groups ?? {};
  CONTINUES.lastIndex = end;
  if (CONTINUES.test(text) || bare.length > LONGEST) return { mention: undefined, end };
  const name = quoted === undefined ? bare : quoted.slice(1, -1).replace(/\\(["\\])/g, '$1');
  return { mention: { name, isQuoted: quoted !== undefined }, end };
}

/** Writes a mention of a name, as `mentionAt` reads it. */
export const mentionOf = (name: string): string =>
  BARE.test(name) && name.length <= LONGEST ? `@${name}` : `@"${name.replace(/["\\]/g, '\\$&')}"`;

/** All names that a text may mention, in order, each way of writing once. Quotes, code, addresses and links have none. */
export function mentionsIn(tree: TextTree): readonly MentionedName[] {
  const found = new Map<string, MentionedName>();
  for (const { name, isQuoted } of tree.flatMap(mentionsInBlock)) {
    const key = `${isQuoted ? '"' : ''}${name}`;
    if (!found.has(key)) found.set(key, { name, isQuoted });
  }
  return [...found.values()];
}

function mentionsInBlock(block: Block): readonly Mention[] {
  if (block.kind === 'paragraph') return block.inlines.flatMap(mentionsInInline);
  return block.kind === 'list' ? block.items.flat().flatMap(mentionsInBlock) : [];
}

function mentionsInInline(inline: Inline): readonly Mention[] {
  if (inline.kind === 'mention') return [inline];
  return 'inlines' in inline ? inline.inlines.flatMap(mentionsInInline) : [];
}
