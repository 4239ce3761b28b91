import { type Message, textOf } from './message.ts';

/** Everything but the text, in bytes, about. */
const FRAME = 300;
/** What a character takes that JSON or HTML escapes, at most: `\u0001`, `&quot;`. */
const ESCAPED = 6;

/** The size of a message on its way to a reader, in bytes: about, and not much less than it can be. */
export function weightOf(message: Message): number {
  const text = textOf(message);
  let bytes = FRAME;
  for (let index = 0; index < text.length; index += 1) bytes += weightOfUnit(text.charCodeAt(index));
  return bytes;
}

function weightOfUnit(unit: number): number {
  if (unit < 0x20 || unit === 0x7f || isEscaped(unit)) return ESCAPED;
  if (unit < 0x80) return 1;
  // Two units of a pair are four bytes together.
  return unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
}

/** One of `"`, `&`, `'`, `<`, `>` and `\`. */
function isEscaped(unit: number): boolean {
  return unit === 0x22 || unit === 0x26 || unit === 0x27 || unit === 0x3c || unit === 0x3e || unit === 0x5c;
}
