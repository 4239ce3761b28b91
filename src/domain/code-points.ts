/** The length of a text in Unicode code points, which is how limits on texts are stated. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The length of a text in bytes of UTF-8. Half of a surrogate pair counts as U+FFFD, which encoders put in its place. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isHigh(unit) && isLow(text.charCodeAt(at + 1))) {
      bytes += 4;
      at += 1;
    } else bytes += 3;
  }
  return bytes;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** The first `count` code points of a text, or all of it. */
export function firstCodePoints(text: string, count: number): string {
  // A code point takes at most two units.
  return text.length <= count ? text : [...text.slice(0, 2 * count)].slice(0, count).join('');
}
