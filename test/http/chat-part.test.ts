import { describe, expect, it } from 'vitest';
import { aChatOfTwo, anApp, type Client, PAGE, withoutFormIds } from './client.ts';

const PART = { ...PAGE, 'shoal-part': 'chat' };

const textOf = async (client: Client, path: string, headers: Readonly<Record<string, string>>): Promise<string> =>
  (await client.get(path, headers)).text();

const mainOf = (page: string): string => withoutFormIds(page.match(/<main[\s\S]*<\/main>/)?.[0] ?? '');

describe('the part of a chat’s page that a page of another chat takes over', () => {
  it('is the main element of the whole page, and nothing around it', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    await ada.say(id, 'ahoy');
    for (const path of [`/chat/${id}`, `/chat/${id}/at/2`, `/chat/${id}?before=2`]) {
      const [part, page] = [await textOf(ada, path, PART), await textOf(ada, path, PAGE)];
      expect(withoutFormIds(part).trim()).toBe(mainOf(page));
      expect(page).toContain('<!doctype html>');
      expect(part.length).toBeLessThan(page.length);
    }
  });

  it('names the data, the person and the script that it was made for, and may be neither stored nor served for the page', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const [part, page] = [await ada.get(`/chat/${id}`, PART), await ada.get(`/chat/${id}`, PAGE)];
    const person = page.headers.get('offline-copy-for');
    const script = (await page.text()).match(/src="(\/static\/client-\w+\.js)"/)?.[1];
    expect(part.headers.get('shoal-part')).toBe(`${person} ${script}`);
    expect([part.headers.get('offline-copy-for'), page.headers.get('shoal-part')]).toEqual([null, null]);
    for (const { headers } of [part, page]) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('vary')).toBe('Accept-Encoding, Shoal-Part');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  it('is current at each request, and comes from the cache until its own chat changes', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const other = await ada.newChat('Kitchen');
    const read = () => textOf(bob, `/chat/${id}`, PART);
    for (let time = 0; time < 3; time += 1) await read();
    await ada.say(other, 'elsewhere');
    expect(await read()).not.toContain('elsewhere');
    await ada.say(id, 'here');
    for (let time = 0; time < 3; time += 1) expect(await read()).toContain('here');
    expect(await textOf(bob, `/chat/${id}`, PAGE)).toContain('<!doctype html>');
    expect(await read()).not.toContain('<!doctype html>');
  });

  it('marks nothing as read', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    await ada.say(id, 'unread');
    expect(await textOf(bob, `/chat/${id}`, PART)).toContain('data-unread="1"');
    expect(await textOf(bob, `/chat/${id}`, PART)).toContain('data-unread="1"');
  });

  it('is refused like the page: to others, for chats that do not exist, and without a session', async () => {
    const { eve, id } = await aChatOfTwo(await anApp());
    expect([(await eve.get(`/chat/${id}`, PART)).status, (await eve.get('/chat/999', PART)).status]).toEqual([
      403, 403,
    ]);
    await eve.post('/logout');
    const signedOut = await eve.get(`/chat/${id}`, PART);
    expect([signedOut.status, signedOut.headers.get('location')]).toEqual([303, `/auth?next=%2Fchat%2F${id}`]);
    for (const { headers } of [signedOut, await eve.get('/chat/999', PART)])
      expect(headers.get('shoal-part')).toBe(null);
  });
});
