import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { HOUR } from '../fakes.ts';
import { archiveOf } from './archive-of.ts';
import { aChatOfTwo, anApp, answerOf, type Client, JSON_BODY, jsonOf, PAGE, signedIn, type TestApp } from './client.ts';

const leave = (client: Client, words: string, username: string) =>
  client.request('DELETE', '/account', JSON_BODY, JSON.stringify({ words, username }));

/** Everything that a chat says to its members. */
async function saidIn(client: Client, id: number): Promise<string> {
  const paths = ['', '/messages', '/members', '/pins', '/audit', '/messages/3/versions'];
  const answers = paths.map(async (path) =>
    (await client.get(`/chat/${id}${path}`, path === '/messages' ? {} : PAGE)).text(),
  );
  return (
    await Promise.all([...answers, (await client.get('/', PAGE)).text(), (await client.get('/chats')).text()])
  ).join();
}

/** Zoe wrote, edited, answered, reacted and was mentioned in a chat of Ada's. Her name is on every page. */
async function aChatWithZoe(app: TestApp) {
  await app.listen();
  const { ada, bob, id } = await aChatOfTwo(app);
  const zoe = await signedIn(app, 'zoe');
  expect((await zoe.get(`/invite/${await ada.invite(id)}`)).status).toBe(303);
  await zoe.say(id, 'the first canary');
  await zoe.patchJson(`/chat/${id}/messages/3`, { text: 'the second canary', revision: 3 });
  await bob.say(id, 'I agree with @zoe, and `@zoe` too');
  await jsonOf(await bob.postJson(`/chat/${id}/messages`, { text: 'a reply', reply_to: 3 }), 201);
  await jsonOf(await zoe.request('PUT', `/chat/${id}/messages/5/reactions/${encodeURIComponent('👍')}`), 200);
  return { ada, bob, zoe, id };
}

const isForgotten = (app: TestApp) => expect.poll(async () => (await app.storage.view.jobs.count()).due).toBe(0);

