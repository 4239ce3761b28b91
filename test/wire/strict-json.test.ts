import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from '../../src/adapters/wire/strict-json.ts';

const isRefused = (text: string): boolean => {
  try {
    parseStrictJson(text);
    return false;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return true;
  }
};

describe('NM-1: JSON with doubled keys', () => {
  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"\\u00e9":1,"é":2}',
    '{"text":"x","client_id":"1","text":"y"}',
    '{"a":{"b":1,"b":2}}',
    '[1,[{"a":null,"b":0, "a"\n:\t3}]]',
    '{"":1,"":2}',
    '{"__proto__":1,"__proto__":2}',
    '{"a\\\\":1,"a\\\\":2}',
    '{"\\"":1,"\\"":2}',
    '{"a":{"a":1},"b":{"a":1},"b":2}',
    '{"text":"\\":","text":"\\" :"}',
  ])('is refused: %s', (text) => {
    expect(isRefused(text)).toBe(true);
  });

  it.each([
    '{"a":1,"A":2}',
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"\\"a\\":1,\\"a\\":2"}',
    '{"text":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a\\\\":1,"a":2}',
    '["a:", ":", "\\":"]',
    '{"\u00e9":1,"e\u0301":2}',
    '{"__proto__":{"x":1},"constructor":2}',
    '{"text":"\\":\\" :\\\\\\":","b" :["\\":"]}',
    'null',
    '"a"',
    '0',
    '[]',
  ])('is not taken for what it is not: %s', (text) => {
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  it('is told from whatever JSON.stringify makes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(isRefused(JSON.stringify(value, null, 1))).toBe(false);
      }),
    );
  });

  it('is found in the deepest and the densest text that a body can hold', () => {
    expect(isRefused('['.repeat(32_000) + ']'.repeat(32_000))).toBe(false);
    expect(isRefused(`${'{"a":'.repeat(9_000)}{"b":1,"b":2}${'}'.repeat(9_000)}`)).toBe(true);
    expect(isRefused(`["${'\\\\'.repeat(30_000)}"]`)).toBe(false);
    expect(isRefused(`[${Array.from({ length: 16_000 }, () => '""').join()}]`)).toBe(false);
  });

  it.each(['{', '{"a":1,}', '', 'undefined', '{"a":1}x'])('and what is no JSON is refused as before: %j', (text) => {
    expect(isRefused(text)).toBe(true);
  });
});
