import { sourceOf } from '../../../domain/messages/text/source-text.ts';
import type { Block, Inline, Styled } from '../../../domain/messages/text/text-tree.ts';

/** The text of a message as it was written. Rows carry it only where it is not the one that their tree is written as. */
export function sourceOfRow(row: Element): string {
  const text = row.querySelector<HTMLElement>('.message-text');
  if (!text) return '';
  return text.dataset.source ?? sourceOf(text.matches('p') ? [paragraph(text.childNodes)] : blocksIn(text.children));
}

const paragraph = (nodes: Iterable<Node>): Block => ({ kind: 'paragraph', inlines: inlinesIn(nodes) });

const blocksIn = (elements: Iterable<Element>): readonly Block[] => [...elements].flatMap(blockOf);

function blockOf(element: Element): readonly Block[] {
  switch (element.localName) {
    case 'p':
      return [paragraph(element.childNodes)];
    case 'blockquote':
      return [{ kind: 'quote', blocks: blocksIn(element.children) }];
    case 'ul':
      return [{ kind: 'list', start: null, items: [...element.children].map(itemOf) }];
    case 'ol':
      return [{ kind: 'list', start: Number(element.getAttribute('start')), items: [...element.children].map(itemOf) }];
    case 'div':
      return [codeBlockOf(element)];
    default:
      return [];
  }
}

function codeBlockOf(element: Element): Block {
  const language = element.querySelector('.code-language')?.textContent || null;
  return { kind: 'code-block', language, code: element.querySelector('code')?.textContent ?? '' };
}

const BLOCKS = 'p, blockquote, ul, ol, div';

/** The first paragraph of an item has no element of its own. */
function itemOf(item: Element): readonly Block[] {
  const nodes = [...item.childNodes];
  const rest = nodes.findIndex((node) => node instanceof Element && node.matches(BLOCKS));
  const first = rest < 0 ? nodes : nodes.slice(0, rest);
  const blocks = blocksIn([...item.children].filter((child) => child.matches(BLOCKS)));
  return first.length > 0 ? [paragraph(first), ...blocks] : blocks;
}

const inlinesIn = (nodes: Iterable<Node>): readonly Inline[] => [...nodes].flatMap(inlineOf);

const STYLES: Readonly<Record<string, Styled['kind']>> = { strong: 'strong', em: 'emphasis', s: 'strike' };

function inlineOf(node: Node): readonly Inline[] {
  const text = node.textContent ?? '';
  if (!(node instanceof HTMLElement)) return [{ kind: 'text', text }];
  const kind = STYLES[node.localName];
  if (kind) return [{ kind, inlines: inlinesIn(node.childNodes) }];
  if (node.localName === 'code') return [{ kind: 'code', code: text }];
  if (node.matches('.spoiler'))
    return [{ kind: 'spoiler', inlines: inlinesIn(node.lastElementChild?.childNodes ?? []) }];
  if (node.matches('.emoji')) return [{ kind: 'emoji', shortcode: node.title.slice(1, -1), emoji: text }];
  if (node.matches('.mention')) return [{ kind: 'mention', name: text.slice(1), isQuoted: false, source: text }];
  if (node.matches('.link')) {
    return [{ kind: 'link', href: node.getAttribute('href') ?? '', inlines: inlinesIn(node.childNodes) }];
  }
  // Addresses are plain text. What says that the text was edited is no part of it.
  return node.localName === 'a' ? [{ kind: 'text', text }] : [];
}
