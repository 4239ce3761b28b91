import { describe, expect, it } from 'vitest';
import type { WireFile, WireMessage } from '../../src/adapters/wire/message.ts';
import { readConfig } from '../../src/composition/config.ts';
import { TIMER } from '../../src/composition/tokens.ts';
import { manualTimer } from '../fakes.ts';
import { aChatOfTwo, anApp, answerOf, type Client, type Headers, jsonOf, PAGE } from './client.ts';

const MIB = 1024 ** 2;
const IN_MEMORY = { kind: 'memory' } as const;

/** The beginning of a PNG of 4 × 3 pixels. */
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000004000000030802000000', 'hex');

const upload = (client: Client, id: number, name: string, bytes: Uint8Array | string, headers: Headers = {}) =>
  client.post(`/chat/${id}/files`, new Uint8Array(Buffer.from(bytes as string)), {
    'content-type': 'text/html',
    'x-file-name': encodeURIComponent(name),
    ...headers,
  });

const uploaded = async (...args: Parameters<typeof upload>) => jsonOf<WireFile>(await upload(...args), 201);

const post = (client: Client, id: number, body: object) => client.postJson(`/chat/${id}/messages`, body);

async function aSentFile(name = 'cat.png', bytes: Uint8Array | string = PNG) {
  const app = await anApp();
  const people = await aChatOfTwo(app);
  const { ada, id } = people;
  const file = await uploaded(ada, id, name, bytes);
  const message = await jsonOf<WireMessage>(await post(ada, id, { files: [file.id] }), 201);
  return { app, ...people, file, message, path: `/files/${file.id}/${encodeURIComponent(file.name)}` };
}

