/**
 * What the index has of a folded text: for each place in a word the up to three characters that begin there, fewer at the end of the word. A
 * needle in the text is then in its grams: one of three characters or more as all of its own of three, a shorter one as the beginning of a gram.
 */
export function gramsOf(foldedText: string): ReadonlySet<string> {
  const grams = new Set<string>();
  for (const word of foldedText.split(' ')) addGrams(grams, word);
  return grams;
}

const SIZE = 3;

function addGrams(grams: Set<string>, word: string): void {
  // Most words have only characters of one unit.
  if (!SURROGATE.test(word)) for (let at = 0; at < word.length; at += 1) grams.add(word.slice(at, at + SIZE));
  else {
    const characters = [...word];
    for (let at = 0; at < characters.length; at += 1) grams.add(characters.slice(at, at + SIZE).join(''));
  }
}

const SURROGATE = /[\ud800-\udfff]/;

/** What the grams of a text must have so that it may have the needles. */
export interface GramQuery {
  /** All of these. */
  readonly grams: readonly string[];
  /** For each of these a gram that begins with it. */
  readonly beginnings: readonly string[];
}

/** @param needles folded */
export function gramQuery(needles: readonly string[]): GramQuery {
  const grams = new Set<string>();
  const beginnings = new Set<string>();
  for (const word of needles.flatMap((needle) => needle.split(' '))) {
    const characters = [...word];
    if (characters.length >= SIZE)
      for (let at = 0; at + SIZE <= characters.length; at += 1) grams.add(characters.slice(at, at + SIZE).join(''));
    else if (characters.length > 0) beginnings.add(word);
  }
  const covered = [...beginnings].filter((beginning) => ![...grams].some((gram) => gram.startsWith(beginning)));
  return { grams: [...grams].slice(0, MOST_GRAMS), beginnings: covered.slice(0, MOST_GRAMS) };
}

/** More would find no less. */
const MOST_GRAMS = 24;
