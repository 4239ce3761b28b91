import { describe, expect, it } from 'vitest';
import { KeptPages } from '../../src/adapters/http/pages/kept-pages.ts';
import { chatName, revision } from '../../src/domain/chats/chat.ts';
import { username } from '../../src/domain/identity/username.ts';
import { chatId, userId } from '../../src/domain/ids.ts';
import { aChatOfTwo, anApp, type Client, PAGE, withoutFormIds } from './client.ts';

const open = async (client: Client, id: number): Promise<string> => (await client.get(`/chat/${id}`, PAGE)).text();

/** Opens it so often that the last one is a kept one. */
async function openOften(client: Client, id: number): Promise<string> {
  await open(client, id);
  const [second, third] = [await open(client, id), await open(client, id)];
  expect(withoutFormIds(third)).toBe(withoutFormIds(second));
  return third;
}

describe('a chat page that was kept', () => {
  it('is made anew when something was posted', async () => {
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

  it('is not shown to who was removed, nor to who signed out', async () => {
    const app = await anApp();
    const { ada, bob, id } = await aChatOfTwo(app);
    await openOften(bob, id);
    await app.storage.unitOfWork.run((store) => store.members.remove(chatId(id), userId(2)));
    expect((await bob.get(`/chat/${id}`, PAGE)).status).toBe(403);
    await openOften(ada, id);
    await ada.post('/logout');
    expect((await ada.get(`/chat/${id}`, PAGE)).status).toBe(303);
  });

  it('is made anew when the viewer has another chat, or the chat has fewer members', async () => {
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

describe('kept pages', () => {
  const ada = { id: userId(1), username: username('ada') };
  const page = (id: number, bytes: number) => {
    const chat = { id: chatId(id), name: chatName('Lobby'), revision: revision(1) };
    return {
      viewer: ada,
      theme: 'system' as const,
      chat,
      members: 1,
      chats: [chat],
      version: 1,
      body: new Uint8Array(bytes),
      formId: '',
    };
  };
  const keepTwice = (pages: KeptPages, id: number, bytes: number) => {
    for (let time = 0; time < 2; time++) pages.keep(page(id, bytes));
  };
  const kept = (pages: KeptPages, ...ids: readonly number[]) =>
    ids.filter((id) => pages.find({ viewer: ada.id, chat: chatId(id), theme: 'system' }) !== undefined);

  it('keep a page when it is made for the second time', () => {
    const pages = new KeptPages(100);
    pages.keep(page(1, 10));
    expect(kept(pages, 1)).toEqual([]);
    pages.keep(page(1, 10));
    expect(kept(pages, 1)).toEqual([1]);
  });

  it('hold so many bytes and no more: the one used longest ago goes first', () => {
    const pages = new KeptPages(100);
    keepTwice(pages, 1, 40);
    keepTwice(pages, 2, 40);
    pages.find({ viewer: ada.id, chat: chatId(1), theme: 'system' });
    keepTwice(pages, 3, 40);
    expect(kept(pages, 1, 2, 3)).toEqual([1, 3]);
    keepTwice(pages, 4, 101);
    expect(kept(pages, 1, 2, 3, 4)).toEqual([]);
    keepTwice(pages, 5, 100);
    expect(kept(pages, 5)).toEqual([5]);
  });
});