describe('POST /chat/:id/files', () => {
  it('UP-1: finds the type in the bytes, whatever the sender and the name say', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    expect(await uploaded(ada, id, 'page.html', PNG)).toEqual({
      ...{ id: 1, name: 'page.html', type: 'image/png', bytes: PNG.length, width: 4, height: 3 },
    });
    const unknown = { type: 'application/octet-stream', bytes: 31 };
    expect(await uploaded(ada, id, 'cat.png', '<script>alert(document)</script')).toEqual({
      id: 2,
      name: 'cat.png',
      ...unknown,
    });
    expect(await uploaded(ada, id, '', '')).toEqual({ id: 3, name: 'file', type: unknown.type, bytes: 0 });
  });

  it('takes a form with a file', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const form = new FormData();
    form.append('file', new Blob([PNG]), '한글 "1".png');
    const file = await jsonOf<WireFile>(await ada.post(`/chat/${id}/files`, form), 201);
    expect(file).toMatchObject({ type: 'image/png', bytes: PNG.length });
    const empty = new FormData();
    empty.append('text', 'no file');
    expect(await answerOf(await ada.post(`/chat/${id}/files`, empty))).toBe('400 bad_request');
    const broken = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(await answerOf(await ada.post(`/chat/${id}/files`, '--x\r\nnothing', broken))).toBe('400 bad_request');
  });

  it('sends the files and the text of a form without script as one message', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const form = new FormData();
    form.append('text', 'two\r\nfiles');
    form.append('file', new Blob([PNG]), 'one.png');
    form.append('file', new Blob(['two']), 'two.txt');
    form.append('file', new Blob([]), '');
    expect(await answerOf(await ada.post(`/chat/${id}/files`, form, PAGE))).toBe(`303 /chat/${id}`);
    const [, message] = await ada.history(id);
    expect(message?.text).toBe('two\nfiles');
    expect(message?.files.map(({ name }) => name)).toEqual(['one.png', 'two.txt']);
  });

  it('shows a form without script again when it is refused, with the reason and the text', async () => {
    const app = await anApp({ files: { place: IN_MEMORY, maxBytes: 1_000, bytesPerUser: MIB } });
    const { ada, id } = await aChatOfTwo(app);
    const part = (about: string, text: string) => `--x\r\nContent-Disposition: form-data; ${about}\r\n\r\n${text}\r\n`;
    const file = part('name="file"; filename="large.txt"', 'x'.repeat(1_001));
    const body = `${part('name="text"', 'words <worth> keeping')}${file}--x--\r\n`;
    const asForm = { ...PAGE, 'content-type': 'multipart/form-data; boundary=x' };
    const refused = await ada.post(`/chat/${id}/files`, body, asForm);
    const page = await refused.text();
    expect([refused.status, page.includes('A file can have 1000 bytes.')]).toEqual([413, true]);
    expect(page).toContain('words &lt;worth&gt; keeping</textarea>');
    expect(page).toContain('role="alert"');
    expect(await ada.history(id)).toHaveLength(1);
  });

  it('refuses what is too large while it arrives, announced or not', async () => {
    const app = await anApp({ files: { place: IN_MEMORY, maxBytes: 1_000, bytesPerUser: MIB } });
    const { ada, id } = await aChatOfTwo(app);
    expect(await answerOf(await upload(ada, id, 'x', 'x'.repeat(1_001)))).toBe('413 file_too_large');
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(400)) });
    expect(await answerOf(await ada.post(`/chat/${id}/files`, endless))).toBe('413 file_too_large');
    expect(await answerOf(await upload(ada, id, 'x', 'x'.repeat(1_000)))).toBe('201');
  });

  it('RL-6: takes a hundred files at once of one person, then one in six seconds, also where they are refused', async () => {
    const { limits } = readConfig({ LIMIT_WRITES: '1000/1m' });
    const timer = manualTimer();
    const app = await anApp({ limits, files: { place: IN_MEMORY, maxBytes: 10, bytesPerUser: MIB } }, (wiring) =>
      wiring.bind(TIMER, () => timer),
    );
    const { ada, bob, id } = await aChatOfTwo(app);
    const statuses = new Set<number>();
    for (let sent = 0; sent < 100; sent += 1)
      statuses.add((await upload(ada, id, 'x', sent % 2 === 0 ? 'x' : new Uint8Array(11))).status);
    expect([...statuses].toSorted()).toEqual([201, 413]);
    const refused = await upload(ada, id, 'x', 'x');
    expect([await answerOf(refused), refused.headers.get('retry-after')]).toEqual(['429 too_many_requests', '6']);
    expect((await upload(bob, id, 'x', 'x')).status).toBe(201);
    timer.advance(6_000);
    expect((await upload(ada, id, 'x', 'x')).status).toBe(201);
  });

  it('RL-7: refuses what is past the quota of its sender', async () => {
    const app = await anApp({ files: { place: IN_MEMORY, maxBytes: 1_000, bytesPerUser: 1_500 } });
    const { ada, bob, id } = await aChatOfTwo(app);
    expect(await answerOf(await upload(ada, id, 'x', 'x'.repeat(1_000)))).toBe('201');
    expect(await answerOf(await upload(ada, id, 'x', 'x'.repeat(501)))).toBe('507 no_room');
    expect(await answerOf(await upload(ada, id, 'x', 'x'.repeat(500)))).toBe('201');
    expect(await answerOf(await upload(bob, id, 'x', 'x'.repeat(501)))).toBe('201');
  });

  it('takes nothing where there is no place for files', async () => {
    const app = await anApp({ files: { place: undefined, maxBytes: 1_000, bytesPerUser: 1_000 } });
    const { ada, eve, id } = await aChatOfTwo(app);
    expect(await answerOf(await upload(ada, id, 'x', 'x'))).toBe('403 uploads_off');
    expect(await answerOf(await upload(eve, id, 'x', 'x'))).toBe('403 forbidden');
  });

  it.each([
    ['한글 🐟.png', '한글 🐟.png'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\dir\\a.txt', 'a.txt'],
    ['a\r\nSet-Cookie: x=1.txt', 'aSet-Cookie: x=1.txt'],
    ['gpj.\u202eexe', 'gpj.exe'],
    ['"quoted" \'one\'.txt', '"quoted" \'one\'.txt'],
    ['..', 'file'],
    [`${'a'.repeat(300)}.txt`, `${'a'.repeat(196)}.txt`],
    ['thumbnail', 'thumbnail_'],
  ])('shows, saves and serves the name %j as %j', async (sent, name) => {
    const { ada, path, file } = await aSentFile(sent);
    expect(file.name).toBe(name);
    const response = await ada.get(path);
    expect(response.status).toBe(200);
    const disposition = response.headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^inline; filename="[ -~]+"; filename\*=UTF-8''[\w.~%!#$&+^`|-]+$/);
    expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toBe(name);
  });
});

