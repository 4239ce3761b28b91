/**
 * Parses JSON in which no object names a member twice. Programs disagree on which of the two counts, so that what one of them
 * has checked is not what the next one reads; RFC 8259 leaves it open, and `JSON.parse` silently takes the last.
 * @throws SyntaxError
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Keys that are equal once their escapes are read have become one: then fewer members are left than were written.
  if (membersIn(value) !== membersWritten(text)) throw new SyntaxError('A name stands twice in an object.');
  return value;
}

/** The names in a text that is JSON, counted without reading them: the strings with a colon after them. */
function membersWritten(text: string): number {
  let members = 0;
  let open = text.indexOf('"');
  while (open >= 0) {
    let at = endOfString(text, open) + 1;
    while (isSpace(text.charCodeAt(at))) at += 1;
    if (text[at] === ':') members += 1;
    open = text.indexOf('"', at);
  }
  return members;
}

/** Where the string that opens here has its closing quote: the first one with an even number of backslashes before it. */
function endOfString(text: string, open: number): number {
  for (let quote = text.indexOf('"', open + 1); ; quote = text.indexOf('"', quote + 1)) {
    let start = quote;
    while (text[start - 1] === '\\') start -= 1;
    if ((quote - start) % 2 === 0) return quote;
  }
}

const isSpace = (unit: number): boolean => unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;

/** A stack of its own instead of recursion: what is nested deeply must not overflow the call stack. */
function membersIn(value: unknown): number {
  const waiting: unknown[] = [value];
  let members = 0;
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inner: unknown[] = Object.values(next);
    if (!Array.isArray(next)) members += inner.length;
    for (const one of inner) if (typeof one === 'object' && one !== null) waiting.push(one);
  }
  return members;
}
