import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseText } from '../../../../src/domain/messages/text/parse-text.ts';
import { plainText } from '../../../../src/domain/messages/text/plain-text.ts';
import { outline } from './outline.ts';

const emoji = new Map([
  ['wave', '👋'],
  ['+1', '👍'],
  ['100', '💯'],
]);
const read = (text: string) => outline(parseText(text, (shortcode) => emoji.get(shortcode)));

describe('formatting within a line', () => {
  it.each([
    ['**strong**', '<strong>strong</strong>'],
    ['*emphasis*', '<emphasis>emphasis</emphasis>'],
    ['~~strike~~', '<strike>strike</strike>'],
    ['||spoiler||', '<spoiler>spoiler</spoiler>'],
    ['`code`', '<code>code</code>'],
    ['***both***', '<emphasis><strong>both</strong></emphasis>'],
    ['***a** b*', '<emphasis><strong>a</strong> b</emphasis>'],
    ['***a* b**', '<strong><emphasis>a</emphasis> b</strong>'],
    ['**a *b* ~~c~~ ||d||**', '<strong>a <emphasis>b</emphasis> <strike>c</strike> <spoiler>d</spoiler></strong>'],
    ['a**b**c and 2*3*4', 'a<strong>b</strong>c and 2<emphasis>3</emphasis>4'],
    ['*a**b*', '<emphasis>a**b</emphasis>'],
    ['*a and *b*', '*a and <emphasis>b</emphasis>'],
    ['**two\nlines**', '<strong>two\nlines</strong>'],
    ['**「你好」**吧', '<strong>「你好」</strong>吧'],
    ['**שלום** (*مرحبا*)', '<strong>שלום</strong> (<emphasis>مرحبا</emphasis>)'],
    ['**🐟**!', '<strong>🐟</strong>!'],
  ])('is what its marks say: %s', (text, tree) => {
    expect(read(text)).toBe(tree);
  });

  it.each([
    '**strong',
    '*a',
    '~~a~',
    '||a|',
    '`a',
    'a || b || c',
    '5 * 3 * 2',
    '** a **',
    '****',
    '****a****',
    '*****',
    '~a~ and ~~~a~~~',
    '|a| and |||a|||',
    '_a_ and __b__',
    '**a\n\nb**',
    '*.ts or *.js',
    'f(*args, **kwargs)',
    '¯\\_(ツ)_/¯',
    'C:\\new\\table',
    '||||',
    '``a`',
  ])('leaves what is not closed as it is: %s', (text) => {
    expect(read(text)).toBe(text);
  });

  it.each([
    ['`**a** ||b|| [c](http://d.example) @e :wave: http://f.example \\*`'],
    ['```\n**a** ||b|| [c](http://d.example) @e :wave: http://f.example \\*\n> x\n- y\n```'],
  ])('leaves code as it is: %s', (text) => {
    expect(read(text)).toMatch(/^<(?:code|pre null)>[^<]*<\/(?:code|pre)>$/);
  });

  it.each([
    ['`` a`b ``', '<code>a`b</code>'],
    ['` ` and `  a `', '` ` and <code> a</code>'],
    ['```a```b\n```', '<code>a</code>b\n```'],
    ['**`a**`', '**<code>a**</code>'],
    ['`a`` b`', '<code>a`` b</code>'],
  ])('has code between equal runs of backticks: %s', (text, tree) => {
    expect(read(text)).toBe(tree);
  });

  it.each([
    ['\\*a\\*', '*a*'],
    ['\\**a*', '*<emphasis>a</emphasis>'],
    ['\\`a`', '`a`'],
    ['\\~~a~~ \\||b||', '~~a~~ ||b||'],
    ['\\[a](http://b.example)', '[a](<http://b.example>)'],
    ['\\@ada', '@ada'],
    ['\\:wave:', ':wave:'],
    ['\\> a', '> a'],
    ['\\- a', '- a'],
    ['1\\. a', '1. a'],
    ['.\\.venv', '.\\.venv'],
    ['\\\\', '\\'],
    ['\\\\*a*', '\\<emphasis>a</emphasis>'],
  ])('is taken away by a backslash: %s', (text, tree) => {
    expect(read(text)).toBe(tree);
  });
});