describe('deleting the account', () => {
  it('LV-1: keeps the words under "former member" everywhere, and ends everything that let the person in', async () => {
    const app = await anApp();
    const { ada, zoe, id } = await aChatWithZoe(app);
    const second = await signedIn(app, 'zoe');
    expect(await saidIn(ada, id)).toContain('zoe');
    expect(await answerOf(await leave(zoe, 'keep', 'Zoe'))).toBe('204');
    for (const client of [zoe, second]) expect((await client.get('/chats')).status).toBe(401);
    await isForgotten(app);
    const said = await saidIn(ada, id);
    expect(said).not.toContain('zoe');
    for (const words of ['the first canary', 'the second canary', 'former member left', '@\\"former member\\"'])
      expect(said).toContain(words);
    const [, , written, mentioning, reply] = await ada.history(id);
    expect(written?.author.username).toBe('former member');
    expect(reply?.reply_to?.author.username).toBe('former member');
    expect(mentioning?.mentioned?.map(({ name }) => name)).toEqual(['former member']);
    expect(mentioning).toMatchObject({ edited_at: null, reactions: [{ users: [{ username: 'former member' }] }] });
    // The name rests: nobody else gets it, and nobody is called "former member".
    expect((await zoe.signIn('zoe')).status).toBe(401);
    expect((await zoe.signIn('Former Member')).status).toBe(422);
  });

  it('LV-2: erases the words with all their versions, and the reactions', async () => {
    const app = await anApp();
    const { ada, zoe, id } = await aChatWithZoe(app);
    expect(await answerOf(await zoe.postForm('/account/delete', { words: 'erase', username: 'zoe' }))).toBe(
      '303 /auth',
    );
    await isForgotten(app);
    const said = await saidIn(ada, id);
    for (const words of ['canary', 'zoe', '👍']) expect(said).not.toContain(words);
    const [, , written, , reply] = await ada.history(id);
    expect(written).toMatchObject({ kind: 'deleted', text: '' });
    expect(reply?.reply_to).toMatchObject({ kind: 'deleted', snippet: '' });
    expect(await jsonOf(await ada.get(`/chat/${id}/messages/3/versions`), 200)).toMatchObject({ versions: [] });
  });

  it('tells followers at once, and leaves direct chats to the others, who cannot write there any more', async () => {
    const app = await anApp();
    const { bob, zoe, id } = await aChatWithZoe(app);
    const { id: direct } = await jsonOf<{ id: number }>(await zoe.postJson('/direct', { usernames: ['bob'] }), 201);
    await zoe.say(direct, 'between us');
    const before = await bob.history(id);
    await leave(zoe, 'keep', 'zoe');
    await isForgotten(app);
    expect((await bob.history(id)).length).toBe(before.length + 1);
    const [said] = await bob.history(direct);
    expect(said).toMatchObject({ text: 'between us', author: { username: 'former member' } });
    expect((await bob.postJson(`/chat/${direct}/messages`, { text: 'hello?' })).status).toBe(403);
  });

  it('passes the ownership on, as in leaving, and says before who will have it', async () => {
    const app = await anApp();
    await app.listen();
    const { ada, bob, id } = await aChatOfTwo(app);
    expect((await ada.post('/admin/people/2/grant')).status).toBe(204);
    const outlook = await jsonOf(await ada.get('/account/delete'), 200);
    expect(outlook).toEqual({ owned: [{ id, name: 'Lobby', heir: { id: 2, username: 'bob' } }], may_delete: true });
    expect(await (await ada.get('/account/delete', PAGE)).text()).toContain('<bdi>bob</bdi> becomes the owner');
    expect((await leave(ada, 'keep', 'ada')).status).toBe(204);
    await isForgotten(app);
    const texts = (await bob.history(id)).map(({ text }) => text);
    expect(texts).toEqual(['bob joined', 'former member left', 'bob is the owner now']);
    expect(await jsonOf(await bob.get('/account/delete'), 200)).toMatchObject({ owned: [{ id }] });
  });

  it('LV-3: is refused to the only administrator, unless they are alone', async () => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    const bob = await signedIn(app, 'bob');
    expect(await answerOf(await leave(ada, 'keep', 'ada'))).toBe('409 last_administrator');
    const page = await ada.postForm('/account/delete', { words: 'keep', username: 'ada' }, PAGE);
    expect(page.status).toBe(409);
    expect(await page.text()).toContain('You are the only administrator.');
    expect((await leave(bob, 'erase', 'bob')).status).toBe(204);
    expect((await leave(ada, 'keep', 'ada')).status).toBe(204);
    // The next account is the first one again.
    const eve = await signedIn(app, 'eve');
    expect((await eve.get('/admin')).status).toBe(200);
  });

  it('LV-4: asks who one is, for the name and for a choice, and changes nothing before', async () => {
    const app = await anApp();
    const { bob } = await aChatOfTwo(app);
    expect(await answerOf(await leave(bob, 'keep', 'ada'))).toBe('422 invalid_username');
    expect(await answerOf(await leave(bob, 'burn', 'bob'))).toBe('400 bad_request');
    const again = await bob.postForm('/account/delete', { words: 'erase', username: 'bobby' }, PAGE);
    expect(again.status).toBe(422);
    expect(await again.text()).toMatch(/value="erase" checked[\s\S]*That is not your name/);
    app.clock.advance(HOUR);
    expect(await answerOf(await leave(bob, 'keep', 'bob'))).toBe('403 confirmation_needed');
    for (const answer of [
      await bob.get('/account/delete', PAGE),
      await bob.postForm('/account/delete', { words: 'keep', username: 'bob' }, PAGE),
    ])
      expect(await answerOf(answer)).toBe('303 /account/confirm?next=%2Faccount%2Fdelete');
    expect((await bob.get('/chats')).status).toBe(200);
  });

  it('says goodbye on the sign-in page, once, and clears what the browser keeps', async () => {
    const app = await anApp();
    const { bob } = await aChatOfTwo(app);
    const gone = await bob.postForm('/account/delete', { words: 'keep', username: 'bob' }, PAGE);
    expect(gone.headers.get('clear-site-data')).toBe('"storage"');
    const cookie =
      gone.headers
        .getSetCookie()
        .find((set) => set.startsWith('account_undone='))
        ?.split(';')[0] ?? '';
    expect(await (await bob.get('/auth', { ...PAGE, cookie })).text()).toContain('Your account is deleted. Goodbye.');
    expect(await (await bob.get('/auth', PAGE)).text()).not.toContain('Goodbye');
    const lines = app.log.entries.filter(({ details }) => JSON.stringify(details).includes('account_deleted'));
    expect(JSON.stringify(lines)).not.toContain('bob');
  });
});

