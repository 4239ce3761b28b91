import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textParts } from '../../src/adapters/wire/text-parts.ts';

const linksIn = (text: string) => textParts(text).flatMap(({ href }) => href ?? []);

describe('XS-3: the links in a text', () => {
  it.each([
    ['http://example.org', ['http://example.org']],
    ['HTTPS://Example.org/A?b=c#d', ['HTTPS://Example.org/A?b=c#d']],
    ['a https://a.example and http://b.example:8080/x', ['https://a.example', 'http://b.example:8080/x']],
    ['http://[::1]:1578/chat/1', ['http://[::1]:1578/chat/1']],
    ['https://müller.example/straße', ['https://müller.example/straße']],
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
  ])('end before the punctuation of the sentence: %s', (text, link) => {
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
  ])('are nothing else: %s', (text) => {
    expect(linksIn(text)).toEqual([]);
  });

  it('end at what cannot be seen and could turn an address around', () => {
    expect(linksIn('https://example.org/\u202Egpj.exe')).toEqual(['https://example.org/']);
    expect(linksIn('https://exa\u200Bmple.org')).toEqual(['https://exa']);
  });

  it('leave the text as it is', () => {
    const pieces = fc.constantFrom('https://', 'http://a.b', '(', ')', '.', ' ', 'x', '\n', '"', '🐟', '\u202E');
    fc.assert(
      fc.property(
        fc.array(pieces).map((all) => all.join('')),
        (text) => {
          expect(textParts(text).map((part) => part.text)).toEqual(
            textParts(text).map((part) => part.href ?? part.text),
          );
          expect(
            textParts(text)
              .map((part) => part.text)
              .join(''),
          ).toBe(text);
          for (const link of linksIn(text)) expect(link).toMatch(/^https?:\/\/\S+$/i);
        },
      ),
    );
  });
});
