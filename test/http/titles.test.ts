import { describe, expect, it } from 'vitest';
import { aChatOfTwo, anApp, type Client, JSON_BODY, jsonOf, PAGE, TEXT } from './client.ts';

const head = async (by: Client, path: string) => {
  const page = await (await by.get(path, PAGE)).text();
  return {
    title: page.match(/<title>(.*)<\/title>/)?.[1],
    hasDot: /rel="icon"[^>]* href="[^"]*icon-unread/.test(page),
  };
};

describe('the title of a page', () => {
  it('has the number of unread mentions and direct messages without script too, and the icon a dot', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const body = JSON.stringify({ usernames: ['bob'] });
    const direct = await jsonOf<{ id: number }>(await ada.request('POST', '/direct', JSON_BODY, body), 201);
    const say = (chat: number, text: string) => ada.request('POST', `/chat/${chat}/messages`, TEXT, text);
    await say(id, 'for everybody');
    expect(await head(bob, '/')).toEqual({ title: 'Shoal', hasDot: false });
    await say(id, 'for @bob');
    await say(direct.id, 'for bob');
    expect(await head(bob, '/')).toEqual({ title: '(2) Shoal', hasDot: true });
    expect((await head(bob, `/chat/${id}`)).title).toMatch(/^\(2\) .+ · Shoal$/);
    expect((await head(ada, '/')).title).toBe('Shoal');
    for (let n = 0; n < 100; n++) await say(direct.id, 'more');
    expect((await head(bob, '/')).title).toBe('(99+) Shoal');
    await bob.request('PUT', `/chat/${direct.id}/read`, JSON_BODY, JSON.stringify({ position: 1_000 }));
    expect((await head(bob, '/')).title).toBe('(1) Shoal');
  });
});