describe('exporting one’s own data', () => {
  it('LV-5: has what the person wrote and set, and nothing that others wrote, and no secret', async () => {
    const app = await anApp();
    const { zoe, id } = await aChatWithZoe(app);
    const response = await zoe.post('/account/export');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="shoal-\d{4}-\d\d-\d\d\.zip"$/);
    const files = await archiveOf(response);
    expect([...files.keys()]).toEqual([
      ...['index.html', 'account.json', 'messages-1.jsonl', 'reactions-1.jsonl', 'messages-1.html'],
    ]);
    expect(JSON.parse(files.get('account.json') ?? '')).toMatchObject({
      ...{ username: 'zoe', two_step: false, blocked: [], notifications: { keywords: [] } },
      sessions: [{ device: expect.any(String) }],
      chats: [{ id, name: 'Lobby', kind: 'group' }],
    });
    const lines = (files.get('messages-1.jsonl') ?? '').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        ...{ id: expect.any(Number), chat_id: id, position: 3, kind: 'text', text: 'the second canary' },
        ...{ sent_at: expect.any(String), edited_at: expect.any(String), deleted_at: null, reply_to: null },
        ...{
          files: [],
          pinned: false,
          reactions: [],
          versions: [{ text: 'the first canary', written_at: expect.any(String) }],
        },
      },
    ]);
    expect(files.get('reactions-1.jsonl')).toBe(`{"chat_id":${id},"position":5,"emoji":"👍"}\n`);
    expect(files.get('messages-1.html')).toContain('the first canary');
    const all = [...files.values()].join();
    for (const absent of ['I agree', 'a reply', zoe.token ?? '', '<script', '<link', 'src=', 'password_hash'])
      expect(all).not.toContain(absent);
  });

  it('LV-5: has the picture of the person', async () => {
    const { zoe } = await aChatWithZoe(await anApp());
    const image = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#3a8' } })
      .png()
      .toBuffer();
    const set = await zoe.request('PUT', '/account/picture', { 'content-type': 'image/png' }, new Uint8Array(image));
    expect(set.status).toBe(200);
    const files = await archiveOf(await zoe.post('/account/export'));
    expect(files.get('picture.webp')).toContain('WEBP');
  });

  it('LV-5: has the bytes of the files that the person sent, and of nobody else', async () => {
    const app = await anApp();
    const { zoe, ada, id } = await aChatWithZoe(app);
    const send = async (client: typeof zoe, name: string, bytes: string) => {
      const headers = { 'x-file-name': encodeURIComponent(name) };
      const file = await jsonOf<{ id: number }>(await client.post(`/chat/${id}/files`, bytes, headers), 201);
      await client.postJson(`/chat/${id}/messages`, { files: [file.id] });
      return file.id;
    };
    const own = await send(zoe, '한글 "a".txt', 'mine '.repeat(50_000));
    await send(ada, 'b.txt', 'not mine');
    const files = await archiveOf(await zoe.post('/account/export'));
    expect([...files.keys()].filter((name) => name.startsWith('files/'))).toEqual([`files/${own}-한글 _a_.txt`]);
    expect(files.get(`files/${own}-한글 _a_.txt`)).toBe('mine '.repeat(50_000));
    const cut = await zoe.post('/account/export');
    await cut.body?.cancel();
    expect((await zoe.post('/account/export')).status).toBe(200);
  });

  it('LV-6: is one at a time for a person, and begins again when it has ended or was cut off', async () => {
    const app = await anApp();
    const { zoe } = await aChatWithZoe(app);
    const first = await zoe.get('/account/export');
    expect(await answerOf(await zoe.post('/account/export'))).toBe('409 conflict');
    const page = await zoe.post('/account/export', undefined, PAGE);
    expect([page.status, (await page.text()).includes('An export of yours is running.')]).toEqual([409, true]);
    await first.body?.cancel();
    expect((await archiveOf(await zoe.get('/account/export'))).size).toBe(5);
    expect((await archiveOf(await zoe.get('/account/export'))).size).toBe(5);
  });

  it('LV-4: asks who one is first', async () => {
    const app = await anApp();
    const { bob } = await aChatOfTwo(app);
    app.clock.advance(HOUR);
    expect(await answerOf(await bob.post('/account/export'))).toBe('403 confirmation_needed');
    const asked = await bob.post('/account/export', undefined, PAGE);
    expect(await answerOf(asked)).toBe('303 /account/confirm?next=%2Faccount%2Fexport');
    expect((await bob.get('/account/export', PAGE)).status).toBe(200);
  });
});
