import { describe, expect, it } from 'vitest';
import type { WireChatSummary } from '../../src/adapters/wire/user-frames.ts';
import { aChatOfTwo, anApp, answerOf, type Client, JSON_BODY, jsonOf, PAGE, TEXT } from './client.ts';

/** Three messages of Ada's at the positions 2 to 4, which Bob has yet to read. */
async function unreadMessages() {
  const { ada, bob, eve, id } = await aChatOfTwo(await anApp());
  for (const text of ['one', '@bob two', 'three'])
    await jsonOf(await ada.postJson(`/chat/${id}/messages`, { text }), 201);
  const put = (what: 'read' | 'unread', body: unknown, by: Client = bob) =>
    by.request('PUT', `/chat/${id}/${what}`, JSON_BODY, JSON.stringify(body));
  const summary = async (response: Promise<Response>) => jsonOf<WireChatSummary>(await response, 200);
  const listed = async (by: Client) => {
    const { chats } = await jsonOf<{ readonly chats: readonly WireChatSummary[] }>(await by.get('/chats'), 200);
    return chats.find((chat) => chat.id === id);
  };
  return { ada, bob, eve, id, put, summary, listed };
}

describe('GET /chats', () => {
  it('has for each chat how far the caller has read, what is unread, and what of it mentions them', async () => {
    const { ada, bob, id, listed } = await unreadMessages();
    expect(await listed(bob)).toEqual({
      id,
      kind: 'group',
      name: expect.any(String),
      members: 2,
      last: expect.objectContaining({ position: 4 }),
      read: 0,
      unread: 3,
      mentions: 1,
      level: 'mentions',
    });
    expect(await listed(ada)).toMatchObject({ unread: 0, mentions: 0 });
  });
});

describe('PUT /chat/:id/read', () => {
  it('moves the pointer forward, and answers the summary; an older position changes nothing', async () => {
    const { bob, put, summary, listed } = await unreadMessages();
    const moved = await summary(put('read', { position: 3 }));
    expect(moved).toMatchObject({ read: 3, unread: 1, mentions: 0 });
    expect(await summary(put('read', { position: 2 }))).toEqual(moved);
    expect(await listed(bob)).toEqual(moved);
    expect(await summary(put('read', { position: 1_000 }))).toMatchObject({ read: 4, unread: 0 });
  });

  it('works in a chat that was emptied by deletion', async () => {
    const { ada, id, put, summary } = await unreadMessages();
    for (const position of [2, 3, 4]) await ada.request('DELETE', `/chat/${id}/messages/${position}`);
    expect(await summary(put('read', { position: 4 }))).toMatchObject({ read: 4, unread: 0 });
  });

  it('refuses what is no position with 400, and another type with 415', async () => {
    const { bob, id, put } = await unreadMessages();
    for (const position of [-1, 1.5, '3', null, 2 ** 60, undefined])
      expect(await answerOf(await put('read', { position }))).toBe('400 bad_request');
    const asText = await bob.request('PUT', `/chat/${id}/read`, TEXT, '{"position":3}');
    expect(await answerOf(asText)).toBe('415 unsupported_media_type');
  });
});

describe('PUT /chat/:id/unread', () => {
  it('marks unread from the message on, which a stale pointer of a sleeping device does not take back', async () => {
    const { put, summary } = await unreadMessages();
    await put('read', { position: 4 });
    const marked = await summary(put('unread', { position: 3 }));
    expect(marked).toMatchObject({ read: 2, read_version: 1, unread: 2, mentions: 1 });
    expect(await summary(put('read', { position: 4, read_version: 0 }))).toEqual(marked);
    expect(await summary(put('read', { position: 4, read_version: 1 }))).toMatchObject({ read: 4, unread: 0 });
    await put('unread', { position: 2 });
    expect(await summary(put('read', { position: 4 }))).toMatchObject({ read: 4, unread: 0 });
  });

  it('UN-1: refuses a message that the chat does not have with 404, and outsiders with the same 403 as for no chat', async () => {
    const { eve, put } = await unreadMessages();
    expect(await answerOf(await put('unread', { position: 99 }))).toBe('404 not_found');
    expect(await answerOf(await put('unread', { position: 2 }, eve))).toBe('403 forbidden');
    expect(await answerOf(await put('read', { position: 2 }, eve))).toBe('403 forbidden');
  });
});

describe('without script', () => {
  it('forms mark messages as read and as unread, and lead to the chat', async () => {
    const { bob, id, listed } = await unreadMessages();
    const post = (what: string, position: number) => bob.postForm(`/chat/${id}/${what}`, { position: `${position}` });
    const read = await post('read', 4);
    expect([read.status, read.headers.get('location')]).toEqual([303, `/chat/${id}`]);
    expect(await listed(bob)).toMatchObject({ unread: 0 });
    const unread = await post('unread', 3);
    expect([unread.status, unread.headers.get('location')]).toEqual([303, `/chat/${id}`]);
    expect(await listed(bob)).toMatchObject({ unread: 2 });
    expect(await answerOf(await post('read', 0))).toBe('404 not_found');
  });

  it('the page of a chat has the unread line with its count above the first unread message', async () => {
    const { ada, bob, id, put } = await unreadMessages();
    const lineIn = async (by: Client, path = `/chat/${id}`) => {
      const html = await (await by.request('GET', path, PAGE)).text();
      return /<p class="unread-line"[^>]*>([^<]*)<\/p>\s*<article [^>]*data-position="(\d+)"/.exec(html)?.slice(1);
    };
    expect(await lineIn(bob)).toEqual(['3 new', '2']);
    expect(await lineIn(ada)).toBeUndefined();
    await put('read', { position: 3 });
    expect(await lineIn(bob)).toEqual(['1 new', '4']);
    await ada.request('DELETE', `/chat/${id}/messages/4`);
    expect(await lineIn(bob)).toBeUndefined();
  });

  it('the unread line is on the page that begins at it where the latest page does not reach back to it', async () => {
    const { ada, bob, id } = await unreadMessages();
    for (let n = 1; n <= 60; n += 1) await jsonOf(await ada.postJson(`/chat/${id}/messages`, { text: `${n}` }), 201);
    const page = async (path: string) => (await bob.request('GET', path, PAGE)).text();
    const latest = await page(`/chat/${id}`);
    expect(latest).not.toContain('class="unread-line"');
    const [, pill = ''] = /href="([^"]*)" data-unread-pill/.exec(latest) ?? [];
    expect(pill).toBe(`/chat/${id}?after=0#unread`);
    expect(await page(`/chat/${id}?after=0`)).toMatch(/id="unread"[^>]*>63 new<\/p>\s*<article [^>]*data-position="2"/);
    expect(await page(`/chat/${id}?after=5`)).not.toContain('class="unread-line"');
  });
});
