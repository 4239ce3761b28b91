import { describe, expect, it } from 'vitest';
import {
  findPeople,
  mentionOf,
  type Person,
  person,
} from '../../../src/adapters/browser/composer/completion/people.ts';

const NAMES = [
  'ada',
  'Lé',
  'Jean Dubois',
  'Mei Ling',
  'bob',
  'Søren',
  'O’Leary',
  'Amélie',
  'ali',
  'straße',
  'Ｗｉｄｅ',
];
const people: readonly Person[] = NAMES.map((name, index) => person({ id: index + 1, name }));
const ADA = 1;

interface Asked {
  readonly quoted?: boolean;
  /** The names of those who wrote, the first of them first. */
  readonly wrote?: readonly string[];
}

function ask(typed: string, { quoted = false, wrote = [] }: Asked = {}) {
  const lastWords = new Map(wrote.map((name, index) => [NAMES.indexOf(name) + 1, index + 1]));
  return findPeople({ people, typed, isQuoted: quoted, viewerId: ADA, lastWords });
}

const found = (typed: string, asked?: Asked) => ask(typed, asked).people.map(({ name }) => name);

describe('finding people', () => {
  it.each([
    ['le', 'Lé'],
    ['LÉ', 'Lé'],
    ['le\u0301', 'Lé'],
    ['Dubois', 'Jean Dubois'],
    ['jean', 'Jean Dubois'],
    ['jean dub', 'Jean Dubois'],
    ['mei ', 'Mei Ling'],
    ['soren', 'Søren'],
    ['leary', 'O’Leary'],
    ['amelie', 'Amélie'],
    ['STRASSE', 'straße'],
    ['wide', 'Ｗｉｄｅ'],
  ])('ignores accents and case, and begins at any word of the name: %j finds %s first', (typed, name) => {
    expect(found(typed)[0]).toBe(name);
  });

  it('puts names that only contain it behind those of which a word begins with it', () => {
    expect(found('li')).toEqual(['Mei Ling', 'ali', 'Amélie']);
    expect(found('ois')).toEqual(['Jean Dubois']);
  });

  it('puts those who wrote last first, the least recent last, and the reader behind everybody', () => {
    const wrote = ['ada', 'bob', 'Mei Ling', 'ada'];
    const all = found('', { wrote });
    expect(all.slice(0, 2)).toEqual(['Mei Ling', 'bob']);
    expect(all.at(-1)).toBe('ada');
    expect(all.slice(2, -1)).toEqual(['ali', 'Amélie', 'Jean Dubois', 'Lé', 'O’Leary', 'Søren', 'straße', 'Ｗｉｄｅ']);
    expect(found('a', { wrote: ['ali'] }).slice(0, 2)).toEqual(['ali', 'Amélie']);
    expect(found('ad')).toEqual(['ada']);
  });

  it('finds nobody by words that are no name', () => {
    expect(found('x')).toEqual([]);
    expect(found('bob can you')).toEqual([]);
  });

  it('takes words after a space only for the next word of a name, unless they are in quotation marks', () => {
    expect(found('ean du')).toEqual([]);
    expect(found('ean du', { quoted: true })).toEqual(['Jean Dubois']);
  });

  it('offers @all last, first when it is typed, and not for other words', () => {
    expect(ask('').all).toBe('last');
    expect(ask('al').all).toBe('last');
    expect(ask('ALL').all).toBe('first');
    expect(ask('alli').all).toBe('not found');
    expect(ask('al', { quoted: true }).all).toBe('not found');
  });

  it('knows what is a mention already: a whole name, @all, and either of them with further words', () => {
    for (const typed of ['bob', 'BOB', 'lé', 'all', 'bob ', 'bob ca'])
      expect([typed, ask(typed).isMention]).toEqual([typed, true]);
    for (const typed of ['', 'bo', 'le', 'mei', 'Mei Ling', 'jean dubois']) {
      expect([typed, ask(typed).isMention]).toEqual([typed, false]);
    }
    expect(ask('bob', { quoted: true }).isMention).toBe(false);
  });

  it('finds each of 1,000 people', () => {
    const crowd = Array.from({ length: 1_000 }, (_, index) => person({ id: index + 1, name: `Sailor ${index}` }));
    const query = { people: crowd, isQuoted: false, viewerId: ADA, lastWords: new Map() };
    expect(
      crowd.filter(({ name }) => !findPeople({ ...query, typed: name }).people.some((one) => one.name === name)),
    ).toEqual([]);
  });
});

describe('a mention', () => {
  it.each([
    ['bob', '@bob'],
    ['Lé', '@Lé'],
    ['jean-luc.p', '@jean-luc.p'],
    ['snake_case', '@snake_case'],
    ['美玲', '@美玲'],
    ['Mei Ling', '@"Mei Ling"'],
    ['O’Leary', '@"O’Leary"'],
    ['bob.', '@"bob."'],
    ['-bob', '@"-bob"'],
    ['a@b', '@"a@b"'],
    ['🦀', '@"🦀"'],
    ['the "one"', '@"the \\"one\\""'],
    ['back\\slash', '@"back\\\\slash"'],
    ['All', '@"All"'],
  ])('of %s is written %s', (name, mention) => {
    expect(mentionOf(person({ id: 1, name }))).toBe(mention);
  });
});
