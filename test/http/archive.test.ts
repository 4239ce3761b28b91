import { describe, expect, it } from 'vitest';
import type { WireMembers } from '../../src/adapters/wire/members.ts';
import { aChatOfTwo, anApp, answerOf, type Client, FORM, JSON_BODY, jsonOf, PAGE } from './client.ts';

const names = async (client: Client, path: string) =>
  (await jsonOf<{ chats: { name: string }[] }>(await client.get(path), 200)).chats.map(({ name }) => name);

describe('/chat/:id/archive', () => {
  it('MO-4: keeps the chat readable, out of the lists, and closed to every change, until its owner brings it back', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    await bob.say(id, 'hello');
    const [listed] = await names(bob, '/chats');
    expect(await jsonOf(await ada.request('PUT', `/chat/${id}/archive`), 200)).toEqual({ archived: true });
    expect([await names(bob, '/chats'), await names(bob, '/chats/archived')]).toEqual([[], [listed]]);
    expect((await bob.history(id)).map(({ text }) => text)).toContain('hello');
    const at = `/chat/${id}/messages/2`;
    const answers = [
      await bob.postJson(`/chat/${id}/messages`, { text: 'more' }),
      await bob.patchJson(at, { text: 'other', revision: 2 }),
      await bob.request('DELETE', at),
      await bob.request('PUT', `${at}/reactions/👍`),
      await bob.request('PUT', `/chat/${id}/pins/2`),
      await bob.post(`/create_invite/${id}`),
      await ada.request('PUT', `/chat/${id}/slow-mode`, JSON_BODY, '{"seconds":5}'),
    ];
    for (const answer of answers) expect(await answerOf(answer)).toBe('409 archived');
    expect(await jsonOf(await ada.request('DELETE', `/chat/${id}/archive`), 200)).toEqual({ archived: false });
    await bob.say(id, 'back');
    expect([await names(bob, '/chats'), await names(bob, '/chats/archived')]).toEqual([[listed], []]);
  });

  it('MO-4: says on its page why nobody can write, without script too', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const form = (archived: string) => ada.post(`/chat/${id}/archive`, `archived=${archived}`, { ...FORM, ...PAGE });
    expect(await answerOf(await form('true'))).toBe(`303 /chat/${id}`);
    const page = await (await bob.get(`/chat/${id}`, PAGE)).text();
    expect(page).toMatch(/<main class="chat"[^>]* data-archived/);
    expect(page).toContain('Its owner can bring it back.');
    expect(await (await ada.get('/chats/archived', PAGE)).text()).toContain(`action="/chat/${id}/archive"`);
    expect(await (await bob.get('/chats/archived', PAGE)).text()).not.toContain(`action="/chat/${id}/archive"`);
    expect(await (await bob.get('/', PAGE)).text()).not.toContain(`href="/chat/${id}"`);
    const refused = await bob.postForm(`/chat/${id}/messages`, { text: 'more' }, PAGE);
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('This chat is archived')]);
    await form('false');
    expect(await (await bob.get(`/chat/${id}`, PAGE)).text()).not.toMatch(/<main class="chat"[^>]* data-archived/);
  });
});

describe('/chat/:id/retention', () => {
  it('MO-5: is set by the owner, and said in the header of the chat and among the members', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const set = (days: unknown) => ada.request('PUT', `/chat/${id}/retention`, JSON_BODY, JSON.stringify({ days }));
    expect(await jsonOf(await set(30), 200)).toEqual({ days: 30 });
    expect(await (await bob.get(`/chat/${id}`, PAGE)).text()).toContain('kept 30 days');
    const members = `/chat/${id}/members`;
    const days = async (client: Client) => (await jsonOf<WireMembers>(await client.get(members), 200)).retention_days;
    expect([await days(ada), await days(bob)]).toEqual([30, undefined]);
    const form = await ada.post(`/chat/${id}/retention`, 'days=0', { ...FORM, ...PAGE });
    expect(await answerOf(form)).toBe(`303 ${members}`);
    expect(await (await bob.get(`/chat/${id}`, PAGE)).text()).not.toContain('kept 30 days');
    for (const wrong of ['30', null]) expect(await answerOf(await set(wrong))).toBe('400 bad_request');
    for (const wrong of [-1, 1.5, 3_651]) expect(await answerOf(await set(wrong))).toBe('422 invalid_retention');
  });
});
