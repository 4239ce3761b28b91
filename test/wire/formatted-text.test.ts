import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTemplates } from '../../src/adapters/http/pages/templates.ts';
import { formatter } from '../../src/adapters/wire/formatted-text.ts';
import { NO_DETAILS, type WireMessage } from '../../src/adapters/wire/message.ts';
import { emojiOf } from '../../src/domain/messages/text/emoji-of.ts';

const { partial } = openTemplates(join(import.meta.dirname, '../../templates'));
const format = formatter({ emojiOf, render: partial('/partials/text') });

function formatted(text: string, mentioned: WireMessage['mentioned'] = []) {
  const author = { id: 1, username: 'ada' };
  const at = { id: 1, chat_id: 1, position: 1, revision: 1, client_id: null, sent_at: '2026-03-01T09:05:00.000Z' };
  return format({ ...at, ...NO_DETAILS, kind: 'text', author, text, mentioned }, 7);
}

describe('formatted text', () => {
  it.each([
    ['**a** *b* ~~c~~ `d`', '<strong>a</strong> <em>b</em> <s>c</s> <code>d</code>'],
    [':wave:', '<span class="emoji" title=":wave:">👋</span>'],
    ['> a\n> - b', '<blockquote><p>a</p><ul><li>b</li></ul></blockquote>'],
    [
      '3. a\n   ```\n   b\n   ```',
      /^<ol start="3"><li>a<div class="code">.*<code>b<\/code><\/pre><\/div><\/li><\/ol>$/,
    ],
    ['```TS\n<b>\n```', /<code data-language="ts">&lt;b&gt;<\/code>/],
    ['||a||', /^<label class="spoiler"><input type="checkbox" aria-label="Show spoiler"><span>a<\/span><\/label>$/],
    ['||a ||b|| c||', /^<label class="spoiler"><input[^>]*><span>a b c<\/span><\/label>$/],
    ['[a](https://b.example/"c")', /^\[a\]/],
    [
      '[a](https://b.example/?c&d)',
      /^<a class="link" href="https:\/\/b.example\/\?c&amp;d" target="_blank" rel="noopener nofollow">a<\/a>$/,
    ],
    ['ada@a.example', '<a href="mailto:ada@a.example" rel="noopener nofollow">ada@a.example</a>'],
  ])('of %j is the markup of its subset', (text, html) => {
    if (typeof html === 'string') expect(formatted(text).html).toBe(html);
    else expect(formatted(text).html).toMatch(html);
  });

  it('shows as mentions the names that the message mentions, and those of the viewer marked', () => {
    const mentioned = [
      { name: 'bob', user_ids: [7] },
      { name: 'Mei Ling', user_ids: [8] },
    ];
    const { html } = formatted('@bob @"Mei Ling" @cleo @"Jean Dubois" `@bob`', mentioned);
    expect(html).toMatch(
      /^<a class="mention mention-of-viewer" href="\/chat\/1\/members\?person=7#member-7" data-hue="\d" dir="auto">@bob<\/a> /,
    );
    expect(html).toContain('>@Mei Ling</a> @cleo @&quot;Jean Dubois&quot; <code>@bob</code>');
    expect(formatted('> @bob', mentioned).html).toBe('<blockquote><p>@bob</p></blockquote>');
  });

  it('links a mention of all to all members', () => {
    expect(formatted('@all', [{ name: 'all', user_ids: [1, 7] }]).html).toContain('href="/chat/1/members"');
  });

  it.each([
    ['**a** [b](https://c.example) ||d||', null],
    ['- a\n  - b\n- c\n> d\n> e\n```js\nf\n```', null],
    ['\\*a\\*', '\\*a\\*'],
    ['a\n\n> b', 'a\n\n> b'],
    ['@"ada"', '@"ada"'],
  ])('carries its source only where it could be written in other ways too: %j', (text, source) => {
    expect(formatted(text).source).toBe(source);
  });

  it('is emoji only where shortcodes are all that it has', () => {
    expect(formatted(':tada: 🐟').isEmojiOnly).toBe(true);
    expect(formatted(':tada: **🐟**').isEmojiOnly).toBe(false);
    expect(formatted(':tada: a').isEmojiOnly).toBe(false);
  });
});
