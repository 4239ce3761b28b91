import { addressesIn } from '../../domain/messages/text/addresses.ts';

/** A piece of a message's text: plain, or a link. */
export interface TextPart {
  readonly text: string;
  /** An address with the scheme `http:`, `https:` or `mailto:`, and no other. */
  readonly href?: string;
}

/** Splits a text at its addresses into pieces whose texts, joined, are the text again. */
export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let shown = 0;
  for (const { begin, end, href } of addressesIn(text)) {
    if (begin > shown) parts.push({ text: text.slice(shown, begin) });
    parts.push({ text: text.slice(begin, end), href });
    shown = end;
  }
  if (shown < text.length) parts.push({ text: text.slice(shown) });
  return parts;
}
