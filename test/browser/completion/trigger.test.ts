import { describe, expect, it } from 'vitest';
import { triggerAt } from '../../../src/adapters/browser/composer/completion/trigger.ts';

/** What is completed at the `|` in a text, with its sign. */
function completed(marked: string): string | undefined {
  const caret = marked.indexOf('|');
  const found = triggerAt(marked.replace('|', ''), caret);
  return found && marked.slice(found.start, caret);
}

describe('completion', () => {
  it.each([
    ['@|', '@'],
    ['@le|', '@le'],
    ['Hello @Du|', '@Du'],
    ['(@le|', '@le'],
    ['one\n@le|', '@le'],
    ['before @le| after', '@le'],
    ['before @le|after', '@le'],
    ['@bob @le|', '@le'],
    ['@jean du|', '@jean du'],
    ['@"Mei L|', '@"Mei L'],
    ['@"|', '@"'],
    ['**@le|', '@le'],
    ['`code` @le|', '@le'],
    ['```\ncode\n```\n@le|', '@le'],
    ['one ` two\n\n@le|', '@le'],
    ['\\` @le|', '@le'],
    ['@Ελένη|', '@Ελένη'],
    ['@美|', '@美'],
    ['日本@b|', '@b'],
  ])('of people begins in %j', (text, expected) => {
    expect(completed(text)).toBe(expected);
  });

  it.each([
    ['', '|'],
    ['in the middle of a word, as in an e-mail', 'a@b|'],
    ['in the middle of a word with accents', 'é@b|'],
    ['after a digit', '1@b|'],
    ['after another @', '@@b|'],
    ['before a space', '@ le|'],
    ['escaped', '\\@le|'],
    ['in an address', 'https://example.org/@le|'],
    ['in the query of an address', 'https://example.org/?by=@le|'],
    ['in an address without a scheme', 'www.example.org/?by=@le|'],
    ['in code', '`@le|'],
    ['in code with spaces', '`one two @le|'],
    ['in code of two backticks with one inside', '``one ` @le|'],
    ['in code after other code', '`one` `@le|'],
    ['in code on the next line', '`one\n@le|'],
    ['in a fence', '```ts\n@le|'],
    ['in a fence with a blank line', '```\n\n@le|'],
    ['in a fence that a shorter run does not close', '````\n```\n@le|'],
    ['in the first line of a fence', '```@le|'],
    ['in a quote', '> @le|'],
    ['after a finished name', '@"Mei Ling"|'],
    ['on the next line', '@le\n|'],
    ['before the sign', '|@le'],
  ])('of people does not begin %s', (_where, text) => {
    expect(completed(text)).toBeUndefined();
  });

  it.each([
    [':ta|', ':ta'],
    [':tada|', ':tada'],
    ['Hello :TA|', ':TA'],
    ['(:ta|', ':ta'],
    ['🎉:ta|', ':ta'],
    [':tada: :ta|', ':ta'],
    ['@bob :ta|', ':ta'],
    [':+1|', ':+1'],
    [':-1|', ':-1'],
    [':100a|', ':100a'],
    [':1st|', ':1st'],
    [':e-mail|', ':e-mail'],
    ['> :ta|', ':ta'],
    ['before :ta| after', ':ta'],
  ])('of emoji begins in %j', (text, expected) => {
    expect(completed(text)).toBe(expected);
  });

  it.each([
    ['by one letter', ':t|'],
    ['after a finished shortcode', ':tada:|'],
    ['in a time', '10:30|'],
    ['in a time without hours', ':30|'],
    ['within a word', 'note:ta|'],
    ['after another colon, as in std::vector', '::ta|'],
    ['in a face', ':-D|'],
    ['in another face', ':)|'],
    ['in an address', 'https://example.org/:ta|'],
    ['escaped', '\\:ta|'],
    ['in code', '`:ta|'],
    ['after a space', ':ta da|'],
  ])('of emoji does not begin %s', (_where, text) => {
    expect(completed(text)).toBeUndefined();
  });

  it('looks at no more text than a name has', () => {
    expect(completed(`@${'a'.repeat(79)}|`)).toBe(`@${'a'.repeat(79)}`);
    expect(completed(`@${'a'.repeat(80)}|`)).toBeUndefined();
  });
});
