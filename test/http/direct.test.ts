import { describe, expect, it } from 'vitest';
import type { WireMembers } from '../../src/adapters/wire/members.ts';
import type { WireChatSummary } from '../../src/adapters/wire/user-frames.ts';
import { aChatOfTwo, anApp, answerOf, type Client, JSON_BODY, jsonOf, PAGE } from './client.ts';

async function twoPeople() {
  const { ada, bob, eve } = await aChatOfTwo(await anApp());
  const open = (by: Client, ...usernames: readonly unknown[]) => by.postJson('/direct', { usernames });
  const opened = async (by: Client, status: number, ...usernames: readonly string[]) =>
    jsonOf<WireChatSummary>(await open(by, ...usernames), status);
  const listed = async (by: Client) => {
    const { chats } = await jsonOf<{ readonly chats: readonly WireChatSummary[] }>(await by.get('/chats'), 200);
    return chats.filter(({ kind }) => kind === 'direct').map(({ name }) => name);
  };
  return { ada, bob, eve, open, opened, listed };
}

describe('POST /direct', () => {
  it('answers 201 with a new chat, and 200 with the one that this set of people has', async () => {
    const { ada, bob, open, opened, listed } = await twoPeople();
    const first = await open(ada, 'bob');
    const chat = await jsonOf<WireChatSummary>(first, 201);
    expect(first.headers.get('location')).toBe(`/chat/${chat.id}`);
    expect(chat).toMatchObject({ kind: 'direct', name: 'bob', members: 2, last: null, unread: 0, level: 'all' });
    expect(await opened(ada, 200, 'bob')).toEqual(chat);
    expect(await opened(bob, 200, 'ADA')).toMatchObject({ id: chat.id, name: 'ada' });
    expect([await listed(ada), await listed(bob)]).toEqual([['bob'], ['ada']]);
  });

  it('50 simultaneous openings by both people make one chat', async () => {
    const { ada, bob, open } = await twoPeople();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? open(ada, 'bob') : open(bob, 'ada'))),
    );
    const ids = await Promise.all(
      answers.map(async (answer) => (await jsonOf<WireChatSummary>(answer, answer.status)).id),
    );
    expect(new Set(ids).size).toBe(1);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(49).fill(200), 201]);
  });

  it('answers the same 403 for unknown names, people who share no chat, and those who block the caller', async () => {
    const { ada, bob, open } = await twoPeople();
    const problemOf = async (response: Response) => [response.status, await response.text()];
    const unknown = await problemOf(await open(ada, 'nobody'));
    expect(unknown[0]).toBe(403);
    expect(await problemOf(await open(ada, 'eve'))).toEqual(unknown);
    expect(await problemOf(await open(ada, 'bob', 'eve'))).toEqual(unknown);
    await bob.request('PUT', '/blocks/1');
    expect(await problemOf(await open(ada, 'bob'))).toEqual(unknown);
  });

  it('refuses what names nobody, or too many, with 400', async () => {
    const { ada, open } = await twoPeople();
    const tooMany = Array.from({ length: 9 }, (_, n) => `p${n}`);
    for (const usernames of [[], ['ada'], [1], [null], tooMany])
      expect(await answerOf(await open(ada, ...usernames))).toBe('400 bad_request');
    for (const body of [{}, { usernames: 'bob' }])
      expect(await answerOf(await ada.postJson('/direct', body))).toBe('400 bad_request');
  });

  it('is a form without script, which leads to the chat', async () => {
    const { ada, listed } = await twoPeople();
    const first = await ada.postForm('/direct', { username: 'bob' });
    expect([first.status, first.headers.get('location')]).toEqual([303, '/chat/2']);
    expect((await ada.postForm('/direct', { username: 'bob' })).headers.get('location')).toBe('/chat/2');
    expect(await listed(ada)).toEqual(['bob']);
    const page = await (await ada.get('/chat/2', PAGE)).text();
    expect(page).toContain('<h1 dir="auto">bob</h1>');
    expect(page).not.toContain('/create_invite/2');
  });
});

