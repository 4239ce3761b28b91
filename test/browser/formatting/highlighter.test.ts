import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bundleAlone } from '../../../scripts/bundle-client.ts';
import type { Coloured } from '../../../src/adapters/browser/formatting/code/coloured.ts';

// Built, since the types of highlight.js bring those of the DOM with them.
const script = await bundleAlone('src/adapters/browser/formatting/code/highlighter.ts');
const { highlighted }: { highlighted(code: string, language: string): Coloured } = await import(
  `data:text/javascript,${encodeURIComponent(script)}`
);

it.each([
  ['ts', 'const a = 1;', 'const', 'keyword'],
  ['typescript', '// why', '// why', 'comment'],
  ['py', 'def f(): return "x"', '"x"', 'string'],
  ['html', '<b title="x">', '"x"', 'string'],
  ['diff', '-a\n+b', '+b', 'added'],
  ['c++', 'int n = 42;', '42', 'number'],
  ['sh', 'if true; then', 'if', 'keyword'],
])('code in %s has tints: %s', (language, code, text, tint) => {
  const pieces = highlighted(code, language);
  expect(pieces.map(([piece]) => piece).join('')).toBe(code);
  expect(pieces).toContainEqual([text, tint]);
});

it('code of an unknown language is plain', () => {
  expect(highlighted('<b>&amp;', 'nothing')).toEqual([['<b>&amp;', null]]);
});

it('pieces of code are the code again, whatever it is', () => {
  const languages = fc.constantFrom(
    'ts',
    'html',
    'css',
    'json',
    'bash',
    'python',
    'sql',
    'yaml',
    'markdown',
    'diff',
    'php',
  );
  const pieces = fc.constantFrom(
    '<',
    '>',
    '&',
    '&lt;',
    '"',
    "'",
    '`',
    '${',
    '}',
    '/*',
    '//',
    '#',
    'if',
    '\n',
    '</span>',
    'é',
    '🐟',
  );
  fc.assert(
    fc.property(languages, fc.array(pieces), (language, all) => {
      const code = all.join('');
      expect(
        highlighted(code, language)
          .map(([piece]) => piece)
          .join(''),
      ).toBe(code);
    }),
  );
});
