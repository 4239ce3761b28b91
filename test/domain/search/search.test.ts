import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { dayAfter, isDay } from '../../../src/domain/search/days.ts';
import { fold, folded } from '../../../src/domain/search/fold.ts';
import { gramQuery, gramsOf } from '../../../src/domain/search/grams.ts';
import { asksForSomething, searchQuery } from '../../../src/domain/search/search-query.ts';
import { rangesIn } from '../../../src/domain/search/searched-message.ts';
import { aChat, aMessageIn, aUser } from '../../builders.ts';
import { FINDS, FINDS_NOTHING } from '../../search-table.ts';

const text = fc.string({ unit: 'binary', maxLength: 60 });
/** Letters that make others where they meet. */
const joining = fc.string({
  unit: fc.constantFrom(...'ㄱㅏﾡￂ㉠\u1100\u1161\u11a8가か\u3099ｶﾞa\u0301\0\u200b '),
  maxLength: 10,
});
const anything = fc.oneof(
  text,
  joining,
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(...FINDS.flat()),
);

const ANYBODY = { authors: undefined, mentioned: undefined, since: 0, until: Number.MAX_SAFE_INTEGER };
const rangesOf = (words: string, query: string) =>
  rangesIn(aMessageIn(aChat(), aUser(), { text: messageBody(words) }), { ...searchQuery(query), ...ANYBODY });

describe('folding', () => {
  it('changes nothing that is folded, and the quick way answers the same', () => {
    fc.assert(
      fc.property(anything, (original) => {
        expect(folded(original)).toBe(fold(original).text);
        expect(folded(folded(original))).toBe(folded(original));
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells where each unit comes from, in order', () => {
    fc.assert(
      fc.property(anything, (original) => {
        const { text, begins, ends } = fold(original);
        expect([begins.length, ends.length]).toEqual([text.length, text.length]);
        for (const [index, begin] of begins.entries()) {
          expect(begin).toBeLessThan(ends[index] ?? 0);
          expect(begin).toBeGreaterThanOrEqual(begins[index - 1] ?? 0);
          expect(ends[index]).toBeLessThanOrEqual(original.length);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('grams', () => {
  it('of a text have those of every part of it', () => {
    fc.assert(
      fc.property(anything, fc.nat(60), fc.nat(20), (original, begin, length) => {
        const whole = folded(original);
        const needle = [...whole].slice(begin, begin + length).join('');
        const grams = gramsOf(whole);
        const query = gramQuery([needle]);
        expect(query.grams.filter((gram) => !grams.has(gram))).toEqual([]);
        for (const beginning of query.beginnings)
          expect([...grams].some((gram) => gram.startsWith(beginning))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a query', () => {
  it('is never an error, whatever is typed', () => {
    const words = fc.constantFrom(
      'from:',
      'in:"',
      '-',
      '"',
      'before:2026-02-30',
      'has:',
      'mentions:',
      ' ',
      'on:2026-02-28',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(anything, words), { maxLength: 12 }), (parts) => {
        const query = searchQuery(parts.join(''));
        for (const needle of [...query.needles, ...query.without]) expect(folded(needle)).toBe(needle);
        expect(typeof asksForSomething(query)).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });

  it('has words, phrases, what is not to occur, and operators', () => {
    expect(searchQuery('Déjà "exact  Phrase" -Draft -"not this" from:Ada from:"Jean Dubois" in:"The Lobby"')).toEqual({
      ...{ needles: ['deja', 'exact phrase'], without: ['draft', 'not this'], from: ['Ada', 'Jean Dubois'] },
      ...{ in: ['the lobby'], has: new Set(), mentionsMe: false, before: [], after: [], on: [] },
    });
    const dated = searchQuery('before:2026-11-29 AFTER:2024-02-29 on:2026-01-01 has:link HAS:File mentions:me');
    expect(dated).toMatchObject({
      before: ['2026-11-29'],
      after: ['2024-02-29'],
      on: ['2026-01-01'],
      mentionsMe: true,
    });
    expect([[...dated.has], dated.needles]).toEqual([['link', 'file'], []]);
  });

  it('takes an operator with a value that means nothing for words', () => {
    const words = [
      'before:2026-13-01',
      'after:yesterday',
      'on:2025-02-29',
      'has:money',
      'mentions:bob',
      'from:',
      'https://a.b',
    ];
    expect(searchQuery(words.join(' ')).needles).toEqual(words);
    expect(searchQuery('-from:bob').without).toEqual(['from:bob']);
  });

  it('asks for nothing where nothing was typed that can be looked for', () => {
    const asks = ['', ' ', '"', '""', '-', '- -', '\u200b', '-nothing'].map((typed) =>
      asksForSomething(searchQuery(typed)),
    );
    expect(asks).toEqual(asks.map(() => false));
  });
});

describe('a message', () => {
  it('has what each query of a table is to find', () => {
    for (const [words, ...queries] of FINDS)
      for (const query of queries)
        expect([words, query, rangesOf(words, query)]).toEqual([words, query, expect.any(Array)]);
  });

  it('has nothing of what finds nothing', () => {
    const asked = FINDS_NOTHING.filter((query) => asksForSomething(searchQuery(query)));
    for (const [words] of FINDS)
      for (const query of asked)
        if (query !== "'" && query !== '"')
          expect([words, query, rangesOf(words, query)]).toEqual([words, query, undefined]);
  });

  it('has ranges in the text as it was written', () => {
    const parts = (words: string, query: string) => rangesOf(words, query)?.map(([from, to]) => words.slice(from, to));
    expect(parts('Die Straße und die STRASSE', 'strasse')).toEqual(['Straße', 'STRASSE']);
    expect(parts('un café, cafe\u0301 noir', 'cafe')).toEqual(['café', 'cafe\u0301']);
    expect(parts('a  b\nc', '"a b c"')).toEqual(['a  b\nc']);
    expect(parts('👍🏽 ok', '👍')).toEqual(['👍']);
    expect(parts('ﬁsh', 'is')).toEqual(['ﬁs']);
    expect(parts('banana', 'ana nan')).toEqual(['anan']);
    expect(parts(':tada:', '🎉')).toEqual([]);
  });

  it('has none of the words that are not to occur', () => {
    expect(rangesOf('one two', 'one -two')).toBeUndefined();
    expect(rangesOf('one three', 'one -two')).toEqual([[0, 3]]);
  });
});

describe('days', () => {
  it('are those of the calendar, and follow each other', () => {
    expect(['2026-02-28', '2024-02-28', '2024-02-29', '2026-12-31', '2100-02-28', '2000-02-28'].map(dayAfter)).toEqual([
      ...['2026-03-01', '2024-02-29', '2024-03-01', '2027-01-01', '2100-03-01', '2000-02-29'],
    ]);
    expect(['2026-02-29', '2026-00-01', '2026-1-1', '0000-01-01', '2026-04-31', 'x'].map(isDay)).toEqual(
      Array.from({ length: 6 }, () => false),
    );
  });
});