describe('adding a person to a direct chat', () => {
  it('makes another chat of all of them, by a form too, and leaves the first one as it is', async () => {
    const { ada, bob, eve, listed } = await twoPeople();
    await eve.get(`/invite/${await ada.invite(1)}`);
    await ada.postForm('/direct', { username: 'bob' });
    const added = await ada.postForm('/direct', { username: 'eve', others: 'bob' });
    expect([added.status, added.headers.get('location')]).toEqual([303, '/chat/3']);
    expect((await bob.postForm('/direct', { username: 'ada', others: 'eve' })).headers.get('location')).toBe('/chat/3');
    expect([await listed(ada), await listed(eve)]).toEqual([['bob, eve', 'bob'], ['ada, bob']]);
    const page = await (await ada.get('/chat/3/members', PAGE)).text();
    expect(page).toContain('name="others" value="bob:eve"');
  });
});

describe('a direct chat', () => {
  it('cannot be renamed, shared by invites, or purged of people: 403 direct_chat', async () => {
    const { ada, bob, opened } = await twoPeople();
    const { id } = await opened(ada, 201, 'bob');
    expect(await answerOf(await ada.postJson(`/chat/${id}/name`, { chat_name: 'Ours' }))).toBe('403 direct_chat');
    expect(await answerOf(await bob.request('POST', `/create_invite/${id}`))).toBe('403 direct_chat');
    expect(await answerOf(await ada.request('POST', `/chat/${id}/members/2/remove`))).toBe('403 direct_chat');
    const members = await jsonOf<WireMembers>(await ada.get(`/chat/${id}/members`), 200);
    expect(members).toMatchObject({ chat: { name: 'bob' }, you: { role: 'member', leaving: 'hides_chat' }, count: 2 });
  });

  it('is hidden by leaving until the next message', async () => {
    const { ada, bob, opened, listed } = await twoPeople();
    const { id } = await opened(ada, 201, 'bob');
    expect(await answerOf(await bob.request('POST', `/chat/${id}/leave`))).toBe('303 /');
    expect([await listed(ada), await listed(bob)]).toEqual([['bob'], []]);
    await jsonOf(await ada.postJson(`/chat/${id}/messages`, { text: 'psst' }), 201);
    expect(await listed(bob)).toEqual(['ada']);
  });
});

describe('/blocks', () => {
  it('blocks a person, which ends their direct messages, and ends that', async () => {
    const { ada, bob, opened } = await twoPeople();
    const { id } = await opened(ada, 201, 'bob');
    const post = () => bob.postJson(`/chat/${id}/messages`, { text: 'hello?' });
    const blocks = [{ id: 2, username: 'bob' }];
    for (let time = 0; time < 2; time += 1)
      expect(await jsonOf(await ada.request('PUT', '/blocks/2'), 200)).toEqual({ blocks });
    expect(await jsonOf(await ada.get('/blocks'), 200)).toEqual({ blocks });
    expect(await answerOf(await post())).toBe('403 forbidden');
    expect(await answerOf(await bob.request('PUT', `/chat/${id}/level`, JSON_BODY, '{"level":"nothing"}'))).toBe('200');
    for (let time = 0; time < 2; time += 1)
      expect(await jsonOf(await ada.request('DELETE', '/blocks/2'), 200)).toEqual({ blocks: [] });
    expect((await post()).status).toBe(201);
  });

  it('is a page with a form for each person, and a form among the members, without script', async () => {
    const { ada } = await twoPeople();
    const members = async () => (await ada.get('/chat/1/members', PAGE)).text();
    expect(await members()).toMatch(/action="\/blocks\/2".*name="on" value="true"/s);
    const blocked = await ada.postForm('/blocks/2', { on: 'true' });
    expect([blocked.status, blocked.headers.get('location')]).toEqual([303, '/blocks']);
    expect(await (await ada.get('/blocks', PAGE)).text()).toMatch(/bob.*action="\/blocks\/2"/s);
    expect(await members()).toMatch(/action="\/blocks\/2".*name="on" value="false"/s);
    await ada.postForm('/blocks/2', { on: 'false' });
    expect(await (await ada.get('/blocks', PAGE)).text()).toContain('You block nobody.');
  });

  it('is 404 for people who share no chat as for unknown ones, and 400 for oneself', async () => {
    const { ada } = await twoPeople();
    for (const id of [3, 99, 0])
      expect(await answerOf(await ada.request('PUT', `/blocks/${id}`))).toBe('404 not_found');
    expect(await answerOf(await ada.request('PUT', '/blocks/1'))).toBe('400 bad_request');
  });
});
