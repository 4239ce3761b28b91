import { describe, expect, it } from 'vitest';
import type { WireChatSummary } from '../../src/adapters/wire/user-frames.ts';
import { aChatOfTwo, anApp, type Client, JSON_BODY, jsonOf, PAGE, TEXT } from './client.ts';

async function chats() {
  const { ada, bob, id } = await aChatOfTwo(await anApp());
  await ada.request('POST', `/chat/${id}/messages`, TEXT, 'first');
  const { id: later } = await jsonOf<{ id: number }>(
    await ada.request('POST', '/newchat', JSON_BODY, JSON.stringify({ chat_name: 'Later' })),
    201,
  );
  const listed = async (by: Client) =>
    (await jsonOf<{ readonly chats: readonly WireChatSummary[] }>(await by.get('/chats'), 200)).chats;
  const shown = async (by: Client) => {
    const page = await (await by.get('/', PAGE)).text();
    return [...page.matchAll(/<li class="card" data-chat="(\d+)"[^>]*?( data-pinned)?>/g)].map(([, chat, pinned]) => [
      Number(chat),
      pinned !== undefined,
    ]);
  };
  return { ada, bob, id, later, listed, shown };
}

describe('pinned chats', () => {
  it('stand first in the list on pages of the member who pinned them, with a mark; GET /chats keeps its order', async () => {
    const { ada, bob, id, later, listed, shown } = await chats();
    expect(await shown(ada)).toEqual([
      [later, false],
      [id, false],
    ]);
    for (let time = 0; time < 2; time++) {
      const summary = await jsonOf<WireChatSummary>(await ada.request('PUT', `/chat/${id}/pin`), 200);
      expect(summary).toMatchObject({ id, pinned: true });
    }
    expect(await shown(ada)).toEqual([
      [id, true],
      [later, false],
    ]);
    expect((await listed(ada)).map((chat) => [chat.id, chat.pinned])).toEqual([
      [later, undefined],
      [id, true],
    ]);
    expect((await listed(bob)).map(({ pinned }) => pinned)).toEqual([undefined]);
    const unpinned = await jsonOf<WireChatSummary>(await ada.request('DELETE', `/chat/${id}/pin`), 200);
    expect(unpinned).not.toHaveProperty('pinned');
    expect((await shown(ada)).map(([chat]) => chat)).toEqual([later, id]);
  });

  it('are pinned by a form in the menu of the chat, without script, which leads back to the chat', async () => {
    const { ada, id, shown } = await chats();
    const page = async () => (await ada.get(`/chat/${id}`, PAGE)).text();
    expect(await page()).toContain('Pin this chat');
    const pinned = await ada.postForm(`/chat/${id}/pin`, { pinned: 'on' });
    expect([pinned.status, pinned.headers.get('location')]).toEqual([303, `/chat/${id}`]);
    expect((await shown(ada))[0]).toEqual([id, true]);
    expect(await page()).toContain('Unpin this chat');
    await ada.postForm(`/chat/${id}/pin`, { pinned: 'off' });
    expect(await page()).toContain('Pin this chat');
  });
});
