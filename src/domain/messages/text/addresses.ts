/** An address within a text, from `begin` up to `end`. */
export interface FoundAddress {
  readonly begin: number;
  readonly end: number;
  /** With the scheme `http:`, `https:` or `mailto:`, and no other. */
  readonly href: string;
}

/**
 * Finds the web addresses (`https://…`, `www.…`) and e-mail addresses in a text, in order. `www.` gets `https:`, as in the address
 * bars of browsers. Takes time linear in the length.
 */
export function addressesIn(text: string): readonly FoundAddress[] {
  if (!HINT.test(text)) return [];
  const addresses: FoundAddress[] = [];
  START.lastIndex = 0;
  for (let found = START.exec(text); found; found = START.exec(text)) {
    const { web, email } = found.groups ?? {};
    const [begin, head] = [found.index, found[0]];
    const tail = email ? undefined : tailOf(text, { begin, from: begin + head.length });
    const end = tail?.end ?? begin + head.length;
    const address = text.slice(begin, end);
    const href = email ? `mailto:${address}` : web ? address : `https://${address}`;
    // Characters are read once: otherwise the time would grow with the square of the length.
    if (tail) START.lastIndex = Math.max(tail.seen, begin + head.length);
    if (URL.canParse(href)) addresses.push({ begin, end, href });
  }
  return addresses;
}

/**
 * Letters of scripts that are written without spaces between words, or that attach particles to foreign words. Such a letter
 * directly after an ASCII letter or digit begins the next word: `https://example.org/a谢谢`, `www.example.org에서`. They are the letters,
 * marks and digits whose Script_Extensions have Han, Hiragana, Katakana, Bopomofo, Hangul, Thai, Lao, Khmer, Myanmar or Tibetan. Looking
 * these up by `\p{scx=…}` takes the browser tens of milliseconds.
 */
const UNSPACED = [
  '\\u02bc\\u02c7\\u02c9-\\u02cb\\u0303\\u0305\\u0323\\u0331\\u0e01-\\u109d\\u1100-\\u11ff\\u1780-\\u17f9\\u3005-\\u3229\\u3280-\\u3289',
  '\\u3400-\\u9fff\\ua960-\\ua97c\\ua9e0-\\ua9fe\\uaa60-\\uaa7f\\uac00-\\ufad9\\uff66-\\uffdc\\u{116d0}-\\u{116e3}\\u{16fe3}',
  '\\u{16ff0}-\\u{16ff6}\\u{1aff0}-\\u{1b167}\\u{1d360}-\\u{1d371}\\u{20000}-\\u{33479}',
].join('');
const LABEL = '[\\p{L}\\p{M}\\p{N}_-]{1,63}';
/** The last label of a host, which ends before a word of another script; one that begins in such a script does not. */
const LAST_LABEL = `(?:(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}_-]){1,63}|${LABEL})`;
const SPACED_LETTERS = `(?:(?![${UNSPACED}])[\\p{L}\\p{M}]){2,63}(?!(?![${UNSPACED}])[\\p{L}\\p{N}_])`;
const TOP_LEVEL = `(?:[Xx][Nn]--[A-Za-z0-9-]{1,59}|${SPACED_LETTERS}|(?=[${UNSPACED}])[\\p{L}\\p{M}]{2,63})`;
const DOMAIN = `(?:${LABEL}\\.)+${TOP_LEVEL}`;
const HOST = `(?:(?:${LABEL}\\.)*${LAST_LABEL}|\\[[0-9A-Fa-f:.]{2,45}\\])`;
const PORT = '(?::\\d{1,5})?';
const USER = "(?:[\\w.~%!$&'()*+,;=:-]{1,256}@)?";
/** A letter or digit of a script that is written with spaces between words. */
export const WORD = `(?:(?![${UNSPACED}])[\\p{L}\\p{N}])`;
const LOCAL = `${WORD}(?:${WORD}|(?!\\.\\.)[._+'&~-]){0,63}`;

/** Most texts have no address, and need only this search: `START` takes long to compile. A mention alone is no hint. */
const HINT = /:\/\/|www\.|[^\s@]@[^\s@.]+\./i;
/**
 * An address without its path, query and fragment. A scheme or `www.` within a Latin word does not begin one. Both cases are written out:
 * with the flag `i` the classes of Unicode take five times as long to compile.
 */
const START = new RegExp(
  [
    `(?<![\\p{sc=Latn}0-9])(?<web>[Hh][Tt][Tt][Pp][Ss]?://)${USER}${HOST}${PORT}`,
    `(?<![\\p{sc=Latn}0-9._@/-])[Ww]{3}\\.${DOMAIN}${PORT}`,
    `(?<![@.]|${WORD})(?<email>${LOCAL}@)${DOMAIN}`,
  ].join('|'),
  'gu',
);

/**
 * The end of an address whose host ends at `from`, and how far the text was read to find it. An address ends before whitespace,
 * quotation marks, punctuation of scripts other than ASCII, a closing bracket that it has not opened and an opening bracket that it
 * does not close. Punctuation at its end belongs to the sentence.
 */
function tailOf(text: string, { begin, from }: { readonly begin: number; readonly from: number }) {
  const isEnd = text[begin - 1] === "'" ? endsQuoted : endsAddress;
  const open: { readonly bracket: string; readonly at: number }[] = [];
  let [at, before] = [from, ''];
  while (at < text.length && (at > from || '/?#'.includes(text.charAt(at)))) {
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (isEnd(char, before) || LISTED.test(text.slice(at, at + LONGEST_LISTED))) break;
    if (OPENING.test(char)) open.push({ bracket: char, at });
    else if (CLOSING.test(char) && !closes(char, open.pop()?.bracket)) break;
    before = char;
    at += char.length;
  }
  let end = open[0]?.at ?? at;
  while (end > begin && TRAILING.test(text.charAt(end - 1))) end -= 1;
  return { end, seen: at };
}

function endsAddress(char: string, before: string): boolean {
  if (ASCII.test(char)) return ENDS_ASCII.test(char);
  if (OPENING.test(char)) return !IS_UNSPACED.test(before);
  return ENDS_OTHERS.test(char) || (/[a-z0-9]/i.test(before) && IS_UNSPACED.test(char));
}

const endsQuoted = (char: string, before: string): boolean => char === "'" || endsAddress(char, before);

/** Unicode has the two brackets of a pair side by side, or with one character in between. */
function closes(char: string, opening: string | undefined): boolean {
  const distance = char.charCodeAt(0) - (opening?.charCodeAt(0) ?? Number.NaN);
  return distance === 1 || distance === 2;
}

const ASCII = /\p{ASCII}/u;
const IS_UNSPACED = new RegExp(`(?=\\p{L})[${UNSPACED}]`, 'u');
const OPENING = /\p{Ps}/u;
const CLOSING = /\p{Pe}/u;
const ENDS_ASCII = /[\s\p{C}<>"`\\^]/u;
/** But for the dots that stand within words: Catalan, Japanese and Tibetan have such. */
const ENDS_OTHERS = /(?![·‧・･་])[\s\p{C}\p{Pi}\p{Pf}\p{Po}\p{Extended_Pictographic}—―〜～＜＞｜]/u;
const TRAILING = /[.,;:!?'"*_~|]|(?!\p{ASCII}|\p{Pe})\p{P}/u;
/** The next address of a list without spaces. */
const LISTED = /^[,;|]https?:\/\//i;
const LONGEST_LISTED = ',https://'.length;
