import { describe, expect, it } from 'vitest';
import {
  aChatOfTwo,
  anApp,
  answerOf,
  Client,
  FORM,
  type Headers,
  JSON_BODY,
  PAGE,
  PASSWORD,
  signedIn,
  TEXT,
} from './client.ts';

const KB = 1024;

describe('IV-1, NM-1: a username', () => {
  it.each([
    ['1 character', 'x', 303],
    ['32 characters', 'x'.repeat(32), 303],
    ['32 characters of two units', '👍'.repeat(32), 303],
    ['32 characters once composed', 'e\u0301'.repeat(32), 303],
    ['33 characters', 'x'.repeat(33), 422],
    ['nothing', '', 422],
    ['spaces', '  ', 422],
    ['a colon', 'bob: hi', 422],
    ['a NUL', 'a\0b', 422],
    ['a line break', 'a\nb', 422],
    ['a format character', 'a\u200bb', 422],
    ['a bidirectional override', 'a\u202eb', 422],
    ['a line separator', 'a\u2028b', 422],
    ['a paragraph separator', 'a\u2029b', 422],
    ['blank Braille', '\u2800', 422],
    ['a Hangul filler', '\u3164', 422],
    ['a variation selector', '\ufe0f', 422],
    ['an accent on nothing', '\u0301', 422],
    ['blanks of several kinds', '\u2800\u115f\uffa0', 422],
    ['private use', '\ue000', 422],
    ['an unassigned code point', '\u0378', 422],
    ['a noncharacter', '\uffff', 422],
    ['letters and a noncharacter', 'ada\u{1fffe}', 422],
    ['letters and an object replacement character', 'a\ufffcda', 422],
    ['an emoji that Unicode has yet to assign', '\u{1faff}', 303],
    ['an emoji with its variation selector', '❤️', 303],
  ])('of %s is taken or refused', async (_what, username, status) => {
    const response = await new Client(await anApp()).signIn(username);
    expect(response.status).toBe(status);
    if (status === 422) expect(await response.text()).toContain('id="username-problem"');
  });

  it('loses the spaces around it', async () => {
    const ada = await signedIn(await anApp(), ' \u3000ada ');
    expect(await (await ada.get('/')).text()).toContain('<bdi>ada</bdi>');
  });
});

describe('IV-2: a username', () => {
  it('is one name in every case and width', async () => {
    const app = await anApp();
    await signedIn(app, 'Bob');
    for (const name of ['bob', 'BOB', '\uff42ob', 'Bob\u00a0', '𝐁𝐨𝐛']) {
      expect((await new Client(app).signIn(name, 'another password')).status).toBe(401);
      expect((await new Client(app).signIn(name)).status).toBe(303);
    }
  });
});

describe('IV-4: a message', () => {
  it.each([
    ['1 character', 'x', 201],
    ['10,000 characters', 'x'.repeat(10_000), 201],
    ['10,000 characters and 40,000 bytes', '👍'.repeat(10_000), 201],
    ['10,001 characters', 'x'.repeat(10_001), 422],
    ['nothing', '', 422],
    ['white space', ' \n\t\u3000', 422],
    ['a NUL', 'a\0b', 422],
    ['half a surrogate pair', 'a\udc00', 422],
    ['emoji, right-to-left and line breaks', '👩‍👩‍👧\r\n\u202eשלום\n\n e\u0301 ', 201],
  ])('of %s is taken as it is, or refused', async (_what, text, status) => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const response = await ada.postJson(`/chat/${id}/messages`, { text });
    expect(response.status).toBe(status);
    const texts = (await ada.history(id)).map((message) => message.text);
    expect(texts).toEqual(status === 201 ? ['bob joined', text] : ['bob joined']);
  });
});

describe('IV-5: a body', () => {
  const chunked = (size: number) => new Blob(['x'.repeat(size)]).stream();

  it.each([
    ['/auth', FORM, 8 * KB, 400],
    ['/newchat', JSON_BODY, 64 * KB, 400],
    ['/chats', FORM, 64 * KB, 400],
    ['/chat/1/messages', JSON_BODY, 64 * KB, 400],
    ['/chat/1/messages', TEXT, 64 * KB, 422],
    ['/chat/1/messages', FORM, 64 * KB, 400],
    ['/create_invite/1', {}, 64 * KB, 201],
    ['/invite/x', {}, 64 * KB, 404],
    ['/nowhere', {}, 64 * KB, 404],
    ['/logout', {}, 64 * KB, 303],
  ])(
    'for %s with %o is refused over its bound, with its length and in chunks',
    async (path, type: Headers, most, usual) => {
      const { ada } = await aChatOfTwo(await anApp());
      const withLength = (size: number) => ada.post(path, 'x'.repeat(size), { ...type, 'content-length': `${size}` });
      expect(await answerOf(await withLength(most + 1))).toBe('413 too_large');
      expect(await answerOf(await ada.post(path, chunked(most + 1), type))).toBe('413 too_large');
      expect(await answerOf(await ada.post(path, chunked(10 * most), type))).toBe('413 too_large');
      expect((await ada.post(path, chunked(most), type)).status).toBe(usual);
    },
  );
});

