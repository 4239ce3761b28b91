import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { etaTemplates } from '../../scripts/bundle-client.ts';
import { openTemplates } from '../../src/adapters/http/pages/templates.ts';
import { faceOf } from '../../src/adapters/wire/face.ts';
import { formatter } from '../../src/adapters/wire/formatted-text.ts';
import type { WireMembers } from '../../src/adapters/wire/members.ts';
import { NO_DETAILS, type WireMessage } from '../../src/adapters/wire/message.ts';
import { messageRow, type RowOptions } from '../../src/adapters/wire/message-row.ts';
import type { ShownRole } from '../../src/domain/chats/membership.ts';
import { emojiOf } from '../../src/domain/messages/text/emoji-of.ts';

type Render = (message: WireMessage, options: Omit<RowOptions, 'format'>) => string;

const root = join(import.meta.dirname, '../..');
const templates = join(root, 'templates');
const { partial } = openTemplates(templates);
const format = formatter({ emojiOf, render: partial('/partials/text') });
const onServer: Render = (message, options) =>
  partial('/partials/message')(messageRow(message, { ...options, format }));
let inBrowser: Render;

beforeAll(async () => {
  const render = await built<{ readonly render: Render }>(`
    import message from './templates/partials/message.eta';
    import text from './templates/partials/text.eta';
    import { formatter } from './src/adapters/wire/formatted-text.ts';
    import { messageRow } from './src/adapters/wire/message-row.ts';
    import { emojiOf } from './src/domain/messages/text/emoji-of.ts';
    const format = formatter({ emojiOf, render: text });
    export const render = (it, options) => message(messageRow(it, { ...options, format }));
  `);
  inBrowser = render.render;
});

const plain: WireMessage = {
  id: 1,
  chat_id: 1,
  position: 12,
  revision: 13,
  client_id: '0lq3x-ab_c',
  kind: 'text',
  author: { id: 7, username: 'ada' },
  text: 'Good morning!',
  sent_at: '2026-03-01T09:05:00.000Z',
  ...NO_DETAILS,
};

const awkward: readonly (readonly [string, Partial<WireMessage>])[] = [
  ['nothing special', {}],
  ['quotes of all kinds', { text: `"double" 'single' \`back\` \\ back\\slash` }],
  ['a script', { text: '<script>alert("hi")</script>' }],
  ['an end tag and a comment', { text: '</p></article><!-- -->' }],
  ['entities', { text: '&amp; &lt; &#39; &' }],
  ['a template of its own', { text: `<%= it.message.id %> \${it} <% } %>` }],
  ['emoji', { text: '🐟👩‍👩‍👧 🇳🇴' }],
  ['lines and spaces', { text: '\n  first\n\n\tsecond  \r\nthird \n' }],
  ['both directions', { text: 'abc שלום \u202E def', author: { id: 8, username: 'שלום' } }],
  ['a name that would be markup', { author: { id: 9, username: '<b title="x">\'bo\'</b>' } }],
  ['links', { text: 'see https://example.org/?a=1&b="2" and javascript:alert(1)' }],
  ['a link with markup in it', { text: 'http://a/<script>alert(1)</script>' }],
  ['nothing but emoji', { text: '🐟 👩‍👩‍👧' }],
  ['no client id', { client_id: null }],
  [
    'files of all kinds',
    {
      text: 'look, *there*',
      files: [
        { id: 1, name: '"><b>.png', type: 'image/png', bytes: 12_345, width: 40, height: 30 },
        { id: 2, name: 'a.mp4', type: 'video/mp4', bytes: 1 },
        { id: 3, name: 'a.mp3', type: 'audio/mpeg', bytes: 999 },
        { id: 4, name: 'שלום.svg', type: 'application/octet-stream', bytes: 1_500_000_000 },
      ],
    },
  ],
  ['a file and no text', { text: '', files: [{ id: 1, name: 'a.pdf', type: 'application/pdf', bytes: 5 }] }],
  ['a notice', { kind: 'notice', client_id: null, text: '<i>ada</i> joined' }],
  ['separators that end lines in old scripts', { text: 'a\u2028b\u2029c' }],
  ['a post that is not stored yet', { id: 0, position: -1, revision: -1 }],
];

for (const own of [true, false]) {
  test.each(awkward)(`browser and server render ${own ? 'my own' : "another's"} message alike: %s`, (_, change) => {
    const options = { viewerId: own ? 7 : 1, continued: own };
    expect(inBrowser({ ...plain, ...change }, options)).toBe(onServer({ ...plain, ...change }, options));
  });
}

