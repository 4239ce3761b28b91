import { describe, expect, it } from 'vitest';
import { hasKeyword, keywords } from '../../../src/domain/attention/keywords.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { refusal } from '../refusal.ts';

const has = (text: string, ...words: readonly string[]) => hasKeyword(messageBody(text), keywords(words));

describe('keywords', () => {
  it('are found as whole words, in upper and lower case, at the ends and beside punctuation', () => {
    for (const text of ['deploy', 'Deploy!', 'the DEPLOY, now', '(deploy)', 'ｄｅｐｌｏｙ', 'a\ndeploy\nb'])
      expect([text, has(text, 'deploy')]).toEqual([text, true]);
    for (const text of ['deployed', 'redeploy', 'deploy_key', 'déployé', 'deploy2', 'de ploy'])
      expect([text, has(text, 'deploy')]).toEqual([text, false]);
  });

  it('are found where an earlier occurrence is part of a longer word', () => {
    expect(has('redeploy and deploy', 'deploy')).toBe(true);
  });

  it('may be phrases, names with punctuation, and emoji', () => {
    expect(has('the release   train left', 'release train')).toBe(true);
    expect(has('C++ or c?', 'c++')).toBe(true);
    expect(has('we ship 🚢 today', '🚢')).toBe(true);
  });

  it('are found within text whose script puts no spaces between words', () => {
    expect(has('明日は会議です', '会議')).toBe(true);
    expect(has('พรุ่งนี้มีประชุมครับ', 'ประชุม')).toBe(true);
  });

  it('are found through markup and in code, and not in quotes, spoilers and the targets of links', () => {
    expect(has('**dep**loy', 'deploy')).toBe(true);
    expect(has('`deploy`', 'deploy')).toBe(true);
    expect(has('> deploy\n\nno', 'deploy')).toBe(false);
    expect(has('||deploy||', 'deploy')).toBe(false);
    expect(has('||x||', 'spoiler')).toBe(false);
    expect(has('[here](https://example.org/deploy)', 'deploy')).toBe(false);
  });

  it('are kept as written, without blanks around them, each once', () => {
    expect(keywords([' Deploy ', 'deploy', '', '  ', 'a \t b'])).toEqual(['Deploy', 'a b']);
  });

  it('are at most 50, of at most 64 characters that show something', () => {
    expect(keywords(Array.from({ length: 50 }, (_, n) => `word${n}`))).toHaveLength(50);
    expect(keywords(['🐟'.repeat(64)])).toHaveLength(1);
    for (const words of [Array.from({ length: 51 }, (_, n) => `word${n}`), ['x'.repeat(65)], ['\u200b'], ['a\u0000b']])
      expect(refusal(() => keywords(words))).toBe('invalid_notifications');
  });

  it('are looked for in a text of 10,000 characters in a time that grows with its length only', () => {
    expect(has(`${'a'.repeat(9_999)} `, 'aa')).toBe(false);
  });
});
