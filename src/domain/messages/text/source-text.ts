import { mentionOf } from './mentions.ts';
import type { Block, Inline, List, TextTree } from './text-tree.ts';

/**
 * Writes a text that has this tree. It is the text that was parsed, unless that could be written in more than one way: with escapes,
 * blank lines around blocks or other white space.
 */
export const sourceOf = (tree: TextTree): string => tree.map(sourceOfBlock).join('\n');

function sourceOfBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return sourceOfInlines(block.inlines);
    case 'code-block':
      return `\`\`\`${block.language ?? ''}\n${block.code}\n\`\`\``;
    case 'quote':
      return sourceOf(block.blocks).replace(/^(?=(.?))/gm, (_, next) => (next === '' ? '>' : '> '));
    case 'list':
      return sourceOfList(block);
    default:
      return block satisfies never;
  }
}

function sourceOfList({ start, items }: List): string {
  const lines = items.map((item, n) => {
    const marker = start === null ? '- ' : `${start + n}. `;
    return marker + sourceOf(item).replace(/\n(?!\n|$)/g, `\n${' '.repeat(marker.length)}`);
  });
  return lines.join('\n');
}

const sourceOfInlines = (inlines: readonly Inline[]): string => inlines.map(sourceOfInline).join('');

const MARKS = { strong: '**', emphasis: '*', strike: '~~', spoiler: '||' } as const;

function sourceOfInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
    case 'address':
      return inline.text;
    case 'code':
      return `\`${inline.code}\``;
    case 'emoji':
      return `:${inline.shortcode}:`;
    case 'mention':
      return mentionOf(inline.name);
    case 'link':
      return `[${sourceOfInlines(inline.inlines)}](${inline.href})`;
    default:
      return MARKS[inline.kind] + sourceOfInlines(inline.inlines) + MARKS[inline.kind];
  }
}