describe('links in a text', () => {
  it.each([
    ['[a](http://b.example)', '<link http://b.example>a</link>'],
    ['[a](HTTPS://b.example/c?d=e#f)', '<link HTTPS://b.example/c?d=e#f>a</link>'],
    ['[a **b** `c`](https://d.example/)', '<link https://d.example/>a <strong>b</strong> <code>c</code></link>'],
    ['**[a](http://b.example)**', '<strong><link http://b.example>a</link></strong>'],
    ['[a](http://b.example/c_(d)_e).', '<link http://b.example/c_(d)_e>a</link>.'],
    ['[a](http://[::1]:1578/b)', '<link http://[::1]:1578/b>a</link>'],
    ['[[a]](http://b.example)', '<link http://b.example>[a]</link>'],
    ['[a *b](http://c.example) d*', '<link http://c.example>a *b</link> d*'],
    ['[@ada :wave:](http://b.example)', '<link http://b.example>@ada <wave 👋></link>'],
    ['[https://a.example/b](https://a.example/c)', '<link https://a.example/c>https://a.example/b</link>'],
    ['[a [b](http://c.example) d](http://e.example)', '[a <link http://c.example>b</link> d](<http://e.example>)'],
    ['see www.a.example, ada@a.example', 'see <https://www.a.example>, <mailto:ada@a.example>'],
    ['**https://a.example/b**', '<strong><https://a.example/b></strong>'],
    ['||https://a.example/b||', '<spoiler><https://a.example/b></spoiler>'],
    ['https://a.example/*b*_c_~~d~~', '<https://a.example/*b*_c_~~d>~~'],
  ])('are: %s', (text, tree) => {
    expect(read(text)).toBe(tree);
  });

  it.each([
    '[a](javascript:alert(1))',
    '[a](data:text/html,x)',
    '[a](ftp://b.example)',
    '[a](//b.example)',
    '[a](/b)',
    '[a](mailto:b)',
    '[a](http://)',
    '[a] (b)',
    '[a]',
    '[a](',
    '![a](javascript:b)',
  ])('are nothing else: %s', (text) => {
    expect(read(text)).toBe(text);
  });

  it.each([
    ['[](http://b.example)', '[](<http://b.example>)'],
    ['[\u200b](http://b.example)', '[\u200b](<http://b.example>)'],
    ['[a](http://b.example "c")', '[a](<http://b.example> "c")'],
    ['[https://bank.example](https://evil.example)', '[<https://bank.example>](<https://evil.example>)'],
    [
      '[**www.bank.example**](https://evil.example)',
      '[<strong><https://www.bank.example></strong>](<https://evil.example>)',
    ],
    ['[||a||](http://b.example)', '[<spoiler>a</spoiler>](<http://b.example>)'],
    ['[ada@bank.example](https://evil.example)', '[<mailto:ada@bank.example>](<https://evil.example>)'],
  ])('show where they lead, or are addresses only: %s', (text, tree) => {
    expect(read(text)).toBe(tree);
  });

  it('are no images', () => {
    expect(read('![a](http://b.example/c.png)')).toBe('!<link http://b.example/c.png>a</link>');
  });
});

describe('shortcodes in a text', () => {
  it.each([
    [':wave:', '<wave 👋>'],
    [':wave::+1: a', '<wave 👋><+1 👍> a'],
    ['(:wave:)!', '(<wave 👋>)!'],
    ['你好:wave:吧', '你好<wave 👋>吧'],
    ['**:wave:**', '<strong><wave 👋></strong>'],
    [':nothing: :wave', ':nothing: :wave'],
    ['a:wave:', 'a:wave:'],
    [':wave:a', ':wave:a'],
    ['10:100:20', '10:100:20'],
    ['std::wave::a', 'std::wave::a'],
  ])('become emoji where they are known and stand apart: %s', (text, tree) => {
    expect(read(text)).toBe(tree);
  });
});

