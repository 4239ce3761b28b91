import { showsSomething } from '../../visible-text.ts';
import type { Inline, Link } from './text-tree.ts';

/**
 * The destination of a link, in its parentheses. It may have parentheses in pairs. It has no brackets, except around an IPv6
 * address, so that no two of these searches read the same text.
 */
const DESTINATION =
  /\((https?:\/\/(?:\[[0-9a-f:.]{2,45}\])?(?:[^\s\p{C}()<>[\]\\"`]|\([^\s\p{C}()<>[\]\\"`]*\))+)\)/iuy;

export interface Destination {
  readonly href: string;
  /** After the closing parenthesis. */
  readonly end: number;
}

export function destinationAt(text: string, at: number): Destination | undefined {
  DESTINATION.lastIndex = at;
  const [whole, href = ''] = DESTINATION.exec(text) ?? [''];
  return URL.canParse(href) ? { href, end: at + whole.length } : undefined;
}

/** Undefined where the text shows nothing, has a spoiler, or an address of another site than the one that the link leads to. */
export function linkTo(href: string, inlines: readonly Inline[]): Link | undefined {
  const { host } = new URL(href);
  const label = inlines.map(labelOf);
  if (!showsSomething(label.map(({ text }) => text).join(''))) return undefined;
  if (label.some(({ hosts }) => hosts.some((shown) => shown !== host))) return undefined;
  return { kind: 'link', href, inlines: label.map(({ inline }) => inline) };
}

interface Label {
  readonly inline: Inline;
  readonly text: string;
  /** Of all addresses in it. */
  readonly hosts: readonly string[];
}

/** An inline as it is shown within a link: mentions and addresses are plain text there. */
function labelOf(inline: Inline): Label {
  switch (inline.kind) {
    case 'text':
      return { inline, text: inline.text, hosts: [] };
    case 'code':
      return { inline, text: inline.code, hosts: [] };
    case 'emoji':
      return { inline, text: inline.emoji, hosts: [] };
    case 'address':
      return { inline: { kind: 'text', text: inline.text }, text: inline.text, hosts: [new URL(inline.href).host] };
    case 'mention':
      return { inline: { kind: 'text', text: inline.source }, text: inline.source, hosts: [] };
    // Both are clicked themselves.
    case 'link':
    case 'spoiler':
      return { inline, text: '', hosts: [''] };
    default: {
      const inside = inline.inlines.map(labelOf);
      return {
        inline: { ...inline, inlines: inside.map((label) => label.inline) },
        text: inside.map(({ text }) => text).join(''),
        hosts: inside.flatMap(({ hosts }) => hosts),
      };
    }
  }
}
