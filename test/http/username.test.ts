import { describe, expect, it } from 'vitest';
import { DAY } from '../fakes.ts';
import { anApp, answerOf, type Client, JSON_BODY, jsonOf, PAGE, signedIn } from './client.ts';

const put = (client: Client, body: unknown) =>
  client.request('PUT', '/account/username', JSON_BODY, JSON.stringify(body));

/** Ada owns a chat, of which Bob is a member. */
async function twoPeople() {
  const app = await anApp();
  const [ada, bob] = [await signedIn(app, 'ada'), await signedIn(app, 'bob')];
  const chat = await ada.newChat();
  await bob.get(`/invite/${await ada.invite(chat)}`);
  await ada.say(chat, 'Hello @bob');
  await bob.say(chat, 'Hello');
  return { app, ada, bob, chat };
}

describe('PUT /account/username', () => {
  it('answers the account with its new name, and every page and answer has it at once', async () => {
    const { ada, bob, chat, app } = await twoPeople();
    // Twice, so that the page is cached.
    for (const _time of [1, 2]) expect(await (await ada.get(`/chat/${chat}`, PAGE)).text()).toContain('>bob</bdi>');
    expect(await jsonOf(await put(bob, { username: 'Robert' }), 200)).toEqual({ id: 2, username: 'Robert' });
    expect(await jsonOf(await bob.get('/account'), 200)).toEqual({ id: 2, username: 'Robert' });
    const page = await (await ada.get(`/chat/${chat}`, PAGE)).text();
    expect(page).toContain('>Robert</bdi>');
    expect(page).not.toContain('>bob</bdi>');
    // A mention keeps its words, and leads to the person.
    expect(page).toContain(`href="/chat/${chat}/members?person=2#member-2"`);
    expect((await ada.history(chat)).map(({ author }) => author.username)).toEqual(['Robert', 'ada', 'Robert']);
    const { chats } = await jsonOf<{ chats: unknown[] }>(await ada.get('/chats'), 200);
    expect(chats).toMatchObject([{ last: { author: { id: 2, username: 'Robert' } } }]);
    expect(app.log.entries.map(({ details }) => details)).toContainEqual(
      expect.objectContaining({ event: 'username_changed', user: { id: 2, name: 'bob' }, new_name: 'Robert' }),
    );
  });

  it('refuses taken and resting names with 409, bad ones with 422, and anything else with 400 or 415', async () => {
    const { ada, bob, app } = await twoPeople();
    expect(await answerOf(await put(bob, { username: 'ADA' }))).toBe('409 conflict');
    expect(await answerOf(await put(bob, { username: 'a:b' }))).toBe('422 invalid_username');
    for (const body of [{}, { username: 1 }, [], null])
      expect(await answerOf(await put(bob, body))).toBe('400 bad_request');
    expect(await answerOf(await bob.request('PUT', '/account/username', {}, '{"username":"x"}'))).toBe(
      '415 unsupported_media_type',
    );
    await put(ada, { username: 'lovelace' });
    expect(await answerOf(await put(bob, { username: 'ada' }))).toBe('409 conflict');
    app.clock.advance(6 * DAY);
    expect(await answerOf(await put(ada, { username: 'ada' }))).toBe('403 confirmation_needed');
    expect((await ada.postJson('/account/confirm', { password: 'correct horse' })).status).toBe(204);
    expect((await put(ada, { username: 'ada' })).status).toBe(200);
  });

  it('AU-8: signs nobody in with the former name, and registers nobody under it', async () => {
    const { app, bob } = await twoPeople();
    await put(bob, { username: 'robert' });
    for (const password of ['correct horse', 'battery staple'])
      expect((await bob.signIn('bob', password)).status).toBe(401);
    expect((await signedIn(app, 'robert')).token).toBeDefined();
  });
});

describe('POST /account/username', () => {
  it('is a form at /account without script, which says what was wrong, and that it is done', async () => {
    const { bob } = await twoPeople();
    const send = (username: string) => bob.postForm('/account/username', { username }, PAGE);
    const taken = await send('ada');
    const page = await taken.text();
    expect(taken.status).toBe(409);
    expect(page).toContain('Somebody has this name, or had it less than 90 days ago.');
    expect(page).toContain('value="ada"');
    expect([(await send('a:b')).status, (await send('x'.repeat(33))).status]).toEqual([422, 422]);
    // The address of the refused form is no page, so the choice of a theme leads back to the account.
    expect(page).toContain('name="next" value="/account"');
    const chosen = await bob.postForm('/theme', { theme: 'dark', next: '/account' }, PAGE);
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, '/account']);
    const elsewhere = await bob.postForm('/theme', { theme: 'dark', next: '//evil.example' }, PAGE);
    expect(elsewhere.headers.get('location')).toBe('/');
    const done = await send('robert');
    expect([done.status, done.headers.get('location')]).toEqual([303, '/account?saved=username']);
    const account = await (await bob.get('/account?saved=username', PAGE)).text();
    expect(account).toContain('You are called <bdi>robert</bdi> now.');
    expect(account).toContain('action="/theme"');
    expect(account).toContain('Reply, react, mark as unread');
    expect(account).toContain('href="/account/sessions"');
  });
});