describe('blocks of a text', () => {
  it.each([
    ['```\na\n  b\n```', '<pre null>a\n  b</pre>'],
    ['```ts\na\n```', '<pre ts>a</pre>'],
    ['```c++ title\na\n```', '<pre c++>a</pre>'],
    ['a\n```\nb\n```\nc', 'a¶<pre null>b</pre>¶c'],
    ['a\n\n```\nb\n```\n\nc', 'a¶<pre null>b</pre>¶c'],
    ['````\n```\n````', '<pre null>```</pre>'],
    ['```\r\na\r\n```\r\n', '<pre null>a</pre>'],
    ['> a\n> b', '<quote>a\nb</quote>'],
    ['> a\nb', '<quote>a</quote>¶b'],
    ['a\n> b', 'a¶<quote>b</quote>'],
    ['> a\n>\n> b', '<quote>a\n\nb</quote>'],
    ['> > a\n> b', '<quote><quote>a</quote>¶b</quote>'],
    ['>> a', '<quote><quote>a</quote></quote>'],
    ['> ```\n> a\n> ```', '<quote><pre null>a</pre></quote>'],
    ['- a\n- b', '<list null><item>a</item><item>b</item></list>'],
    ['1. a\n2. b', '<list 1><item>a</item><item>b</item></list>'],
    ['3. a\n4. b', '<list 3><item>a</item><item>b</item></list>'],
    [
      '- a\n  - b\n    - c\n- d',
      '<list null><item>a¶<list null><item>b¶<list null><item>c</item></list></item></list></item><item>d</item></list>',
    ],
    ['1. a\n   - b\n2. c', '<list 1><item>a¶<list null><item>b</item></list></item><item>c</item></list>'],
    ['- a\n\n- b\n\nc', '<list null><item>a</item><item>b</item></list>¶c'],
    ['- a\n  b\n\n  c', '<list null><item>a\nb\n\nc</item></list>'],
    ['- a\n1. b', '<list null><item>a</item></list>¶<list 1><item>b</item></list>'],
    ['- ```\n  a\n  ```', '<list null><item><pre null>a</pre></item></list>'],
    [
      '- **a**\n- [b](http://c.example)',
      '<list null><item><strong>a</strong></item><item><link http://c.example>b</link></item></list>',
    ],
  ])('are: %j', (text, tree) => {
    expect(read(text)).toBe(tree);
  });

  it.each([
    '```\na',
    '```\n```',
    '````\na\n```',
    '>a',
    '>_< and >:(',
    '>',
    '-a',
    '-',
    '- ',
    '---',
    '1.a',
    '1) a',
    '* a\n+ b',
    'That was in\n1984. After that',
    '# a\n## b',
    '    a',
    '<b>a</b>\n<!-- c -->',
    '| a | b |',
    '\n  first\n\n\tsecond  \n\nthird \n',
  ])('are nothing else: %j', (text) => {
    expect(read(text)).toBe(text);
  });

  it('are not nested without end', () => {
    expect(outline(parseText(`${'> '.repeat(30)}a`)).match(/<quote>/g)).toHaveLength(6);
    expect(outline(parseText(`${'- '.repeat(30)}a`)).match(/<list/g)).toHaveLength(6);
    expect(outline(parseText('*a **b ~~c ||d '.repeat(30) + '|| ~~ ** *'.repeat(30)))).not.toMatch(/(<\w+>[^<]*){9}/);
  });
});

describe('any text', () => {
  const pieces = [
    '*',
    '**',
    '~~',
    '||',
    '`',
    '```',
    '[',
    '](http://a.example)',
    '\\',
    '@ada',
    '@"a b"',
    ':wave:',
    '> ',
    '- ',
  ];
  const markup = fc.array(fc.constantFrom(...pieces, '1. ', '\n', '\n\n', '  ', 'a', '日', '🐟', 'www.a.example', ')'));

  it('has a tree that shows its characters, apart from markup, in their order', () => {
    fc.assert(
      fc.property(
        markup.map((all) => all.join('')),
        (text) => {
          const shown = plainText(parseText(text))
            .replaceAll('[spoiler]', '')
            .replace(/[^a日🐟]/gu, '');
          let at = 0;
          for (const character of shown) {
            at = text.indexOf(character, at);
            expect(at).toBeGreaterThanOrEqual(0);
            at += character.length;
          }
        },
      ),
    );
  });

  it('that has no markup is one plain text, byte for byte', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/[\\`*~|[\]@:.>\n\r-]/.test(text));
        expect(parseText(text)).toEqual([{ kind: 'paragraph', inlines: [{ kind: 'text', text }] }]);
      }),
    );
  });

  // Time that grows with the square of the length would be much longer than a test may take.
  it.each([
    ...[
      '*',
      '**',
      '***',
      '*a ',
      ' *a',
      '**a*b',
      '~~a ',
      '||',
      '||a ',
      '|a',
      '`',
      '` ``',
      '`a``b',
      '[',
      '[a',
      '[a](',
      '[a]('.concat('http://b'),
      '](',
      ']',
    ],
    ...[
      '[a](http://b.example) ',
      '[*a](http://b',
      '\\',
      '\\*',
      '@',
      '@a',
      '@"',
      '@"a',
      '@a-',
      ':',
      ':a',
      ':a:',
      'www.a.bc ',
      'a@b.cd*',
    ],
    ...[
      '> ',
      '>',
      '> \n',
      '>\n',
      '- ',
      '- a\n',
      '-\n',
      '1. ',
      '1. a\n',
      '\n',
      '\n ',
      ' \n',
      '```\n',
      '```a\n',
      '```\n\n',
      '  - a\n',
      '- \t',
    ],
    ...[
      '> - ',
      '- > ```\n',
      '> > > a\n',
      '*a **b ~~c ||d `e [f ',
      '||a|| **b** ',
      '(*',
      '*)',
      '[[a]](http://b)',
      '\u202e*',
      '日*本*',
    ],
  ])('takes time linear in its length: %j', (piece) => {
    for (const end of ['', `${'x'.repeat(60_000)}${piece}`])
      expect(parseText(piece.repeat(60_000 / piece.length) + end).length).toBeGreaterThan(0);
  });

  it('takes time linear in its length where lists and quotes get deeper with each line', () => {
    const deeper = (mark: string) => Array.from({ length: 700 }, (_, n) => `${' '.repeat(2 * n)}${mark}a`).join('\n');
    for (const mark of ['- ', '1. ', '> ']) expect(parseText(deeper(mark)).length).toBeGreaterThan(0);
  });
});
