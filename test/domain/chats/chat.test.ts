import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatName } from '../../../src/domain/chats/chat.ts';
import { codePoints } from '../../../src/domain/code-points.ts';
import { refusal } from '../refusal.ts';

describe("a chat's name", () => {
  it('has 1 to 80 code points', () => {
    expect(chatName('a')).toBe('a');
    expect(chatName('x'.repeat(80))).toBe('x'.repeat(80));
    expect(chatName('😀'.repeat(80))).toBe('😀'.repeat(80));
    expect(refusal(() => chatName(''))).toBe('invalid_chat_name');
    expect(refusal(() => chatName('x'.repeat(81)))).toBe('invalid_chat_name');
    expect(refusal(() => chatName('😀'.repeat(81)))).toBe('invalid_chat_name');
  });

  it('is trimmed and composed before it is measured', () => {
    expect(chatName(`  ${'x'.repeat(80)}\n`)).toBe('x'.repeat(80));
    expect(chatName('e\u0301'.repeat(80))).toBe('\u00e9'.repeat(80));
    expect(refusal(() => chatName(' \t\n\u00a0 '))).toBe('invalid_chat_name');
  });

  it('may hold what usernames may not: a colon, a family of emoji', () => {
    expect(chatName('Q&A: today')).toBe('Q&A: today');
    expect(chatName('👩‍👩‍👧‍👦 home')).toBe('👩‍👩‍👧‍👦 home');
  });

  it.each([
    ['a line feed', 'a\nb'],
    ['a NUL', 'a\0b'],
    ['a C1 control', 'a\u0085b'],
    ['half a surrogate pair', 'a\udc00b'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ['a noncharacter', 'a\uffffb'],
    ['an object replacement character', 'a\ufffcb'],
  ])('has no %s', (_what, name) => {
    expect(refusal(() => chatName(name))).toBe('invalid_chat_name');
  });

  it('is, if it is one, within its bounds and the same when made again', () => {
    const anyName = fc.string({ unit: 'binary', maxLength: 100 });
    fc.assert(
      fc.property(anyName, (text) => {
        fc.pre(refusal(() => chatName(text)) === undefined);
        const name = chatName(text);
        expect(chatName(name)).toBe(name);
        expect(codePoints(name)).toBeGreaterThanOrEqual(1);
        expect(codePoints(name)).toBeLessThanOrEqual(80);
      }),
    );
  });
});
