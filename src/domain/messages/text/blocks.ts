import type { InlineContext } from './inlines.ts';
import { isBlank, paragraphOf, withoutBlankEnds } from './paragraphs.ts';
import type { Block, TextTree } from './text-tree.ts';

export interface BlockContext extends InlineContext {
  /** Number of quotes and lists around the lines. */
  readonly depth: number;
}

/** Quotes and lists within each other. Deeper ones are plain text. */
const MAX_DEPTH = 6;

/** Parses lines into blocks. */
export function blocksOf(lines: readonly string[], context: BlockContext): TextTree {
  const [first = ''] = lines;
  if (lines.length === 1 && !BLOCK.test(first)) return [paragraphOf(lines, context)];
  const reading: Reading = { lines, longestFenceFrom: longestFences(lines), context };
  const blocks: Block[] = [];
  let text: string[] = [];
  let at = 0;
  const endParagraph = (isLast: boolean) => {
    // Blank lines beside another block only separate the two.
    const shown = withoutBlankEnds(text, { start: blocks.length > 0, end: !isLast });
    if (shown.length > 0) blocks.push(paragraphOf(shown, context));
    text = [];
  };
  while (at < lines.length) {
    const found = blockAt(reading, { at, isInParagraph: !isBlank(text.at(-1)) });
    if (found) {
      endParagraph(false);
      blocks.push(found.block);
      at = found.next;
    } else {
      text.push(lines[at] ?? '');
      at += 1;
    }
  }
  endParagraph(true);
  return blocks;
}

interface Reading {
  readonly lines: readonly string[];
  /** For each line, the length of the longest closing fence that it or a later line is. */
  readonly longestFenceFrom: readonly number[];
  readonly context: BlockContext;
}

interface Place {
  readonly at: number;
  /** A line of text stands directly above. */
  readonly isInParagraph: boolean;
}

interface FoundBlock {
  readonly block: Block;
  /** The first line after it. */
  readonly next: number;
}

function blockAt(reading: Reading, place: Place): FoundBlock | undefined {
  const { lines, context } = reading;
  const line = lines[place.at] ?? '';
  if (!BLOCK.test(line)) return undefined;
  if (FENCE.test(line)) return codeBlockAt(reading, place.at);
  if (context.depth >= MAX_DEPTH) return undefined;
  if (QUOTE.test(line)) return quoteAt(reading, place.at);
  return ITEM.test(line) ? listAt(reading, place) : undefined;
}

/** Most lines do not begin like any block. */
const BLOCK = /^ {0,3}[`>\d-]/;
const FENCE = /^ {0,3}(`{3,})([^`]*)$/;
const CLOSING_FENCE = /^ {0,3}(`{3,})\s*$/;
const LANGUAGE = /^\s*([\p{L}\p{N}#+._-]{1,32})(?!\S)/u;

function codeBlockAt({ lines, longestFenceFrom }: Reading, at: number): FoundBlock | undefined {
  const [, fence = '', info = ''] = FENCE.exec(lines[at] ?? '') ?? [];
  if ((longestFenceFrom[at + 1] ?? 0) < fence.length) return undefined;
  let end = at + 1;
  while (closingFence(lines[end]) < fence.length) end += 1;
  const code = lines.slice(at + 1, end).join('\n');
  if (code.trim() === '') return undefined;
  return { block: { kind: 'code-block', language: LANGUAGE.exec(info)?.[1] ?? null, code }, next: end + 1 };
}

const closingFence = (line: string | undefined): number => CLOSING_FENCE.exec(line ?? '')?.[1]?.length ?? 0;

/** For each line, the longest closing fence from there on. A search from each opening fence would take quadratic time. */
function longestFences(lines: readonly string[]): readonly number[] {
  if (!lines.some((line) => line.includes('```'))) return [];
  const longest: number[] = [];
  let length = 0;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    length = Math.max(length, closingFence(lines[at]));
    longest[at] = length;
  }
  return longest;
}

/** The space after `>` keeps faces such as `>_<` out. */
const QUOTE = /^ {0,3}>>* +\S/;
const QUOTED = /^ {0,3}>(?=>*(?: |$)) ?/;

function quoteAt({ lines, context }: Reading, at: number): FoundBlock {
  let next = at;
  while (next < lines.length && QUOTED.test(lines[next] ?? '')) next += 1;
  const quoted = lines.slice(at, next).map((line) => line.replace(QUOTED, ''));
  const blocks = blocksOf(quoted, { ...context, depth: context.depth + 1, isQuoted: true });
  return { block: { kind: 'quote', blocks }, next };
}

const ITEM = /^( {0,3})(?:-|(\d{1,9})\.)(?: {1,4}|\t)(?=\S)/;

interface Item {
  readonly indent: number;
  /** Null for a bullet. */
  readonly number: number | null;
  /** Length of what stands before the text. */
  readonly width: number;
}

function listAt({ lines, context }: Reading, { at, isInParagraph }: Place): FoundBlock | undefined {
  const first = itemAt(lines[at]);
  // `… that was in\n1984. After that` is not a list.
  if (!first || (isInParagraph && first.number !== null && first.number !== 1)) return undefined;
  const items: TextTree[] = [];
  let next = at;
  for (let item: Item | undefined = first; item && isSameKind(item, first); item = itemAt(lines[next])) {
    const { indent, width } = item;
    const end = endOfItem(lines, { from: next + 1, indent });
    const dedented = lines.slice(next + 1, end).map((line) => dedent(line, width));
    items.push(blocksOf([lines[next]?.slice(width) ?? '', ...dedented], { ...context, depth: context.depth + 1 }));
    next = end;
    const sibling = itemAt(lines[afterBlank(lines, end)]);
    if (sibling && isSameKind(sibling, first)) next = afterBlank(lines, end);
  }
  return { block: { kind: 'list', start: first.number, items }, next };
}

function itemAt(line: string | undefined): Item | undefined {
  const found = ITEM.exec(line ?? '');
  if (!found) return undefined;
  const [{ length: width }, indent = '', digits] = found;
  return { indent: indent.length, number: digits === undefined ? null : Number(digits), width };
}

const isSameKind = (one: Item, other: Item): boolean => (one.number === null) === (other.number === null);

/** An item goes on with lines that are indented further than its marker. */
function endOfItem(
  lines: readonly string[],
  { from, indent }: { readonly from: number; readonly indent: number },
): number {
  let end = from;
  while (end < lines.length) {
    const next = afterBlank(lines, end);
    if (!isIndented(lines[next], indent)) break;
    end = next + 1;
  }
  return end;
}

const isIndented = (line: string | undefined, indent: number): boolean =>
  line !== undefined && (line.startsWith('\t') || line.startsWith(' '.repeat(indent + 2)));

function dedent(line: string, width: number): string {
  if (line.startsWith('\t')) return line.slice(1);
  return line.slice(Math.min(width, line.length - line.trimStart().length));
}

/** The next line that is not blank. */
function afterBlank(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && isBlank(lines[at])) at += 1;
  return at;
}
