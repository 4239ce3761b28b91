/** Where a declaration of the charset is looked for. */
const HEAD_BYTES = 4_096;

/**
 * Decodes a page by its byte order mark, its header, its `meta` element, or else by a guess.
 * @param bytes may end in the middle of a character
 */
export function decodePage(bytes: Uint8Array, contentType: string): string {
  const declared = markedCharset(bytes) ?? charsetIn(contentType) ?? metaCharset(bytes);
  return decoded(bytes, declared) ?? decoded(bytes, guessedCharset(bytes)) ?? '';
}

function markedCharset(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

function charsetIn(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]{1,40})/i.exec(contentType)?.[1];
}

function metaCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  for (const [meta] of head.matchAll(/<meta\s[^>]{1,400}/gi)) {
    const [, charset] = /charset\s*=\s*["']?\s*([\w:.-]{1,40})/i.exec(meta) ?? [];
    // The bytes of the declaration were read one by one, so it is not true of itself.
    if (charset !== undefined) return /^utf-?16/i.test(charset) ? 'utf-8' : charset;
  }
  return undefined;
}

/** Undefined for a charset that nobody knows. */
function decoded(bytes: Uint8Array, charset: string | undefined): string | undefined {
  if (charset === undefined) return undefined;
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return undefined;
  }
}

interface Candidate {
  readonly charset: string;
  /** How much a text looks like one that was written in this charset, 0 to 1. */
  readonly score: (characters: readonly string[], text: string) => number;
}

const CANDIDATES: readonly Candidate[] = [
  { charset: 'shift_jis', score: japanese },
  { charset: 'euc-kr', score: korean },
  { charset: 'windows-1251', score: cyrillic },
  // Nearly all pairs of bytes are some character of it, so that it comes last.
  { charset: 'gb18030', score: (characters) => share(characters, /[\u3000-\u303f\u4e00-\u9fa5\uff01-\uff5e]/) * 0.8 },
];

const USUAL = 'windows-1252';
const LEAST_SCORE = 0.6;
/** Characters outside of ASCII that are looked at. */
const SAMPLE = 4_000;

function guessedCharset(bytes: Uint8Array): string {
  if (validIn(bytes, 'utf-8') !== undefined) return 'utf-8';
  let best = { charset: USUAL, score: LEAST_SCORE };
  for (const { charset, score: scoreOf } of CANDIDATES) {
    const text = validIn(bytes, charset);
    if (text === undefined) continue;
    const score = scoreOf((text.match(/[^\0-\x7f]/gu) ?? []).slice(0, SAMPLE), text);
    if (score > best.score) best = { charset, score };
  }
  return best.charset;
}

/** Undefined where the bytes are no text in this charset. The last character may be incomplete. */
function validIn(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

function share(characters: readonly string[], of: RegExp): number {
  return characters.length === 0 ? 0 : characters.filter((one) => of.test(one)).length / characters.length;
}

/** Japanese has kana. Letters of half the width are what other charsets look like in this one. */
function japanese(characters: readonly string[]): number {
  const kana = share(characters, /[\u3041-\u30ff]/);
  return kana < 0.15 ? 0 : kana + share(characters, /[\u3000-\u3020\u4e00-\u9fa0\uff01-\uff5e]/);
}

/** Chinese characters in Korean text are rare, and Chinese text looks like Korean with many of them. */
function korean(characters: readonly string[]): number {
  return (
    share(characters, /[\u3000-\u303f\uac00-\ud7a3\uff01-\uff5e]/) -
    3 * share(characters, /[\u4e00-\u9fff\uf900-\ufaff]/)
  );
}

/** Mostly small letters: other charsets look like large and small ones mixed with signs, or like letters within Latin words. */
function cyrillic(characters: readonly string[], text: string): number {
  const small = share(characters, /[а-яёєіїґўј]/);
  const mixed = text.match(/[a-z][а-яё]|[а-яё][a-z]/gi)?.length ?? 0;
  if (small < 0.5 || mixed > characters.length / 5) return 0;
  return share(characters, /[А-Яа-яЁёЄєІіЇїҐґЎўЈј«»—–№…„“”\u00a0]/);
}
