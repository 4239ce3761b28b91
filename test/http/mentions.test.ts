import { describe, expect, it } from 'vitest';
import type { WireMessage } from '../../src/adapters/wire/message.ts';
import { aChatOfTwo, anApp, type Client, jsonOf, PAGE } from './client.ts';

async function aChat() {
  const app = await anApp();
  const { ada, bob, eve, id } = await aChatOfTwo(app);
  const post = async (text: string, by: Client = ada) =>
    jsonOf<WireMessage>(await by.postJson(`/chat/${id}/messages`, { text }), 201);
  const edit = async ({ position, revision }: WireMessage, text: string) =>
    jsonOf<WireMessage>(await ada.patchJson(`/chat/${id}/messages/${position}`, { text, revision }), 200);
  const page = async (by: Client = ada) => (await by.get(`/chat/${id}`, PAGE)).text();
  return { app, ada, bob, eve, id, post, edit, page };
}

/** The ids of Ada and Bob. */
const [ADA, BOB] = [1, 2];

describe('mentions', () => {
  it('are the members of the chat whose names a text has after @, without regard to case', async () => {
    const { ada, id, post } = await aChat();
    const message = await post('@Bob and @ada, not @eve and not @nobody');
    expect(message.mentions).toEqual([BOB, ADA]);
    expect((await ada.history(id)).at(-1)).toEqual(message);
    expect((await post('mail to bob@example.org, `@bob`')).mentions).toEqual([]);
  });

  it('are all members for @all', async () => {
    const { post } = await aChat();
    expect((await post('@all, lunch?')).mentions).toEqual([ADA, BOB]);
    expect((await post('> @all, lunch?')).mentions).toEqual([]);
  });

  it('follow an edit: one is added, removed, and added once', async () => {
    const { ada, id, post, edit } = await aChat();
    const first = await post('hello');
    const added = await edit(first, 'hello @bob');
    expect(added.mentions).toEqual([BOB]);
    const removed = await edit(added, 'hello bob');
    expect(removed.mentions).toEqual([]);
    const again = await edit(removed, 'hello @bob, @bob');
    expect(again.mentions).toEqual([BOB]);
    expect((await ada.history(id)).at(-1)).toEqual(again);
  });

  it('come back when a deletion is undone, and are in no tombstone', async () => {
    const { ada, id, post } = await aChat();
    const { position } = await post('hello @bob');
    const address = `/chat/${id}/messages/${position}`;
    expect((await jsonOf<WireMessage>(await ada.request('DELETE', address), 200)).mentions).toEqual([]);
    const restored = await jsonOf<WireMessage>(await ada.post(`${address}/restore`), 200);
    expect(restored.mentions).toEqual([BOB]);
    expect((await ada.history(id)).at(-1)).toEqual(restored);
  });

  it.each([
    ['@bob', 1],
    ['`@bob`', 0],
    ['```\n@bob\n```', 0],
    ['> @bob', 0],
    ['\\@bob', 0],
    ['x@bob', 0],
    ['bob@bob.example', 0],
    ['https://example.org/@bob', 0],
    ['[@bob](https://example.org)', 0],
    ['**@bob**', 1],
    ['||@bob||', 1],
    ['- @bob', 1],
    ['@"bob"', 1],
    ['@nobody', 0],
    ['@eve', 0],
  ] as const)('are rendered exactly where they are stored: %j', async (text, count) => {
    const { post, page } = await aChat();
    expect((await post(text)).mentions).toHaveLength(count);
    const row = (await page()).match(/<article[^>]*data-position="\d+"[\s\S]*?<\/article>/g)?.at(-1) ?? '';
    expect(row.match(/class="mention[" ]/g) ?? []).toHaveLength(count);
  });

  it('link to their person among the members, or to a page that says that they left', async () => {
    const { ada, bob, id, post, page } = await aChat();
    await post('Ahoy @bob');
    const [, href = ''] = /<a class="mention" href="([^"]*)"/.exec(await page()) ?? [];
    expect(href).toBe(`/chat/${id}/members?person=${BOB}#member-${BOB}`);
    const members = async () => (await ada.get(href.replace(/#.*/, ''), PAGE)).text();
    expect(await members()).toContain(`id="member-${BOB}" aria-current="true"`);
    await bob.post(`/chat/${id}/leave`);
    const left = await members();
    expect(left).toContain('This person is not in this chat any more.');
    expect(left).not.toContain('aria-current="true"');
    expect((await ada.get(`/chat/${id}/members?person=bob`)).status).toBe(400);
  });
});