const pieces = [
  '**',
  '*',
  '~~',
  '||',
  '`',
  '```',
  '```js',
  '\n',
  '\n\n',
  '> ',
  '- ',
  '  - ',
  '1. ',
  '[',
  '](https://a.example)',
  '\\',
];
const names = [
  '@ada',
  '@"Mei Ling"',
  '@bob',
  ':wave:',
  ':x:',
  'https://b.example/?a=1&b="2"',
  'www.c.example',
  'd@e.example',
];
const others = ['<b>', '&amp;', '"', "'", '<%= it %>', '\u202e', 'שלום', '🐟', ' ', 'a'];
const markup = fc.array(fc.constantFrom(...pieces, ...names, ...others), { maxLength: 40 }).map((all) => all.join(''));

test('browser and server render any text alike, whatever its markup', () => {
  fc.assert(
    fc.property(fc.oneof(markup, fc.string({ unit: 'binary' })), fc.string(), (text, username) => {
      const mentioned = [
        { name: 'ada', user_ids: [1] },
        { name: 'Mei Ling', user_ids: [9] },
      ];
      const message = { ...plain, text, mentioned, author: { id: 7, username } };
      const options = { viewerId: 1, continued: false };
      expect(inBrowser(message, options)).toBe(onServer(message, options));
    }),
    { numRuns: 300 },
  );
});

test('no text becomes markup', () => {
  const html = onServer({ ...plain, text: '<img src=x onerror=alert(1)>' }, { viewerId: 1, continued: false });
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(html).not.toContain('<img');
});

test('XS-3: a link is http or https, opens elsewhere and tells nothing of here', () => {
  const text = 'https://example.org/?a=1&b=2, javascript:alert(1) data:text/html,x //example.org';
  const html = onServer({ ...plain, text }, { viewerId: 1, continued: false });
  expect([...html.matchAll(/<a .*?<\/a>/g)].slice(0, -1).map(([link]) => link)).toEqual([
    '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener nofollow">https://example.org/?a=1&amp;b=2</a>',
  ]);
});

test('a message is an article, with its place and its moment', () => {
  const html = onServer(plain, { viewerId: 7, continued: false });
  expect(html).toMatch(
    /^<article class="message own" data-position="12" data-revision="13" data-author-id="7" data-client-id="0lq3x-ab_c"/,
  );
  expect(html).toContain('datetime="2026-03-01T09:05:00.000Z">09:05 UTC</time>');
});

test('a deleted message is an article without words, and an edited one says so', () => {
  const deleted = { ...plain, kind: 'deleted' as const, revision: 13, text: '' };
  const edited = { ...plain, revision: 13, edited_at: '2026-03-01T09:06:00.000Z' };
  for (const message of [deleted, edited]) {
    const options = { viewerId: 7, continued: false };
    expect(inBrowser(message, options)).toBe(onServer(message, options));
  }
  expect(onServer(deleted, { viewerId: 7, continued: false })).toMatch(
    /^<article class="message own deleted" .*<p class="message-text">Message deleted<\/p>/s,
  );
  expect(onServer(edited, { viewerId: 7, continued: false })).toContain('>edited</a></small>');
});

test('browser and server render the members of a chat alike', async () => {
  const { default: renderMembers } = await built<{
    default: (it: { readonly members: WireMembers; readonly faceOf: typeof faceOf }) => string;
  }>(`export { default } from './templates/partials/members.eta';`);
  const members = (role: ShownRole, next: string | null): WireMembers => ({
    chat: { id: 1, kind: 'group', name: `"Harbour" <b> & 'Quay' \u202e` },
    you: {
      id: 7,
      role,
      level: 'mentions',
      muted_until: null,
      may_rename: role === 'owner',
      may_set_picture: role === 'owner',
      leaving: 'passes_ownership',
    },
    count: 2,
    members: [
      {
        id: 7,
        username: '<i>ada</i>',
        role,
        title: role === 'owner' ? 'Owner' : null,
        may_remove: false,
        roles_to_give: [],
        blocked: false,
        joined_at: plain.sent_at,
      },
      {
        id: 8,
        username: `"bob" שלום`,
        role: 'member',
        title: null,
        may_remove: role === 'owner',
        roles_to_give: role === 'owner' ? (['owner', 'moderator'] as const) : [],
        blocked: false,
        joined_at: plain.sent_at,
      },
    ],
    next,
  });
  for (const it of [members('owner', null), members('member', '1-8')]) {
    const html = openTemplates(templates).partial('/partials/members')({ members: it, faceOf });
    expect(renderMembers({ members: it, faceOf })).toBe(html);
    expect(html).not.toMatch(/<i>|<b>/);
  }
});

/** A module as the build makes it for browsers. */
async function built<Module>(contents: string): Promise<Module> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    plugins: [etaTemplates],
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`);
}
