import type { MessageBody } from '../messages/message-body.ts';
import { parseText } from '../messages/text/parse-text.ts';
import type { Inline, TextTree } from '../messages/text/text-tree.ts';

/** A longer address has no card. In units of UTF-16. */
const LONGEST = 2_000;

/** Most texts have no address, and need only this search. */
const HINT = /https?:\/\/|www\./i;

/** The address of the first link of a text that is not in code and not in a spoiler, without its fragment; undefined for none. */
export function cardLink(text: MessageBody): string | undefined {
  if (!HINT.test(text)) return undefined;
  const href = inBlocks(parseText(text));
  if (href === undefined) return undefined;
  const url = new URL(href);
  url.hash = '';
  return url.href.length > LONGEST ? undefined : url.href;
}

function inBlocks(blocks: TextTree): string | undefined {
  return firstOf(blocks, (block) => {
    switch (block.kind) {
      case 'paragraph':
        return firstOf(block.inlines, inInline);
      case 'quote':
        return inBlocks(block.blocks);
      case 'list':
        return firstOf(block.items, inBlocks);
      case 'code-block':
        return undefined;
      default:
        return block satisfies never;
    }
  });
}

function inInline(inline: Inline): string | undefined {
  switch (inline.kind) {
    case 'link':
    case 'address':
      return /^https?:/i.test(inline.href) ? inline.href : undefined;
    case 'strong':
    case 'emphasis':
    case 'strike':
      return firstOf(inline.inlines, inInline);
    case 'spoiler':
    case 'text':
    case 'code':
    case 'emoji':
    case 'mention':
      return undefined;
    default:
      return inline satisfies never;
  }
}

function firstOf<T>(all: readonly T[], find: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
