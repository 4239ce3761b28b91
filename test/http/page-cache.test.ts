import { describe, expect, it } from 'vitest';
import { PageCache } from '../../src/adapters/http/pages/page-cache.ts';
import { chatName, revision } from '../../src/domain/chats/chat.ts';
import { username } from '../../src/domain/identity/username.ts';
import { chatId, userId } from '../../src/domain/ids.ts';
import { readAll } from '../../src/domain/reading/read-pointer.ts';
import { aChatOfTwo, anApp, type Client, PAGE, withoutFormIds } from './client.ts';

const open = async (client: Client, id: number): Promise<string> => (await client.get(`/chat/${id}`, PAGE)).text();

/** Opens the page until it comes from the cache. */
async function openOften(client: Client, id: number): Promise<string> {
  await open(client, id);
  const [second, third] = [await open(client, id), await open(client, id)];
  expect(withoutFormIds(third)).toBe(withoutFormIds(second));
  return third;
}

describe('a cached chat page', () => {
  it('is rendered again when something was posted', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    await ada.say(id, 'first');
    expect(await openOften(bob, id)).toContain('first');
    await ada.say(id, 'second');
    const page = await openOften(bob, id);
    expect(page).toContain('second');
    expect(page).toContain('data-revision="3"');
  });

  it("is its viewer's: each sees their own messages as their own", async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    await ada.say(id, 'hello');
    const own = (page: string) => page.match(/class="message own"/g)?.length ?? 0;
    expect([own(await openOften(ada, id)), own(await openOften(bob, id))]).toEqual([1, 0]);
    expect(await open(bob, id)).toContain('data-username="bob"');
  });

  it('is not shown to a removed member, nor after signing out', async () => {
    const app = await anApp();
    const { ada, bob, id } = await aChatOfTwo(app);
    await openOften(bob, id);
    await app.storage.unitOfWork.run((store) => store.members.remove(chatId(id), userId(2)));
    expect((await bob.get(`/chat/${id}`, PAGE)).status).toBe(403);
    await openOften(ada, id);
    await ada.post('/logout');
    expect((await ada.get(`/chat/${id}`, PAGE)).status).toBe(303);
  });

  it('is rendered again when the viewer has another chat, or the chat has fewer members', async () => {
    const app = await anApp();
    const { ada, id } = await aChatOfTwo(app);
    expect(await openOften(ada, id)).toContain('2 members');
    await ada.newChat('Kitchen');
    expect(await openOften(ada, id)).toContain('Kitchen');
    await app.storage.unitOfWork.run((store) => store.members.remove(chatId(id), userId(2)));
    expect(await openOften(ada, id)).toContain('1 member<');
  });

  it('leaves with the same headers, and with the cookie that was prolonged', async () => {
    const app = await anApp();
    const { ada, id } = await aChatOfTwo(app);
    const headersOf = async () => Object.fromEntries((await ada.get(`/chat/${id}`, PAGE)).headers);
    const usual = await headersOf();
    expect(usual).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' });
    await openOften(ada, id);
    expect(await headersOf()).toEqual(usual);
    app.clock.advance(25 * 3600 * 1000);
    expect(await headersOf()).toEqual({ ...usual, 'set-cookie': expect.stringContaining('session_token=') });
  });
});

describe('the page cache', () => {
  const ada = { id: userId(1), username: username('ada') };
  const page = (id: number, bytes: number) => {
    const chat = { id: chatId(id), name: chatName('Lobby'), revision: revision(1) };
    const reading = {
      pointer: readAll(revision(1)),
      level: 'mentions' as const,
      mutedUntil: null,
      pinned: false,
      role: 'member' as const,
      revision: revision(1),
      unread: 0,
      mentions: 0,
    };
    return {
      viewer: ada,
      theme: 'system' as const,
      extent: 'whole' as const,
      chat,
      members: 1,
      renames: 0,
      chats: [{ ...chat, members: 1, last: null, reading }],
      role: 'member' as const,
      version: 1,
      body: new Uint8Array(bytes),
      formId: '',
    };
  };
  const addTwice = (pages: PageCache, id: number, bytes: number) => {
    for (let time = 0; time < 2; time++) pages.add(page(id, bytes));
  };
  const cached = (pages: PageCache, ...ids: readonly number[]) =>
    ids.filter(
      (id) => pages.find({ viewer: ada.id, chat: chatId(id), theme: 'system', extent: 'whole' }) !== undefined,
    );

  it('takes a page when it is rendered for the second time', () => {
    const pages = new PageCache(100);
    pages.add(page(1, 10));
    expect(cached(pages, 1)).toEqual([]);
    pages.add(page(1, 10));
    expect(cached(pages, 1)).toEqual([1]);
  });

  it('holds a bounded number of bytes and evicts the least recently used page', () => {
    const pages = new PageCache(100);
    addTwice(pages, 1, 40);
    addTwice(pages, 2, 40);
    pages.find({ viewer: ada.id, chat: chatId(1), theme: 'system', extent: 'whole' });
    addTwice(pages, 3, 40);
    expect(cached(pages, 1, 2, 3)).toEqual([1, 3]);
    addTwice(pages, 4, 101);
    expect(cached(pages, 1, 2, 3, 4)).toEqual([1, 3]);
    addTwice(pages, 5, 100);
    expect(cached(pages, 1, 3, 5)).toEqual([5]);
  });

  it('drops a page that has changed until it is rendered for the second time again', () => {
    const pages = new PageCache(100);
    addTwice(pages, 1, 10);
    const changed = page(1, 10);
    pages.add({ ...changed, chat: { ...changed.chat, revision: revision(2) } });
    expect(cached(pages, 1)).toEqual([]);
  });
});
