import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoints } from '../../../../src/domain/code-points.ts';
import { parseText } from '../../../../src/domain/messages/text/parse-text.ts';
import { plainText, snippetOf } from '../../../../src/domain/messages/text/plain-text.ts';

describe('the plain text of a tree', () => {
  it.each([
    ['Good morning!', 'Good morning!'],
    ['**a** *b* ~~c~~ `d`', 'a b c d'],
    ['a ||secret|| b', 'a [spoiler] b'],
    ['**||secret||**', '[spoiler]'],
    ['```ts\nconst a = 1;\n```', 'const a = 1;'],
    ['a\n> b\n> c\nd', 'a\n> b\n> c\nd'],
    ['- a\n- b', '- a\n- b'],
    ['2. a\n3. b', '2. a\n3. b'],
    ['[a](http://b.example) www.c.example', 'a www.c.example'],
    ['@"Mei Ling" \\*', '@Mei Ling *'],
  ])('is without markup and without the words of spoilers: %j', (text, plain) => {
    expect(plainText(parseText(text))).toBe(plain);
  });

  it('has the emoji of a shortcode', () => {
    expect(plainText(parseText(':wave: :x:', (name) => (name === 'wave' ? '👋' : undefined)))).toBe('👋 :x:');
  });
});

describe('a snippet', () => {
  it('is the plain text on one line', () => {
    expect(snippetOf('  **a**\n\n- b\t c\n- ||d||  ')).toBe('a - b c - [spoiler]');
    expect(snippetOf(':wave:', () => '👋')).toBe('👋');
  });

  it('has 140 code points at most', () => {
    expect(snippetOf('a'.repeat(140))).toBe('a'.repeat(140));
    expect(snippetOf('a'.repeat(141))).toBe('a'.repeat(140));
    expect(snippetOf('🐟'.repeat(140))).toBe('🐟'.repeat(140));
    expect(snippetOf('🐟'.repeat(141))).toBe('🐟'.repeat(140));
  });

  it('ends before a character that has no room, and cuts one only that fills it alone', () => {
    const family = '👩‍👩‍👧';
    expect(snippetOf(`${'a'.repeat(137)}${family}`)).toBe('a'.repeat(137));
    expect(snippetOf(`${'a'.repeat(135)}${family}`)).toBe(`${'a'.repeat(135)}${family}`);
    expect(snippetOf(`e${'\u0301'.repeat(200)}`)).toBe(`e${'\u0301'.repeat(139)}`);
  });

  it.each([
    ['a spoiler', `a ||${'secret '.repeat(300)}||`, 'a [spoiler]'],
    ['a spoiler after an emoji', `🐟 **b** ||${'s'.repeat(2_000)}||`, '🐟 b [spoiler]'],
    ['a block of code', `\`\`\`js\n${'x\n'.repeat(900)}\`\`\``, 'x '.repeat(70).trim()],
  ])('is made of the beginning only, as if %s were closed there', (_, text, snippet) => {
    expect(snippetOf(text)).toBe(snippet);
    expect(snippetOf([...text].slice(0, 1_000).join(''))).toBe(snippet);
  });

  it.each([
    ['the closing mark is cut in two', `||SECRET${'x'.repeat(991)}||> "`],
    ['backticks follow the opening mark', `||\`\`\`\nSECRET**> ${'x'.repeat(980)}||`],
    ['a fence is never closed', `\`\`\`\na ||SECRET ${'x'.repeat(1_000)}||`],
    ['code reaches across a mark and across the beginning', `||a \`b|| SECRET ${'x'.repeat(1_000)}\` c||`],
  ])('shows no words of a spoiler that ends behind the beginning, where %s', (_, text) => {
    expect(hiddenIn(parseText(text))).toContain('SECRET');
    expect(snippetOf(text)).not.toContain('SECRET');
  });

  it('shows no words of a spoiler, whatever markup is around the end of the beginning', () => {
    const some = (most: number) => fc.array(fc.constantFrom(...MARKUP), { maxLength: most }).map((all) => all.join(''));
    const around = fc.tuple(some(4), some(3), some(4), fc.integer({ min: 985, max: 1_004 }), some(6), some(3));
    fc.assert(
      fc.property(around, ([before, opening, inside, length, closing, after]) => {
        const begun = `${before}||${opening}SECRET${inside}`;
        const text = `${begun.padEnd(length, 'x')}${closing}||${after}`;
        fc.pre(hiddenIn(parseText(text)).includes('SECRET'));
        expect(snippetOf(text)).not.toContain('SECRET');
      }),
      { numRuns: 300 },
    );
  });

  it('is well-formed, on one line and not too long whatever the text', () => {
    const texts = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('||', '\n', '🐟', '👩‍👩‍👧')));
    fc.assert(
      fc.property(
        texts.map((all) => all.join('')),
        (text) => {
          const snippet = snippetOf(text);
          expect(snippet.isWellFormed() && !/[\r\n]/.test(snippet)).toBe(true);
          expect(codePoints(snippet)).toBeLessThanOrEqual(140);
        },
      ),
    );
  });
});

const MARKUP = [
  '**',
  '*',
  '~~',
  '`',
  '``',
  '||',
  '|',
  '\n',
  '> ',
  '- ',
  '[',
  '](https://a.b)',
  '```\n',
  '\\',
  ' ',
  'word ',
  '"',
];

/** What is in spoilers, as JSON. */
function hiddenIn(part: unknown): string {
  if (Array.isArray(part)) return part.map(hiddenIn).join('');
  if (typeof part !== 'object' || part === null) return '';
  return 'kind' in part && part.kind === 'spoiler' ? JSON.stringify(part) : hiddenIn(Object.values(part));
}
