import { type InlineContext, inlinesOf } from './inlines.ts';
import type { Inline, Paragraph } from './text-tree.ts';

/** Makes a paragraph of lines. Markup does not reach across a blank line. */
export function paragraphOf(lines: readonly string[], context: InlineContext): Paragraph {
  if (lines.length === 1) return { kind: 'paragraph', inlines: inlinesOf(lines[0] ?? '', context) };
  const pieces = lines.join('\n').split(BLANK_LINES);
  return {
    kind: 'paragraph',
    inlines: pieces.flatMap((piece, n): readonly Inline[] =>
      n % 2 === 0 ? inlinesOf(piece, context) : [{ kind: 'text', text: piece }],
    ),
  };
}

const BLANK_LINES = /(\n(?:[^\S\n]*\n)+)/;

/** Removes blank lines at the start, at the end or at both. */
export function withoutBlankEnds(
  lines: readonly string[],
  { start, end }: { readonly start: boolean; readonly end: boolean },
): readonly string[] {
  const first = start ? lines.findIndex((line) => !isBlank(line)) : 0;
  const last = end ? lines.findLastIndex((line) => !isBlank(line)) : lines.length - 1;
  return first < 0 ? [] : lines.slice(first, last + 1);
}

export const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';