describe('IV-6: a body that makes no sense', () => {
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;

  it.each([
    '',
    '{',
    'null',
    '[]',
    '"text"',
    '1',
    deep,
    `{"text":${deep}}`,
    '{"chat_name":1,"text":1}',
    '{"chat_name":null,"text":null}',
    '{"chat_name":["a"],"text":{"a":1}}',
    '{"Chat_name":"a","TEXT":"a"}',
    '{"__proto__":{"chat_name":"a","text":"a"}}',
    '\ufeff{"chat_name":"a","text":"a"}',
    '{"chat_name":"a","text":"a","chat_name":"b","text":"b"}',
    '{"chat_name":"a","text":"a","\\u0063hat_name":"a","te\\u0078t":"a"}',
    '{"chat_name":"a","text":"a","other":{"x":1,"x":1}}',
  ])('is refused as JSON: %#', async (body) => {
    const { ada, id } = await aChatOfTwo(await anApp());
    for (const path of ['/newchat', `/chat/${id}/messages`]) {
      expect(await answerOf(await ada.post(path, body, JSON_BODY))).toBe('400 bad_request');
    }
  });

  it.each([
    ['{"text":"a","client_id":null}', '400 bad_request'],
    ['{"text":"a","client_id":7}', '400 bad_request'],
    ['{"text":"a","client_id":""}', '422 invalid_client_id'],
    ['{"text":"a","client_id":"a b"}', '422 invalid_client_id'],
  ])('is refused as a message: %s', async (body, answer) => {
    const { ada, id } = await aChatOfTwo(await anApp());
    expect(await answerOf(await ada.post(`/chat/${id}/messages`, body, JSON_BODY))).toBe(answer);
  });

  it('is refused when it is not UTF-8', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    for (const type of [JSON_BODY, TEXT, FORM]) {
      const body = new Uint8Array([...new TextEncoder().encode('{"text":"'), 0xff, 0xc0, 0x22, 0x7d]);
      expect(await answerOf(await ada.post(`/chat/${id}/messages`, body, type))).toBe('400 bad_request');
    }
  });

  it.each([
    '',
    'username=ada',
    'password=correct+horse',
    'username=a&username=b&password=correct+horse',
    '%',
    '=',
    '&&',
    '[]',
  ])('is refused as a form: %s', async (body) => {
    const response = await new Client(await anApp()).post('/auth', body, { ...FORM, ...PAGE });
    expect(response.status).toBe(400);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('is taken without what is none of its business', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const extra = { text: 'hello', id: 99, user_id: 2, chat_id: 99, author: { id: 2 }, kind: 'notice', position: 9 };
    expect((await ada.postJson(`/chat/${id}/messages`, extra)).status).toBe(201);
    const hello = { text: 'hello', chat_id: id, author: { id: 1, username: 'ada' }, kind: 'text', position: 2 };
    expect((await bob.history(id)).at(-1)).toMatchObject(hello);
    expect(await (await ada.postJson('/newchat', { chat_name: 'Den', id: 99, user_id: 2 })).json()).toMatchObject({
      id: 2,
    });
  });

  it.each([
    ['GET', '/newchat'],
    ['GET', '/logout'],
    ['GET', '/create_invite/1'],
    ['DELETE', '/chat/1'],
    ['PUT', '/chat/1/messages'],
    ['POST', '/'],
    ['POST', '/status'],
    ['POST', '/chat/1'],
    ['PATCH', '/auth'],
    ['BREW', '/'],
    ['GET', '/chat'],
    ['GET', '/chat/'],
    ['GET', '/chat/1/'],
    ['GET', '//chat/1'],
    ['GET', '/CHAT/1'],
  ])('so is a wrong method or address: %s %s', async (method, path) => {
    const app = await anApp();
    const { ada } = await aChatOfTwo(app);
    const url = `http://localhost${path}`;
    expect(await answerOf(await ada.request(method, url))).toBe('404 not_found');
    expect((await ada.request(method, url, PAGE)).headers.get('content-type')).toMatch(/^text\/html/);
  });
});

describe('IV-7: what looks like SQL', () => {
  it('is text like any other, in every field', async () => {
    const app = await anApp();
    const sql = `'; DROP--" %_\\`;
    const ada = await signedIn(app, sql);
    const id = await ada.newChat(sql);
    const { status } = await ada.postJson(`/chat/${id}/messages`, { text: sql, client_id: 'x' });
    expect(status).toBe(201);
    expect(await ada.history(id)).toMatchObject([{ text: sql, author: { username: sql } }]);
    for (const path of [`/chat/${id}'--`, "/invite/' OR 1=1--", `/chat/${id}%20OR%201=1`]) {
      expect((await ada.get(path)).status).toBe(404);
    }
    expect((await new Client(app).postForm('/auth', { username: "' OR 1=1--", password: PASSWORD })).status).toBe(303);
    expect(await ada.history(id)).toHaveLength(1);
  });
});

describe('UP-1: an upload', () => {
  it.each(['/auth', '/newchat', '/chats', '/chat/1/messages'])('is refused at %s', async (path) => {
    const { ada } = await aChatOfTwo(await anApp());
    const form = new FormData();
    for (const name of ['username', 'password', 'chat_name', 'text']) form.set(name, PASSWORD);
    form.set('file', new Blob(['content']), 'name.txt');
    expect(await answerOf(await ada.post(path, form))).toBe('415 unsupported_media_type');
    const garbage = await ada.post(path, 'garbage', { 'content-type': 'multipart/form-data; boundary=' });
    expect(await answerOf(garbage)).toBe('415 unsupported_media_type');
    expect(await ada.history(1)).toHaveLength(1);
  });
});