describe('the pages', () => {
  it('have a form without script, and say where no files are taken', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    expect(await (await ada.get(`/chat/${id}`, PAGE)).text()).toContain(`href="/chat/${id}/files"`);
    const page = await (await ada.get(`/chat/${id}/files`, PAGE)).text();
    expect(page).toContain('enctype="multipart/form-data"');
    expect(page).toContain('Up to 10, each up to 52 MB.');
    expect(await jsonOf(await ada.get(`/chat/${id}/files`), 200)).toEqual({
      ...{ max_files: 10, max_bytes: 50 * MIB, files: [], next: null },
    });
    const off = await aChatOfTwo(await anApp({ files: { place: undefined, maxBytes: 1, bytesPerUser: 1 } }));
    const offPage = await (await off.ada.get(`/chat/${off.id}/files`, PAGE)).text();
    expect(offPage).toContain('This server does not take files.');
    expect(offPage).not.toContain('<input class="input" id="files"');
  });

  it('reserve the place of an image, and show other files as rows', async () => {
    const { bob, ada, id } = await aSentFile();
    const { id: other } = await uploaded(ada, id, 'a<b>.svg', '<svg/>');
    await post(ada, id, { text: 'a caption', files: [other] });
    const page = await (await bob.get(`/chat/${id}`, PAGE)).text();
    expect(page).toContain(`<img src="/files/1/thumbnail" alt="cat.png" width="4" height="3" loading="lazy"`);
    expect(page).toContain(
      'download="a&lt;b&gt;.svg"><bdi class="file-name">a&lt;b&gt;.svg</bdi><small>File, 6 bytes</small>',
    );
    expect(page).toContain('a caption');
  });
});

describe('POST /chat/:id/messages with files', () => {
  it('attaches them, tells everybody, and lets the text be empty', async () => {
    const { ada, bob, id, file, message } = await aSentFile();
    expect(message).toMatchObject({ kind: 'text', text: '', files: [file] });
    expect((await bob.history(id)).at(-1)).toEqual(message);
    const { chats } = await jsonOf<{ chats: readonly { last: { snippet: string } }[] }>(await bob.get('/chats'), 200);
    expect(chats[0]?.last.snippet).toBe('📎 cat.png');
    const reply = await jsonOf<WireMessage>(await post(ada, id, { text: 'ha', reply_to: message.position }), 201);
    expect(reply.reply_to?.snippet).toBe('📎 cat.png');
  });

  it('refuses files of others, of other chats, unknown ones, too many and none', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const other = await ada.newChat('Den');
    const { id: theirs } = await uploaded(bob, id, 'x', 'x');
    const { id: elsewhere } = await uploaded(ada, other, 'x', 'x');
    const refused = [[theirs], [elsewhere], [404], [1.5], [-1], Array.from({ length: 11 }, (_, n) => n + 1), [7, 7]];
    for (const files of refused) expect(await answerOf(await post(ada, id, { files }))).toBe('422 invalid_files');
    expect(await answerOf(await post(ada, id, { files: [] }))).toBe('422 invalid_message');
    expect(await answerOf(await post(ada, id, { files: ['1'] }))).toBe('400 bad_request');
    expect(await answerOf(await post(ada, id, {}))).toBe('400 bad_request');
  });

  it('attaches a file after 59 minutes, and not after an hour', async () => {
    const app = await anApp();
    const { ada, id } = await aChatOfTwo(app);
    const [one, two] = [await uploaded(ada, id, 'x', 'x'), await uploaded(ada, id, 'y', 'y')];
    app.clock.advance(59 * 60_000);
    expect((await post(ada, id, { files: [one.id] })).status).toBe(201);
    app.clock.advance(60_000);
    expect(await answerOf(await post(ada, id, { files: [two.id] }))).toBe('422 invalid_files');
  });

  it('sends the same message once, and keeps its files through an edit', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const { id: file } = await uploaded(ada, id, 'x', 'x');
    const body = { text: 'look', files: [file], client_id: 'same' };
    const first = await jsonOf<WireMessage>(await post(ada, id, body), 201);
    expect(await jsonOf(await post(ada, id, body), 201)).toEqual(first);
    expect(await answerOf(await post(ada, id, { ...body, files: [] }))).toBe('409 conflict');
    const at = `/chat/${id}/messages/${first.position}`;
    const edited = await jsonOf<WireMessage>(await ada.patchJson(at, { text: '', revision: first.revision }), 200);
    expect(edited).toMatchObject({ text: '', files: first.files });
  });
});

