import { describe, expect, it } from 'vitest';
import type { WireMembers } from '../../src/adapters/wire/members.ts';
import type { WireChatSummary } from '../../src/adapters/wire/user-frames.ts';
import { aChatOfTwo, anApp, answerOf, type Client, JSON_BODY, jsonOf, TEXT } from './client.ts';

async function levels() {
  const { ada, bob, id } = await aChatOfTwo(await anApp());
  const put = (body: unknown, by: Client = bob) =>
    by.request('PUT', `/chat/${id}/level`, JSON_BODY, JSON.stringify(body));
  const listed = async (by: Client) => {
    const { chats } = await jsonOf<{ readonly chats: readonly WireChatSummary[] }>(await by.get('/chats'), 200);
    return chats.find((chat) => chat.id === id)?.level;
  };
  return { ada, bob, id, put, listed };
}

describe('PUT /chat/:id/level', () => {
  it('sets the level of the chat for the caller alone, and answers the summary', async () => {
    const { ada, bob, id, put, listed } = await levels();
    expect(await listed(bob)).toBe('mentions');
    for (const level of ['all', 'nothing', 'nothing', 'mentions', 'all']) {
      const summary = await jsonOf<WireChatSummary>(await put({ level }), 200);
      expect(summary).toMatchObject({ id, kind: 'group', members: 2, level });
      expect(await listed(bob)).toBe(level);
    }
    expect(await listed(ada)).toBe('mentions');
  });

  it('refuses what is no level with 400, and another type with 415', async () => {
    const { bob, id, put, listed } = await levels();
    for (const level of ['All', 'none', '', null, 1, undefined, ['all']])
      expect(await answerOf(await put({ level }))).toBe('400 bad_request');
    const asText = await bob.request('PUT', `/chat/${id}/level`, TEXT, '{"level":"all"}');
    expect(await answerOf(asText)).toBe('415 unsupported_media_type');
    expect(await listed(bob)).toBe('mentions');
  });
});

describe('without script', () => {
  it('a form on the page of members sets the level, and leads back to it', async () => {
    const { bob, id, listed } = await levels();
    const set = await bob.postForm(`/chat/${id}/level`, { level: 'nothing' });
    expect([set.status, set.headers.get('location')]).toEqual([303, `/chat/${id}/members`]);
    expect(await listed(bob)).toBe('nothing');
    expect((await jsonOf<WireMembers>(await bob.get(`/chat/${id}/members`), 200)).you.level).toBe('nothing');
    const page = await (await bob.get(`/chat/${id}/members`, { accept: 'text/html' })).text();
    expect(page).toMatch(/<option value="nothing" selected>Nothing<\/option>/);
  });
});
