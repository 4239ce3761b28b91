/** A piece of a message's text: as it is, or as a link to somewhere on the web. */
export interface TextPart {
  readonly text: string;
  /** An address that begins with `http://` or `https://`. */
  readonly href?: string;
}

/**
 * A text in pieces that together are the text again. Only what plainly is a web address becomes a link: no other scheme,
 * and no character that one cannot see, which could make an address look like another.
 */
export function textParts(text: string): readonly TextPart[] {
  if (!text.includes('://')) return [{ text }];
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.slice(0, lengthOfAddress(found));
    if (!URL.canParse(address)) continue;
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: address, href: address });
    end = index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

const ADDRESS = /(?<![\p{L}\p{N}])https?:\/\/[\p{L}\p{N}[][^\s\p{C}<>"`]*/giu;

/** Punctuation at the end belongs to the sentence, and so does a bracket that the address has not opened. */
function lengthOfAddress(found: string): number {
  let unopened = count(found, ')') - count(found, '(');
  let length = found.length;
  while (length > 0) {
    const last = found.charAt(length - 1);
    if (last === ')' && unopened > 0) unopened -= 1;
    else if (!SENTENCE_MARKS.includes(last)) break;
    length -= 1;
  }
  return length;
}

const SENTENCE_MARKS = '.,;:!?\'"…*_~|»›”’';

const count = (text: string, character: string): number => text.split(character).length - 1;