describe('the files of a chat', () => {
  const listed = (client: Client, id: number, query = '') =>
    client
      .get(`/chat/${id}/files${query}`)
      .then((answer) => jsonOf<{ files: WireFile[]; next: number | null }>(answer, 200));

  it('are listed for members, the last one first, page by page', async () => {
    const { ada, bob, eve, id, file, message } = await aSentFile();
    const { id: other } = await uploaded(ada, id, 'x.txt', 'x');
    await uploaded(ada, id, 'staged', 'x');
    await post(ada, id, { files: [other], text: 'words' });
    const all = await listed(bob, id);
    expect([all.files.map(({ name }) => name), all.next]).toEqual([['x.txt', 'cat.png'], null]);
    expect(all.files[1]).toEqual({
      ...{ ...file, position: message.position, author: message.author, sent_at: message.sent_at },
    });
    const first = await listed(bob, id, '?limit=1');
    expect([first.files.map(({ name }) => name), first.next]).toEqual([['x.txt'], other]);
    expect((await listed(bob, id, `?limit=1&before=${other}`)).files[0]?.name).toBe('cat.png');
    for (const query of ['?limit=0', '?limit=101', '?limit=x'])
      expect(await answerOf(await bob.get(`/chat/${id}/files${query}`))).toBe('400 bad_request');
    expect(await answerOf(await eve.get(`/chat/${id}/files`))).toBe('403 forbidden');
    const page = await (await bob.get(`/chat/${id}/files?limit=1`, PAGE)).text();
    expect(page).toContain(`href="/chat/${id}/files?before=${other}"`);
    expect(page).toContain('<bdi class="file-name">x.txt</bdi>');
    await ada.request('DELETE', `/chat/${id}/messages/${message.position}`);
    expect((await listed(bob, id)).files.map(({ name }) => name)).toEqual(['x.txt']);
  });
});

describe('alternative texts', () => {
  const put = (client: Client, file: number, alt: unknown) =>
    client.request('PUT', `/files/${file}/alt`, { 'content-type': 'application/json' }, JSON.stringify({ alt }));

  it('are written with the upload, and shown in place of the name', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const file = await uploaded(ada, id, 'cat.png', PNG, { 'x-file-alt': encodeURIComponent('A <cat>\n한글') });
    expect(file.alt).toBe('A <cat> 한글');
    const message = await jsonOf<WireMessage>(await post(ada, id, { files: [file.id] }), 201);
    expect(message.files).toEqual([file]);
    expect(await (await bob.get(`/chat/${id}`, PAGE)).text()).toContain('alt="A &lt;cat&gt; 한글" width="4"');
    expect(await uploaded(ada, id, 'x', 'x', { 'x-file-alt': 'words' })).not.toHaveProperty('alt');
    const long = { 'x-file-alt': 'x'.repeat(1_001) };
    expect(await answerOf(await upload(ada, id, 'cat.png', PNG, long))).toBe('422 invalid_alt');
  });

  it('are changed later by the author, as a change of the message', async () => {
    const { ada, bob, eve, nobody, id, file, message } = await aSentFile();
    expect(await jsonOf(await put(ada, file.id, 'A cat'), 200)).toEqual({ ...file, alt: 'A cat' });
    const [changed] = (await bob.history(id)).slice(-1);
    expect([changed?.revision, changed?.files]).toEqual([message.revision + 1, [{ ...file, alt: 'A cat' }]]);
    expect(await answerOf(await put(bob, file.id, 'x'))).toBe('403 forbidden');
    expect(await answerOf(await put(eve, file.id, 'x'))).toBe('404 not_found');
    expect(await answerOf(await put(ada, 404, 'x'))).toBe('404 not_found');
    expect(await answerOf(await put(nobody, file.id, 'x'))).toBe('401 unauthenticated');
    expect(await answerOf(await put(ada, file.id, 7))).toBe('400 bad_request');
    expect(await answerOf(await put(ada, file.id, 'x'.repeat(1_001)))).toBe('422 invalid_alt');
    const at = `/chat/${id}/messages/${message.position}`;
    const page = await (await ada.get(at, PAGE)).text();
    expect(page).toContain('name="alt" maxlength="1000" dir="auto" value="A cat"');
    const form = { ...PAGE, 'content-type': 'application/x-www-form-urlencoded' };
    expect(await answerOf(await ada.post(`/files/${file.id}/alt`, 'alt=A+dog', form))).toBe(`303 ${at}`);
    expect((await bob.history(id)).at(-1)?.files).toEqual([{ ...file, alt: 'A dog' }]);
    expect(await (await bob.get(at, PAGE)).text()).not.toContain('name="alt"');
  });

  it('come with the form without script, before its file', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const form = new FormData();
    for (const [name, value] of Object.entries({ text: 'look', alt: 'A cat' })) form.append(name, value);
    form.append('file', new Blob([PNG]), 'one.png');
    expect(await answerOf(await ada.post(`/chat/${id}/files`, form, PAGE))).toBe(`303 /chat/${id}`);
    expect((await ada.history(id)).at(-1)?.files[0]?.alt).toBe('A cat');
  });
});

