import { isDay } from './days.ts';
import { folded } from './fold.ts';

/** What a message must have besides words. */
export const FEATURES = ['link', 'file', 'reaction', 'pin'] as const;
export type Feature = (typeof FEATURES)[number];

/** What somebody looks for. */
export interface SearchQuery {
  /** Folded texts that must occur. */
  readonly needles: readonly string[];
  /** Folded texts that must not occur. */
  readonly without: readonly string[];
  /** Names as they were typed: the author is one of these people. Empty for anybody. */
  readonly from: readonly string[];
  /** Folded parts of names: the chat has one of them. Empty for any chat. */
  readonly in: readonly string[];
  readonly has: ReadonlySet<Feature>;
  readonly mentionsMe: boolean;
  /** Days as in `2026-11-29`; the message was sent before the day begins. */
  readonly before: readonly string[];
  /** After the day has ended. */
  readonly after: readonly string[];
  /** On the day. */
  readonly on: readonly string[];
}

/** Reads whatever was typed: nothing is an error. What is no operator, or has a value that means nothing, is a word. */
export function searchQuery(input: string): SearchQuery {
  const query = {
    ...{ needles: new Set<string>(), without: new Set<string>(), from: new Set<string>(), in: new Set<string>() },
    ...{ has: new Set<Feature>(), mentionsMe: false },
    ...{ before: new Set<string>(), after: new Set<string>(), on: new Set<string>() },
  };
  for (const part of partsOf(input)) {
    if (takeOperator(query, part)) continue;
    const word = folded(part.isQuoted ? part.words : `${part.key}${part.words}`).trim();
    if (word === '') continue;
    if (part.isWithout) query.without.add(word);
    else query.needles.add(word);
  }
  return {
    ...{
      needles: listOf(query.needles),
      without: listOf(query.without),
      from: listOf(query.from),
      in: listOf(query.in),
    },
    ...{ has: query.has, mentionsMe: query.mentionsMe },
    ...{ before: listOf(query.before), after: listOf(query.after), on: listOf(query.on) },
  };
}

const listOf = (set: ReadonlySet<string>): readonly string[] => [...set].slice(0, MOST);

/** Words and operators of one kind past this number are left out. */
const MOST = 20;

/** Whether anything is looked for. */
export const asksForSomething = (query: SearchQuery): boolean =>
  query.mentionsMe ||
  query.has.size > 0 ||
  [query.needles, query.from, query.in, query.before, query.after, query.on].some((list) => list.length > 0);

interface Part {
  /** With its colon; empty without. */
  readonly key: string;
  readonly words: string;
  readonly isQuoted: boolean;
  readonly isWithout: boolean;
}

/** Words, phrases in quotation marks, and either behind `-` or the name of an operator. A quotation mark that is not closed goes to the end. */
function partsOf(input: string): readonly Part[] {
  return [...input.matchAll(PART)].flatMap(({ groups }) => {
    const { minus, key = '', phrase, word = '' } = groups ?? {};
    const isWithout = minus !== undefined;
    if (phrase !== undefined) return [{ key, words: phrase, isQuoted: key === '', isWithout }];
    // A lone `-`.
    return key === '' && (word === '' || word === '-') ? [] : [{ key, words: word, isQuoted: false, isWithout }];
  });
}

const PART = /(?<minus>-(?=[^\s-]))?(?<key>[a-z]+:)?(?:["“”„](?<phrase>[^"“”„]*)(?:["“”„]|$)|(?<word>[^\s"“”„]\S*))/giu;

interface Reading {
  readonly from: Set<string>;
  readonly in: Set<string>;
  readonly has: Set<Feature>;
  mentionsMe: boolean;
  readonly before: Set<string>;
  readonly after: Set<string>;
  readonly on: Set<string>;
}

function takeOperator(query: Reading, { key, words, isWithout }: Part): boolean {
  const value = words.trim();
  if (isWithout || value === '') return false;
  switch (key.toLowerCase()) {
    case 'from:':
      query.from.add(value);
      return true;
    case 'in:':
      return query.in.add(folded(value).trim()).size > 0;
    case 'has:': {
      const feature = FEATURES.find((one) => one === value.toLowerCase());
      return feature !== undefined && query.has.add(feature).size > 0;
    }
    case 'mentions:':
      if (value.toLowerCase() !== 'me') return false;
      query.mentionsMe = true;
      return true;
    case 'before:':
      return isDay(value) && query.before.add(value).size > 0;
    case 'after:':
      return isDay(value) && query.after.add(value).size > 0;
    case 'on:':
      return isDay(value) && query.on.add(value).size > 0;
    default:
      return false;
  }
}
