import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesIn, WORD } from '../../../../src/domain/messages/text/addresses.ts';

const linksIn = (text: string) => addressesIn(text).map(({ href }) => href);

describe('XS-3: the links in a text', () => {
  it.each([
    ['http://example.org', ['http://example.org']],
    ['HTTPS://Example.org/A?b=c#d', ['HTTPS://Example.org/A?b=c#d']],
    ['a https://a.example and http://b.example:8080/x', ['https://a.example', 'http://b.example:8080/x']],
    ['http://[::1]:1578/chat/1', ['http://[::1]:1578/chat/1']],
    ['https://müller.example/straße', ['https://müller.example/straße']],
    ['https://例え.テスト/パス', ['https://例え.テスト/パス']],
    ['https://उदाहरण.भारत/क', ['https://उदाहरण.भारत/क']],
    ['https://ja.wikipedia.org/wiki/日本', ['https://ja.wikipedia.org/wiki/日本']],
    ['https://ca.wikipedia.org/wiki/Col·lecció', ['https://ca.wikipedia.org/wiki/Col·lecció']],
    ['https://me:pw@host.example/x', ['https://me:pw@host.example/x']],
    ['https://a.example/x,https://b.example/y', ['https://a.example/x', 'https://b.example/y']],
    ["'https://a.example/x','https://b.example/y'", ['https://a.example/x', 'https://b.example/y']],
    ['[https://a.example/x](https://b.example/y)', ['https://a.example/x', 'https://b.example/y']],
    ['（https://a.example）（https://b.example）', ['https://a.example', 'https://b.example']],
  ])('are web addresses: %s', (text, links) => {
    expect(linksIn(text)).toEqual(links);
  });

  it.each([
    ['Look at https://example.org.', 'https://example.org'],
    ['Is it https://example.org/a?', 'https://example.org/a'],
    ['(https://example.org/a)', 'https://example.org/a'],
    ['https://example.org/a_(b)', 'https://example.org/a_(b)'],
    ['(see https://example.org/a_(b)).', 'https://example.org/a_(b)'],
    ['“https://example.org”', 'https://example.org'],
    ['<https://example.org>', 'https://example.org'],
    ['https://example.org/a?!', 'https://example.org/a'],
    ['*https://example.org/a*', 'https://example.org/a'],
    ['_https://example.org_', 'https://example.org'],
    ['https://example.org/a…', 'https://example.org/a'],
    ['https://example.org/a—so', 'https://example.org/a'],
    ['https://example.org/a’s page', 'https://example.org/a'],
    ['https://example.org/a👍', 'https://example.org/a'],
    ['https://example.org/a。', 'https://example.org/a'],
    ['https://example.org/a，谢谢', 'https://example.org/a'],
    ['https://example.org:8080、https', 'https://example.org:8080'],
    ['https://example.org/a؟', 'https://example.org/a'],
    ['https://example.org/a، ثم', 'https://example.org/a'],
    ['https://example.org/a।', 'https://example.org/a'],
    ['https://example.org/a։', 'https://example.org/a'],
    ['https://example.org/a።', 'https://example.org/a'],
  ])('end before the punctuation of the sentence: %s', (text, link) => {
    expect(linksIn(text)).toEqual([link]);
  });

  it.each([
    ...['()', '[]', '{}', '（）', '［］', '｛｝', '「」', '『』', '【】', '《》', '〈〉', '〔〕', '⟨⟩', '❨❩', '༼༽'],
    ...['“”', '„“', '‘’', '‚‘', '«»', '»«', '‹›', '〝〞', '＂＂', '""', "''", '＜＞', '｜｜'],
  ])('end before the bracket or quotation mark around them: %s', (pair) => {
    for (const link of [
      'https://example.org/a',
      'https://example.org',
      'http://[::1]:1578/a',
      'https://a.example/b_(c)',
    ]) {
      expect(linksIn(`${pair[0]}${link}${pair[1]}`)).toEqual([link]);
      expect(linksIn(`看${pair[0]}${link}${pair[1]}。谢谢`)).toEqual([link]);
    }
  });

  it.each([
    ['请看https://example.org/a', 'https://example.org/a'],
    ['смотриhttps://example.org/a', 'https://example.org/a'],
    ['https://example.org谢谢', 'https://example.org'],
    ['https://example.org/aを見て', 'https://example.org/a'],
    ['www.example.org에서 봐', 'https://www.example.org'],
    ['https://example.org/aดู', 'https://example.org/a'],
    ['https://example.org/a（很好）', 'https://example.org/a'],
    ['https://zh.wikipedia.org/wiki/小丑（電影）', 'https://zh.wikipedia.org/wiki/小丑（電影）'],
    ['请联系ada@example.org谢谢', 'mailto:ada@example.org'],
  ])('end and begin at words of scripts without spaces: %s', (text, link) => {
    expect(linksIn(text)).toEqual([link]);
  });

  it.each([
    ['www.example.com', 'https://www.example.com'],
    ['See WWW.Example.com/x.', 'https://WWW.Example.com/x'],
    ['(www.example.com:8080/x)', 'https://www.example.com:8080/x'],
    ['www.例え.テスト', 'https://www.例え.テスト'],
    ['ada@example.org', 'mailto:ada@example.org'],
    ['<ada.b+c@mail.example.org>.', 'mailto:ada.b+c@mail.example.org'],
    ["o'brien@example.org", "mailto:o'brien@example.org"],
    ['mailto:ada@example.org', 'mailto:ada@example.org'],
    ['почта@пример.рф', 'mailto:почта@пример.рф'],
    ['ada@xn--e1afmkfd.xn--p1ai', 'mailto:ada@xn--e1afmkfd.xn--p1ai'],
  ])('are also addresses that begin with www. and e-mail addresses: %s', (text, link) => {
    expect(linksIn(text)).toEqual([link]);
  });

  it.each([
    'javascript:alert(1)',
    'javascript://example.org/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript://x',
    'ftp://example.org',
    '//example.org',
    'example.org',
    'http://',
    'https:// example.org',
    'http://[x',
    'http://1.2.3.x.4/',
    'http:///path',
    'xhttp://example.org',
    'view-source:file:///etc/passwd',
    'javascript:www@x',
    'www.example',
    'xwww.example.com',
    '@ada@example.org',
    'ada@example',
    'a..b@example.org',
    'ada@[::1]',
  ])('are nothing else: %s', (text) => {
    expect(linksIn(text)).toEqual([]);
  });

  it('end at what cannot be seen and could turn an address around', () => {
    expect(linksIn('https://example.org/\u202Egpj.exe')).toEqual(['https://example.org/']);
    expect(linksIn('https://exa\u200Bmple.org')).toEqual(['https://exa']);
  });

  it('are parts of the text, in order, and have no other scheme', () => {
    const pieces = fc.constantFrom(
      ...[
        'https://',
        'http://a.b',
        'www.',
        'a@b.cd',
        'javascript:',
        '(',
        ')',
        '（',
        '」',
        '.',
        '，',
        ' ',
        'x',
        '日',
        '/',
      ],
      ...['\n', '"', "'", '🐟', '\u202E'],
    );
    fc.assert(
      fc.property(
        fc.array(pieces).map((all) => all.join('')),
        (text) => {
          let shown = 0;
          for (const { begin, end, href } of addressesIn(text)) {
            expect(begin).toBeGreaterThanOrEqual(shown);
            expect(end).toBeGreaterThan(begin);
            expect(href).toMatch(/^(https?:\/\/|mailto:)\S*/i);
            expect(['', 'https://', 'mailto:'].map((scheme) => scheme + text.slice(begin, end))).toContain(href);
            shown = end;
          }
        },
      ),
    );
  });

  // Time that grows with the square of the length would be minutes here.
  it.each(['https://', 'https://a.b/(', "https://a.b/'", 'https://a.b/.....', 'a.', 'a@', 'www.', '日a', '@'])(
    'are found in time linear in the length: %s',
    (piece) => {
      const text = piece.repeat(300_000 / piece.length);
      for (const { begin, end } of addressesIn(text)) expect(end).toBeGreaterThan(begin);
    },
  );
});

describe('letters of scripts without spaces between words', () => {
  it('are those whose Script_Extensions say so, as far as this version of Unicode has them', () => {
    const scripts = ['Han', 'Hira', 'Kana', 'Bopo', 'Hang', 'Thai', 'Laoo', 'Khmr', 'Mymr', 'Tibt'];
    const unspaced = new RegExp(`[${scripts.map((script) => `\\p{scx=${script}}`).join('')}]`, 'u');
    const word = new RegExp(`^${WORD}$`, 'u');
    const differing: string[] = [];
    for (let point = 0; point <= 0x10ffff; point += 1) {
      const character = String.fromCodePoint(point);
      if (!/[\p{L}\p{N}]/u.test(character)) continue;
      if (word.test(character) === unspaced.test(character)) differing.push(point.toString(16));
    }
    expect(differing).toEqual([]);
  });
});
