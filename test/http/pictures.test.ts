import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { WirePicture } from '../../src/adapters/wire/picture.ts';
import { aChatOfTwo, anApp, answerOf, type Client, jsonOf, PAGE } from './client.ts';

const IMAGE = await sharp({ create: { width: 300, height: 100, channels: 3, background: '#3a8' } })
  .withExif({ IFD0: { Copyright: 'ada' } })
  .jpeg()
  .toBuffer();

const put = async (client: Client, path = '/account/picture', image: Buffer = IMAGE) =>
  client.request('PUT', path, { 'content-type': 'image/jpeg' }, new Uint8Array(image));

const pictureOf = async (answer: Response) => (await jsonOf<{ picture: WirePicture }>(answer, 200)).picture;

function formOf(image: Buffer): FormData {
  const form = new FormData();
  form.append('picture', new Blob([new Uint8Array(image)]), 'me.jpg');
  return form;
}

describe('pictures', () => {
  it('PC-1: serves it square in three sizes, without metadata, for good, at an address with its content', async () => {
    const { ada, bob, eve, nobody } = await aChatOfTwo(await anApp());
    const picture = await pictureOf(await put(ada));
    expect(Object.keys(picture)).toEqual(['48', '96', '256']);
    for (const [size, path] of Object.entries(picture)) {
      const answer = await bob.get(path);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': 'private, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      });
      const made = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
      expect(made).toMatchObject({ format: 'webp', width: Number(size), height: Number(size) });
      expect(made.exif).toBeUndefined();
      const etag = answer.headers.get('etag') ?? '';
      expect((await bob.get(path, { 'if-none-match': etag })).status).toBe(304);
      expect(await answerOf(await eve.get(path))).toBe('404 not_found');
      expect(await answerOf(await nobody.get(path))).toBe('401 unauthenticated');
    }
    expect(picture[48]).not.toBe(
      (await pictureOf(await put(ada, undefined, await sharp(IMAGE).negate().png().toBuffer())))[48],
    );
    expect(await answerOf(await bob.get(picture[48]))).toBe('404 not_found');
    for (const path of ['/pictures/user/01/x/48', '/pictures/user/1/x/49', '/pictures/bot/1/x/48'])
      expect(await answerOf(await ada.get(path))).toBe('404 not_found');
  });

  it('PC-2: names those whom the reader sees, in JSON and as a style sheet that is asked for each time', async () => {
    const { ada, bob, eve, id } = await aChatOfTwo(await anApp());
    const own = await pictureOf(await put(ada));
    const ofChat = await pictureOf(await put(ada, `/chat/${id}/picture`));
    const seen = {
      pictures: [
        { user_id: 1, picture: own },
        { chat_id: id, picture: ofChat },
      ],
    };
    for (const client of [ada, bob]) expect(await jsonOf(await client.get('/pictures'), 200)).toEqual(seen);
    expect(await jsonOf(await eve.get('/pictures'), 200)).toEqual({ pictures: [] });
    const sheet = await bob.get('/pictures.css');
    expect(Object.fromEntries(sheet.headers)).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'private, no-cache',
    });
    expect(await sheet.text()).toBe(
      `.of-user-1{--picture:image-set(url(${own[48]}) 1x,url(${own[96]}) 2x);--large-picture:url(${own[256]})}\n` +
        `.of-chat-${id}{--picture:image-set(url(${ofChat[48]}) 1x,url(${ofChat[96]}) 2x);--large-picture:url(${ofChat[256]})}`,
    );
    const etag = sheet.headers.get('etag') ?? '';
    expect((await bob.get('/pictures.css', { 'if-none-match': etag })).status).toBe(304);
    await ada.request('DELETE', '/account/picture');
    expect((await bob.get('/pictures.css', { 'if-none-match': etag })).status).toBe(200);
  });

  it('takes a form, by which a page without script sets and removes it', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    for (const path of ['/account/picture', `/chat/${id}/picture`]) {
      expect(await answerOf(await ada.post(path, formOf(IMAGE), PAGE))).toBe(`303 ${path}`);
      expect(await jsonOf(await ada.get(path), 200)).toMatchObject({
        picture: { 48: expect.any(String) },
        may_change: true,
      });
      expect(await (await ada.get(path, PAGE)).text()).toContain(`action="${path}/remove"`);
      expect(await answerOf(await ada.post(`${path}/remove`, undefined, PAGE))).toBe(`303 ${path}`);
      expect(await jsonOf(await ada.get(path), 200)).toEqual({ picture: null, may_change: true });
    }
  });

  it('PC-3: refuses SVG, what is cut off, bombs, and too many bytes, and says so in the form', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const bomb = await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    for (const bad of [svg, IMAGE.subarray(0, IMAGE.length / 2), bomb, Buffer.alloc(0)]) {
      expect(await answerOf(await put(ada, undefined, bad))).toBe('422 invalid_picture');
      const shown = await ada.post(`/chat/${id}/picture`, formOf(bad), PAGE);
      expect([shown.status, await shown.text()]).toEqual([422, expect.stringContaining('id="picture-problem"')]);
    }
    const large = Buffer.concat([IMAGE, Buffer.alloc(10 * 1024 ** 2)]);
    expect(await answerOf(await put(ada, undefined, large))).toBe('413 file_too_large');
    expect(await answerOf(await ada.post('/account/picture', new FormData()))).toBe('400 bad_request');
    expect(await jsonOf(await ada.get('/pictures'), 200)).toEqual({ pictures: [] });
  });

  it('shows the style sheet to who is signed in, and the form to who may use it', async () => {
    const { ada, bob, nobody, id } = await aChatOfTwo(await anApp());
    expect(await (await ada.get('/', PAGE)).text()).toContain('href="/pictures.css"');
    expect(await (await nobody.get('/auth', PAGE)).text()).not.toContain('/pictures.css');
    const page = await (await bob.get(`/chat/${id}/picture`, PAGE)).text();
    expect(page).toContain('Its owner can change it.');
    expect(page).not.toContain('type="file"');
    expect(await (await ada.get(`/chat/${id}/members`, PAGE)).text()).toContain(`href="/chat/${id}/picture"`);
    expect(await (await bob.get(`/chat/${id}/members`, PAGE)).text()).not.toContain(`href="/chat/${id}/picture"`);
  });
});
