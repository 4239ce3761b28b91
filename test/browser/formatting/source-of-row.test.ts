import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { etaTemplates } from '../../../scripts/bundle-client.ts';
import { hasNoBrowser, launch } from '../visit.ts';

const root = join(import.meta.dirname, '../../..');

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  if (!hasNoBrowser) browser = await launch();
});
afterAll(async () => browser?.close());

const pieces = [
  ...['**', '*', '~~', '||', '`', '``', '```', '\n```ts\n', '\n', '\n\n', '\n> ', '\n- ', '\n  - ', '\n1. ', '\n2. '],
  ...[
    '[',
    '](https://a.example)',
    '\\',
    '@ada',
    '@"Mei Ling"',
    '@"ada"',
    ':wave:',
    'www.c.example',
    'a',
    ' ',
    '🐟',
    '<b>',
    '&amp;',
  ],
];
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((all) => `x${all.join('')}`);

/** What the page does with each text: renders its row and reads its source. */
const READ = `
  import message from './templates/partials/message.eta';
  import text from './templates/partials/text.eta';
  import { sourceOfRow } from './src/adapters/browser/formatting/source-of-row.ts';
  import { formatter } from './src/adapters/wire/formatted-text.ts';
  import { NO_DETAILS } from './src/adapters/wire/message.ts';
  import { messageRow } from './src/adapters/wire/message-row.ts';
  import { emojiOf } from './src/domain/messages/text/emoji-of.ts';
  const format = formatter({ emojiOf, render: text });
  const author = { id: 1, username: 'ada' };
  const row = { id: 1, chat_id: 1, position: 1, revision: 2, client_id: null, kind: 'text', author, sent_at: '', ...NO_DETAILS };
  const mentioned = [{ name: 'ada', user_ids: [1] }, { name: 'Mei Ling', user_ids: [2] }];
  globalThis.read = (text) => {
    const template = document.createElement('template');
    const edited_at = text.length % 2 ? null : '2026-03-01T09:05:00.000Z';
    template.innerHTML = message(messageRow({ ...row, text, mentioned, edited_at }, { viewerId: 1, continued: false, format }));
    return sourceOfRow(template.content.firstElementChild);
  };
`;

describe.skipIf(hasNoBrowser)('the source of a row', () => {
  it('is the text as it was written, whatever its markup', async () => {
    const { outputFiles } = await build({
      stdin: { contents: READ, resolveDir: root, loader: 'ts' },
      bundle: true,
      write: false,
      plugins: [etaTemplates],
    });
    const page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    const written = fc.sample(texts, 2_000);
    const read = await page.evaluate<readonly string[]>(`${JSON.stringify(written)}.map(read)`);
    expect(read.filter((source, n) => source !== written[n])).toEqual([]);
    await page.close();
  });
});
