/**
 * Parses JSON in which no object names a member twice. Programs disagree on which of the two counts, so that what one of them
 * has checked is not what the next one reads; RFC 8259 leaves it open, and `JSON.parse` silently takes the last.
 * @throws SyntaxError
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const parsed = membersIn(value);
  // Every post comes by here. The exact count reads each string of the text, and is made only when the cheap one leaves doubt.
  if (maxMembersWritten(text) === parsed) return value;
  // Keys that are equal once their escapes are read have become one: then fewer members are left than were written.
  if (membersWritten(text) !== parsed) throw new SyntaxError('A name stands twice in an object.');
  return value;
}

/** An upper bound of the members in a text that is JSON: quotes with a colon after them. Those within strings are counted too. */
function maxMembersWritten(text: string): number {
  let members = 0;
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    let at = colon - 1;
    while (isSpace(text.charCodeAt(at))) at -= 1;
    if (text.charCodeAt(at) === QUOTE) members += 1;
  }
  return members;
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

const QUOTE = 0x22;
const isSpace = (unit: number): boolean => unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;

/** A stack of its own instead of recursion: what is nested deeply must not overflow the call stack. */
function membersIn(value: unknown): number {
  const waiting = isObject(value) ? [value] : [];
  let members = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const keys = Object.keys(next);
    if (!Array.isArray(next)) members += keys.length;
    for (const key of keys) {
      const inner = next[key];
      if (isObject(inner)) waiting.push(inner);
    }
  }
  return members;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