describe('GET /files/:id/:name', () => {
  it('UP-1: shows images, and lets nothing else do more than be saved', async () => {
    const { app, ada, bob, id, path } = await aSentFile();
    const shown = await bob.get(path);
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(PNG);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': `${PNG.length}`,
      'content-disposition': expect.stringMatching(/^inline;/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^default-src 'none';.*; sandbox$/),
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-cache',
      'accept-ranges': 'bytes',
    });
    for (const bytes of [
      '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
      '<!doctype html><script/>',
      '%PDF-1.7',
    ]) {
      const file = await uploaded(ada, id, 'x.html', bytes);
      const saved = await ada.get(`/files/${file.id}/x.html`, PAGE);
      expect(saved.headers.get('content-disposition')).toMatch(/^attachment;/);
      expect(saved.headers.get('content-type')).toMatch(/^application\/(octet-stream|pdf)$/);
      expect(await saved.text()).toBe(bytes);
    }
    expect(JSON.stringify(app.log.entries)).not.toMatch(/cat\.png|x\.html/);
  });

  it.each([
    ['bytes=0-0', '206 bytes 0-0/10 0'],
    ['bytes=-3', '206 bytes 7-9/10 789'],
    ['bytes=-100', '206 bytes 0-9/10 0123456789'],
    ['bytes=4-', '206 bytes 4-9/10 456789'],
    ['bytes=4-99', '206 bytes 4-9/10 456789'],
    ['bytes=10-', '416 bytes */10 '],
    ['bytes=-0', '416 bytes */10 '],
    ['bytes=5-4', '200 null 0123456789'],
    ['bytes=0-1,3-4', '200 null 0123456789'],
    ['bytes=-', '200 null 0123456789'],
    ['lines=0-1', '200 null 0123456789'],
  ])('answers %s with %s', async (range, expected) => {
    const { ada, path } = await aSentFile('digits', '0123456789');
    const response = await ada.get(path, { range });
    const said = `${response.status} ${response.headers.get('content-range')} ${await response.text()}`;
    expect(said).toBe(expected);
    const head = await ada.request('HEAD', path, { range });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      ...[response.status, response.headers.get('content-length'), ''],
    ]);
  });

  it('answers 304 to whoever has it, and a part only of the file that If-Range names', async () => {
    const { ada, path } = await aSentFile('digits', '0123456789');
    const etag = (await ada.get(path)).headers.get('etag') ?? '';
    expect((await ada.get(path, { 'if-none-match': `"x", W/${etag}` })).status).toBe(304);
    expect((await ada.get(path, { 'if-none-match': '"x"' })).status).toBe(200);
    expect((await ada.get(path, { range: 'bytes=0-0', 'if-range': etag })).status).toBe(206);
    expect((await ada.get(path, { range: 'bytes=0-0', 'if-range': '"x"' })).status).toBe(200);
  });

  it('asks at every request who is a member: to all others there is no such file', async () => {
    const { ada, bob, eve, nobody, id, path } = await aSentFile();
    const etag = (await bob.get(path)).headers.get('etag') ?? '';
    const unknown = await eve.get('/files/404/x');
    const closed = await eve.get(path);
    expect([closed.status, await closed.text()]).toEqual([unknown.status, await unknown.text()]);
    expect(await answerOf(await nobody.get(path))).toBe('401 unauthenticated');
    expect((await bob.post(`/chat/${id}/leave`)).status).toBeLessThan(400);
    for (const headers of [{}, { 'if-none-match': etag }, { range: 'bytes=0-0' }])
      expect(await answerOf(await bob.get(path, headers))).toBe('404 not_found');
    for (const wrong of ['/files/01/x', '/files/0/x', '/files/x/x', '/files/1'])
      expect(await answerOf(await ada.get(wrong))).toBe('404 not_found');
  });

  it('shows a staged file to its uploader only', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const { id: file } = await uploaded(ada, id, 'x', 'draft');
    expect((await ada.get(`/files/${file}/x`)).status).toBe(200);
    expect(await answerOf(await bob.get(`/files/${file}/x`))).toBe('404 not_found');
  });

  it('has nothing of a deleted message, and everything of a restored one', async () => {
    const { ada, id, message, file, path } = await aSentFile();
    const at = `/chat/${id}/messages/${message.position}`;
    const deleted = await jsonOf<WireMessage>(await ada.request('DELETE', at), 200);
    expect(deleted.files).toEqual([]);
    expect(await answerOf(await ada.get(path))).toBe('404 not_found');
    const restored = await jsonOf<WireMessage>(await ada.post(`${at}/restore`), 200);
    expect(restored.files).toEqual([file]);
    expect((await ada.get(path)).status).toBe(200);
  });
});
