import { expect, it } from 'vitest';
import type { WireHit } from '../../src/adapters/wire/found-message.ts';
import type { WireMessage } from '../../src/adapters/wire/message.ts';
import { aChatOfTwo, anApp, answerOf, jsonOf, PAGE } from './client.ts';

interface Answer {
  readonly hits: readonly WireHit[];
  readonly next: string | null;
  readonly complete: boolean;
}

async function aChatWith(...texts: readonly string[]) {
  const { ada, bob, id } = await aChatOfTwo(await anApp());
  const posted: WireMessage[] = [];
  for (const text of texts) posted.push(await jsonOf(await ada.postJson(`/chat/${id}/messages`, { text }), 201));
  const search = async (query: string, more = '') =>
    jsonOf<Answer>(await bob.get(`/search?q=${encodeURIComponent(query)}${more}`), 200);
  const page = async (query: string, more = '') =>
    (await bob.request('GET', `/search?q=${encodeURIComponent(query)}${more}`, PAGE)).text();
  return { ada, bob, id, posted, search, page };
}

it('GET /search answers the messages with what was typed, where in their texts it is, and their chats', async () => {
  const { id, posted, search } = await aChatWith('Die Waschmaschine', 'nothing of it', 'una maschine, zwei Maschinen');
  const chat = { id, name: expect.any(String) };
  expect(await search('maschine')).toEqual({
    hits: [
      {
        chat,
        message: posted[2],
        ranges: [
          [4, 12],
          [19, 27],
        ],
      },
      { chat, message: posted[0], ranges: [[9, 17]] },
    ],
    next: null,
    complete: true,
  });
  expect(await search('nowhere')).toEqual({ hits: [], next: null, complete: true });
});

it('goes on by `next`, and takes one chat, a limit and the zone in which days begin', async () => {
  const { id, search } = await aChatWith('word one', 'word two', 'word three');
  const first = await search('word', `&chat=${id}&limit=2`);
  expect(first.hits.map(({ message }) => message.text)).toEqual(['word three', 'word two']);
  const second = await search('word', `&chat=${id}&limit=2&next=${first.next}`);
  expect([second.hits.map(({ message }) => message.text), second.next]).toEqual([['word one'], null]);
  const sentAt = first.hits[0]?.message.sent_at ?? '';
  const inZone = (zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(sentAt));
  for (const zone of ['UTC', 'Asia/Kolkata', 'Pacific/Kiritimati'])
    expect((await search(`word on:${inZone(zone)}`, `&zone=${zone}`)).hits).toHaveLength(3);
});

it('answers whatever is typed with 200, and a wrong chat, place, limit or zone with an error', async () => {
  const { bob, ada, id, search } = await aChatWith('one');
  for (const query of ['"', "'", '\\', '%', '\0', 'a'.repeat(5_000), 'NEAR(a b)', '* AND', '-', 'has:x'])
    expect(await search(query)).toMatchObject({ next: null });
  for (const path of ['/search', '/search?q=%ED%A0%80', '/search?q=%', '/search?q=a&q=b'])
    expect((await bob.get(path)).status).toBe(200);
  const den = await jsonOf<{ id: number }>(await ada.postJson('/newchat', { chat_name: 'Den' }), 201);
  expect(await answerOf(await bob.get(`/search?q=one&chat=${den.id}`))).toBe('403 forbidden');
  expect(await answerOf(await bob.get('/search?q=one&chat=x'))).toBe('404 not_found');
  for (const more of ['next=x', 'limit=51', 'limit=0', 'zone=Nowhere'])
    expect(await answerOf(await bob.get(`/search?q=one&chat=${id}&${more}`))).toBe('400 bad_request');
});

it('is a page without script, with marked words and a way to each message, and with the operators where nothing was found', async () => {
  const { id, posted, page } = await aChatWith(
    `${'far '.repeat(80)} the <b>needle</b> ${'away '.repeat(80)}`,
    '||hidden needle||',
  );
  const found = await page('needle');
  expect(found).toContain('the &lt;b&gt;<mark>needle</mark>&lt;/b&gt;');
  expect(found).toContain(`href="/chat/${id}/at/${posted[0]?.position}"`);
  expect(found).toContain('[spoiler]');
  expect(found).not.toContain('hidden <mark>');
  expect(found).not.toContain('mentions:me');
  expect(await page('nowhere')).toContain('Nothing was found.');
  const empty = await page('');
  for (const operator of ['from:ada', 'in:lobby', 'before:', 'has:link', 'mentions:me', '-draft'])
    expect(empty).toContain(operator);
  const first = await page('needle', '&limit=1');
  expect(first).toMatch(/\/search\?q=needle&amp;next=\d+/);
});
