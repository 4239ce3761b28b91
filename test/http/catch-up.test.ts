import { expect, it } from 'vitest';
import type { WireMissedChat } from '../../src/adapters/wire/missed.ts';
import { aChatOfTwo, anApp, answerOf, FORM, jsonOf, PAGE } from './client.ts';

async function aMissedMention() {
  const { ada, bob, eve, nobody, id } = await aChatOfTwo(await anApp());
  await ada.say(id, '@bob <b>look</b>');
  const missed = async (client = bob) =>
    (await jsonOf<{ chats: WireMissedChat[] }>(await client.get('/catch-up'), 200)).chats;
  return { ada, bob, eve, nobody, id, missed };
}

it('UN-2: GET /catch-up has what the caller missed, and tells nobody of the chats of others', async () => {
  const { ada, bob, eve, nobody, id, missed } = await aMissedMention();
  const chats = await missed();
  expect(chats).toMatchObject([{ id, kind: 'group', unread: 1, mentions: 1, level: 'mentions' }]);
  expect(chats[0]?.missed).toEqual([
    {
      position: 2,
      author: { id: 1, username: 'ada' },
      snippet: '@bob <b>look</b>',
      sent_at: expect.any(String),
      reasons: ['mention'],
      reactions: 0,
    },
  ]);
  expect([await missed(ada), await missed(eve)]).toEqual([[], []]);
  expect(await answerOf(await nobody.get('/catch-up'))).toBe('401 unauthenticated');
  // The revision marks everything as read that was counted.
  const position = chats[0]?.revision;
  await jsonOf(
    await bob.request('PUT', `/chat/${id}/read`, { 'content-type': 'application/json' }, JSON.stringify({ position })),
    200,
  );
  expect(await missed()).toEqual([]);
});

it('the page of what was missed works without script: links to each message, and a form that marks a chat as read and leads back', async () => {
  const { bob, id, missed } = await aMissedMention();
  const page = await (await bob.get('/catch-up', PAGE)).text();
  expect(page).toContain(`href="/chat/${id}/at/2"`);
  expect(page).toContain('@bob &lt;b&gt;look&lt;/b&gt;');
  expect(page).toContain('Mentions you');
  const [, position] = /name="position" value="(\d+)"/.exec(page) ?? [];
  const sent = await bob.request(
    'POST',
    `/chat/${id}/read`,
    { ...FORM, ...PAGE },
    `position=${position}&back=catch-up`,
  );
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/catch-up']);
  expect(await missed()).toEqual([]);
  expect(await (await bob.get('/catch-up', PAGE)).text()).toContain('You have read everything.');
});

it('leads nowhere else after a chat was marked as read', async () => {
  const { bob, id } = await aMissedMention();
  const sent = await bob.request('POST', `/chat/${id}/read`, FORM, 'position=3&back=%2F%2Fevil.example');
  expect(sent.status).toBe(400);
});
