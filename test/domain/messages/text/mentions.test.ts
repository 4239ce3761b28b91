import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mentionOf, mentionsIn } from '../../../../src/domain/messages/text/mentions.ts';
import { parseText } from '../../../../src/domain/messages/text/parse-text.ts';

const namesIn = (text: string) => mentionsIn(parseText(text)).map(({ name }) => name);

describe('mentions in a text', () => {
  it.each([
    ['@ada', ['ada']],
    ['Hi @ada, @bob and @cleo!', ['ada', 'bob', 'cleo']],
    ['(@ada) [@bob] "@cleo"', ['ada', 'bob', 'cleo']],
    ['@Zoë @Дарья @小明 @می‌خواهم', ['Zoë', 'Дарья', '小明', 'می‌خواهم']],
    ['@e\u0301va', ['e\u0301va']],
    ['@ada.lovelace-1_x. @ada... @bob-', ['ada.lovelace-1_x', 'ada', 'bob']],
    ['你好@ada，@bob。', ['ada', 'bob']],
    ['@all @"all"', ['all', 'all']],
    ['@"Mei Ling" and @"a \\"b\\" \\\\c"', ['Mei Ling', 'a "b" \\c']],
    ['**@ada** *@bob* ~~@cleo~~ ||@dan||', ['ada', 'bob', 'cleo', 'dan']],
    ['- @ada\n- @bob\n  1. @cleo', ['ada', 'bob', 'cleo']],
    ['@ada @ada @Ada', ['ada', 'Ada']],
    ["@ada's", ['ada']],
    ['…@ada', ['ada']],
    ['[@ada] (b)', ['ada']],
  ])('are: %s', (text, names) => {
    expect(namesIn(text)).toEqual(names);
  });

  it.each([
    ['inline code', '`@ada`'],
    ['a fence', '```\n@ada\n```'],
    ['a quote', '> @ada'],
    ['a quote in a list', '- > @ada\n- > - @ada'],
    ['an address', 'https://social.example/@ada'],
    ['an e-mail address', 'post@ada.example'],
    ['an e-mail address without a domain', 'post@ada'],
    ['the text of a link', '[@ada](https://a.example)'],
    ['the styled text of a link', '[**@ada**](https://a.example)'],
    ['the destination of a link', '[a](https://a.example/@ada)'],
    ['escaped text', '\\@ada'],
    ['the middle of a word', 'a@ada 1@ada é@ada _@ada'],
    ['an address of another network', '@ada@social.example @ada@localhost'],
    ['a path', 'social.example/@ada'],
    ['a package', '@ada/ui'],
    ['a pair of signs', '@@ada'],
    ['no name', '@ @. @- @"" @"ada'],
    ['a name on two lines', '@"Mei\nLing"'],
  ])('are not in %s', (_, text) => {
    expect(namesIn(text)).toEqual([]);
  });

  it('say whether the name is in quotation marks', () => {
    expect(mentionsIn(parseText('@all @"all" @all'))).toEqual([
      { name: 'all', isQuoted: false },
      { name: 'all', isQuoted: true },
    ]);
  });

  it.each([
    ['ada', '@ada'],
    ['Mei Ling', '@"Mei Ling"'],
    ['a.', '@"a."'],
    ['a"b\\', '@"a\\"b\\\\"'],
    ['🐟', '@"🐟"'],
  ])('are written so that they are read again: %s', (name, written) => {
    expect(mentionOf(name)).toBe(written);
    expect(namesIn(`Hi ${written}, look`)).toEqual([name]);
  });

  it('are read again whatever the name', () => {
    const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((name) => [...name].length <= 32);
    fc.assert(
      fc.property(names, (name) => {
        expect(namesIn(mentionOf(name))).toEqual([name]);
      }),
    );
  });
});
