import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { filePath } from '../../../src/adapters/wire/file-path.ts';
import { isShownInline } from '../../../src/domain/files/file.ts';
import type { ChatId } from '../../../src/domain/ids.ts';
import { connected, Harbour } from '../harbour.ts';
import { hasNoBrowser } from '../visit.ts';
import { HOSTILE } from './hostile-files.ts';

let harbour: Harbour;
let chatId: ChatId;
const paths: string[] = [];

/** A name in a page is text. A file that a browser cannot show is an error in its log, as is a script that it refuses. */
const EXPECTED =
  /^Failed to load resource|^Refused to execute script|^Blocked script execution|^a new page at .*(?:\/files\/\d+\/|about:blank$)/;

beforeAll(async () => {
  if (hasNoBrowser) return;
  harbour = await Harbour.open();
  const { stageFile, postMessage } = harbour.server.app.useCases;
  const { actor } = harbour.bob;
  chatId = await harbour.newChat();
  for (let first = 0; first < HOSTILE.length; first += 10) {
    const files: number[] = [];
    for (const { name, bytes } of HOSTILE.slice(first, first + 10)) {
      const staged = await stageFile(actor, { chatId, name, chunks: once(bytes), announcedBytes: undefined });
      files.push(staged.id);
      paths.push(filePath(staged));
    }
    await postMessage(actor, { chatId, text: '', files });
  }
  await harbour.read(chatId, harbour.ada);
}, 60_000);
afterAll(() => harbour?.close());

let harm: string[];
beforeEach(() => {
  harm = [];
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

/** A page of ada's, of which whatever a file would do is noted. */
async function watched(): Promise<Page> {
  const { page, context } = await harbour.visit(harbour.ada, '/offline');
  context.on('request', (request) => {
    const url = request.url();
    if (url.includes('/pwned') || url.includes('evil.example')) harm.push(url);
  });
  context.on('dialog', (dialog) => {
    harm.push(dialog.message());
    void dialog.dismiss();
  });
  return page;
}

const leaves = async () => (await harbour.leave(EXPECTED)).filter((problem) => !/Unexpected|SyntaxError/.test(problem));

describe.skipIf(hasNoBrowser)(`UP-1: ${HOSTILE.length} hostile files`, () => {
  it('UP-1: run nothing when they are opened directly', { timeout: 120_000 }, async () => {
    const page = await watched();
    for (const path of paths) {
      const opened = await page.goto(path).then(
        (response) => response?.headers() ?? {},
        (error: unknown) => String(error),
      );
      // The browser saves it, or shows it where nothing runs.
      if (typeof opened === 'string') expect([path, opened]).toEqual([path, expect.stringMatching(/download/i)]);
      else {
        expect([path, isShownInline(opened['content-type'] ?? '')]).toEqual([path, true]);
        expect(opened['content-security-policy']).toMatch(/; sandbox(?: allow-same-origin)?$/);
      }
    }
    expect(harm).toEqual([]);
    expect(await leaves()).toEqual([]);
  });

  it('UP-1: run nothing in elements of a page, even of one without a policy', { timeout: 120_000 }, async () => {
    const page = await watched();
    // The same origin and the same cookies, as a hole in a page of our own would have them.
    await page.route('**/hole', (route) => route.fulfill({ contentType: 'text/html', body: HOLE }));
    for (const path of paths) {
      await page.goto('/hole');
      expect(await page.evaluate<string[]>(`embed(${JSON.stringify(path)})`)).not.toContain('script: load');
      expect([path, new URL(page.url()).pathname]).toEqual([path, '/hole']);
    }
    expect(harm).toEqual([]);
    await leaves();
  });

  it('UP-1: are saved or shown by a click in the chat', { timeout: 120_000 }, async () => {
    const page = await watched();
    await page.goto(`/chat/${chatId}`);
    await connected(page);
    const links = page.locator('.file-row');
    expect(await page.locator('.file-image, .file-row').count()).toBe(HOSTILE.length);
    for (let n = 0; n < (await links.count()); n += 1) {
      // A page may save ten files a second.
      if (n % 8 === 7) await page.reload().then(() => connected(page));
      const download = page.waitForEvent('download');
      await links.nth(n).click();
      expect((await download).suggestedFilename()).not.toMatch(/[/\\\r\n\u202e]/);
    }
    expect(new URL(page.url()).pathname).toBe(`/chat/${chatId}`);
    const strange = `document.querySelectorAll('.file-name *, .message-text :is(script, iframe, object, svg, [onerror])').length`;
    expect(await page.evaluate(strange)).toBe(0);
    expect(harm).toEqual([]);
    expect(await leaves()).toEqual([]);
  });
});

/** Puts a file into every element that loads something, and resolves when each has loaded it, refused it or saved it. */
const HOLE = `<!doctype html><title>A hole</title><script>
const WAYS = [['img', 'src'], ['video', 'src'], ['audio', 'src'], ['iframe', 'src'], ['embed', 'src'], ['object', 'data'], ['script', 'src'], ['link', 'href']];
function embed(path) {
  return Promise.all(WAYS.map(([name, attribute]) => new Promise((resolve) => {
    const element = document.createElement(name);
    if (name === 'link') element.rel = 'stylesheet';
    const done = ({ type }) => resolve(name + ': ' + type);
    for (const type of ['load', 'error', 'loadedmetadata']) element.addEventListener(type, done);
    // A frame that became a download says nothing.
    if (['iframe', 'embed', 'object'].includes(name)) fetch(path).then(() => setTimeout(resolve, 200, name + ': saved'));
    element.setAttribute(attribute, path);
    document.body.append(element);
  })));
}
</script><body>`;
