import { type UsernameKey, usernameKey } from '../../../../domain/identity/username.ts';
import { mentionOf as mentionOfName } from '../../../../domain/messages/text/mentions.ts';

export interface Person {
  readonly id: number;
  readonly name: string;
  readonly key: UsernameKey;
  /** The name without accents and case. */
  readonly folded: string;
}

export interface PeopleQuery {
  readonly people: readonly Person[];
  readonly typed: string;
  readonly isQuoted: boolean;
  /** The reader, who is found last. */
  readonly viewerId: number;
  /** The position of the last message of each person, as far as it is known. */
  readonly lastWords: ReadonlyMap<number, number>;
}

export interface FoundPeople {
  /** Those who wrote last come first. */
  readonly people: readonly Person[];
  readonly all: 'first' | 'last' | 'not found';
  /** What is typed is a mention already, and need not be completed. */
  readonly isMention: boolean;
}

const ALL: string = 'all';

/** Letters with a stroke, and ligatures, which Unicode does not decompose. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ...{ æ: 'ae', đ: 'd', ð: 'd', ħ: 'h', ł: 'l', ø: 'o', œ: 'oe', þ: 'th', ŧ: 't' },
};

export const person = ({ id, name }: Pick<Person, 'id' | 'name'>): Person => ({
  id,
  name,
  key: usernameKey(name),
  folded: folded(name),
});

/** The members to offer: those of whose names a word begins with what is typed, then those whose names contain it. */
export function findPeople(query: PeopleQuery): FoundPeople {
  const typed = folded(query.typed);
  const isPhrase = !query.isQuoted && /\s/.test(query.typed);
  const found = query.people
    .map((one) => ({ one, rank: rankOf(one, typed) }))
    // Without quotation marks, most words after a space are those of the sentence.
    .filter(({ rank }) => (isPhrase ? rank === BEGINS : rank !== undefined))
    .sort((a, b) => order(query, a.one, b.one) || (a.rank ?? 0) - (b.rank ?? 0) || recency(query, a.one, b.one))
    .map(({ one }) => one);
  return { people: found, all: placeOfAll(query, typed), isMention: isMention(query) };
}

/** A mention of a member. A name that is also the word for everyone needs quotation marks. */
export const mentionOf = ({ name, key }: Pick<Person, 'name' | 'key'>): string =>
  key === ALL ? `@"${name}"` : mentionOfName(name);

export const MENTION_OF_ALL = `@${ALL}`;

const BEGINS = 0;
const CONTAINS = 1;

function rankOf({ folded: name }: Person, typed: string): typeof BEGINS | typeof CONTAINS | undefined {
  let at = name.indexOf(typed);
  if (at < 0) return undefined;
  for (; at >= 0; at = name.indexOf(typed, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]$/u.test(name.slice(0, at))) return BEGINS;
  }
  return CONTAINS;
}

/** The reader is last, however well the name fits. */
const order = ({ viewerId }: PeopleQuery, a: Person, b: Person): number =>
  Number(a.id === viewerId) - Number(b.id === viewerId);

function recency({ lastWords }: PeopleQuery, a: Person, b: Person): number {
  const difference = (lastWords.get(b.id) ?? 0) - (lastWords.get(a.id) ?? 0);
  if (difference !== 0) return difference;
  return a.folded < b.folded ? -1 : Number(a.folded > b.folded);
}

function placeOfAll({ isQuoted }: PeopleQuery, typed: string): FoundPeople['all'] {
  if (isQuoted || !ALL.startsWith(typed)) return 'not found';
  return typed === ALL ? 'first' : 'last';
}

function isMention({ people, typed, isQuoted }: PeopleQuery): boolean {
  const [word = ''] = typed.split(/\s/);
  if (isQuoted || word === '') return false;
  const wanted = usernameKey(word);
  return wanted === ALL || people.some(({ name, key }) => key === wanted && mentionOfName(name) === `@${name}`);
}

/** Accents and case do not matter. */
function folded(text: string): string {
  const letters = usernameKey(text.normalize('NFKD').replace(/\p{M}/gu, ''));
  return letters.replace(/[æđðħłøœþŧ]/g, (letter) => UNDECOMPOSED[letter] ?? letter);
}
