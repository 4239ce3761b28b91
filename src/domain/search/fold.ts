/** A text as it is compared in a search, and where each of its units comes from. */
export interface Folded {
  readonly text: string;
  /** For each UTF-16 unit of the folded text, where in the original the characters begin that it was made of. */
  readonly begins: readonly number[];
  /** Where they end. */
  readonly ends: readonly number[];
}

/**
 * Compatible characters, upper and lower case, and letters with and without accents are equal; white space is one space; what cannot be
 * seen is dropped. Folding what is folded changes nothing.
 */
export function fold(original: string): Folded {
  let folding = foldOnce(original);
  // What stood apart in the original may join where nothing visible was between.
  for (let round = 0; round < MAX_ROUNDS && MAY_JOIN.test(folding.text); round += 1) {
    const again = foldOnce(folding.text);
    if (again.text === folding.text) break;
    folding = behind(folding, again);
  }
  return folding;
}

/** More than any text is known to need. */
const MAX_ROUNDS = 8;
/** Marks, and letters of Hangul that make syllables. */
const MAY_JOIN = /[\p{M}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7fb]/u;

/** The second folding, of the first one's text, by the places of the original. */
const behind = (first: Folded, second: Folded): Folded => ({
  text: second.text,
  begins: second.begins.map((begin) => first.begins[begin] ?? 0),
  ends: second.ends.map((end) => first.ends[end - 1] ?? 0),
});

function foldOnce(original: string): Folded {
  const begins: number[] = [];
  const ends: number[] = [];
  let text = '';
  let isSpace = true;
  for (const { 0: cluster, index } of original.matchAll(CLUSTER)) {
    const folded = foldCluster(cluster);
    if (folded === ' ' && isSpace) continue;
    if (folded === '') continue;
    isSpace = folded === ' ';
    text += folded;
    for (let unit = 0; unit < folded.length; unit += 1) {
      begins.push(index);
      ends.push(index + cluster.length);
    }
  }
  return { text, begins, ends };
}

/** Only the folded text, which costs less. */
export function folded(original: string): string {
  if (PLAIN_ASCII.test(original)) return original.toLowerCase().replaceAll("'", '’').replaceAll('"', '”');
  return fold(original).text;
}

/** Without white space that must be made one space. */
const PLAIN_ASCII = /^(?:[!-~](?: (?=[!-~]))?)*$/;

/** White space; or a character with the marks on it, and what cannot be seen between them. Conjoining letters of Hangul belong together. */
const CLUSTER =
  /\s|(?:[\u1100-\u115f\ua960-\ua97f\u3131-\u314e\u3165-\u3186\uffa1-\uffbe][\u1160-\u11a7\ud7b0-\ud7c6\u314f-\u3163\u3187-\u318e\uffc2-\uffdc]*[\u11a8-\u11ff\ud7cb-\ud7fb]*|[\s\S])(?:(?!\s)[\p{M}\p{Cc}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\uff9e\uff9f])*/gu;

function foldCluster(cluster: string): string {
  const known = cache.get(cluster);
  if (known !== undefined) return known;
  const value = foldAnew(cluster);
  if (cache.size < MAX_CACHED) cache.set(cluster, value);
  return value;
}

/** Texts have few different characters. */
const cache = new Map<string, string>();
const MAX_CACHED = 20_000;

function foldAnew(cluster: string): string {
  if (/^\s$/u.test(cluster)) return ' ';
  const letters = cluster.replaceAll('ẞ', 'ß').toUpperCase().toLowerCase().normalize('NFKD').replace(DROPPED, '');
  const same = [...letters.toLowerCase()].map((letter) => SAME[letter] ?? letter).join('');
  const composed = same.normalize('NFC').replace(/\s+/gu, ' ');
  return composed === ' ' ? ' ' : composed.trim();
}

/** Accents, points of vowels in Hebrew and Arabic, and what cannot be seen. Marks that make other letters, as in Thai and in Kana, stay. */
const DROPPED =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\p{Cc}\p{Default_Ignorable_Code_Point}\p{Co}\p{Cs}]/gu;

/** Letters that are written in more than one way, and have no decomposition. Quotation marks are none that an index treats apart. */
const SAME: Readonly<Record<string, string>> = {
  ...{ ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ß: 'ss', ı: 'i', ς: 'σ', ħ: 'h', ŧ: 't' },
  ...{ "'": '’', '‘': '’', '‛': '’', '′': '’', '"': '”', '“': '”', '„': '”', '″': '”', '«': '”', '»': '”' },
  ...{ '‐': '-', '‑': '-', '–': '-', '—': '-', '−': '-' },
  ...{ أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ة: 'ه' },
};
