import type { Block, Inline, TextTree } from '../../../../src/domain/messages/text/text-tree.ts';

/** Writes a tree down for a comparison: `<strong>a</strong>`, `<quote>…</quote>`. Plain text stands as it is. */
export const outline = (tree: TextTree): string => tree.map(blockOutline).join('¶');

function blockOutline(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.inlines.map(inlineOutline).join('');
    case 'code-block':
      return `<pre ${block.language}>${block.code}</pre>`;
    case 'quote':
      return `<quote>${outline(block.blocks)}</quote>`;
    case 'list':
      return `<list ${block.start}>${block.items.map((item) => `<item>${outline(item)}</item>`).join('')}</list>`;
    default:
      return block satisfies never;
  }
}

function inlineOutline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return `<code>${inline.code}</code>`;
    case 'address':
      return `<${inline.href}>`;
    case 'emoji':
      return `<${inline.shortcode} ${inline.emoji}>`;
    case 'mention':
      return `<@${inline.name}${inline.isQuoted ? ' quoted' : ''}>`;
    case 'link':
      return `<link ${inline.href}>${inline.inlines.map(inlineOutline).join('')}</link>`;
    default:
      return `<${inline.kind}>${inline.inlines.map(inlineOutline).join('')}</${inline.kind}>`;
  }
}
