import { expect, it } from 'vitest';
import type { WireMessage } from '../../src/adapters/wire/message.ts';
import { aChatOfTwo, anApp, answerOf, jsonOf, PAGE } from './client.ts';

async function anEditedMessage() {
  const { ada, bob, id } = await aChatOfTwo(await anApp());
  const post = async (text: string) => jsonOf<WireMessage>(await ada.postJson(`/chat/${id}/messages`, { text }), 201);
  const first = await post('first words');
  await post('second words');
  const address = `/chat/${id}/messages/${first.position}`;
  const edited = await jsonOf<WireMessage>(
    await ada.request(
      'PATCH',
      address,
      { 'content-type': 'application/json' },
      JSON.stringify({ text: 'other words', revision: first.revision }),
    ),
    200,
  );
  return { ada, bob, id, first, edited };
}

it('GET /chat/:id?at=<revision> is a page of the chat as it stood, with ways to the changes before and after it', async () => {
  const { bob, id, first, edited } = await anEditedMessage();
  const then = await (await bob.request('GET', `/chat/${id}?at=${edited.revision - 1}`, PAGE)).text();
  expect(then).toContain('first words');
  expect(then).toContain('second words');
  expect(then).not.toContain('other words');
  expect(then).toContain(`href="/chat/${id}?at=${edited.revision}"`);
  expect(then).toContain(`href="/chat/${id}?at=${edited.revision - 2}"`);
  const now = await (await bob.request('GET', `/chat/${id}?at=${edited.revision}`, PAGE)).text();
  expect(now).toContain('other words');
  expect(now).not.toContain('rel="next"');
  const earlier = await (await bob.request('GET', `/chat/${id}?at=${first.position}`, PAGE)).text();
  expect(earlier).not.toContain('second words');
});

it('GET /chat/:id/messages?at=<revision> answers the same as JSON, before a position too', async () => {
  const { bob, id, first, edited } = await anEditedMessage();
  const at = edited.revision - 1;
  type Past = { messages: WireMessage[]; revision: number };
  const { messages, revision } = await jsonOf<Past>(await bob.get(`/chat/${id}/messages?at=${at}&limit=2`), 200);
  expect([messages.map(({ text }) => text), revision]).toEqual([['first words', 'second words'], at]);
  expect(messages[0]).toEqual(first);
  const before = await bob.get(`/chat/${id}/messages?at=${at}&before=${first.position + 1}&limit=1`);
  expect((await jsonOf<Past>(before, 200)).messages).toEqual([first]);
});

it('refuses what is no revision with 400, and one that is yet to come with 404', async () => {
  const { bob, id, edited } = await anEditedMessage();
  for (const path of [`/chat/${id}`, `/chat/${id}/messages`]) {
    for (const at of ['', '-1', '1.5', 'x', '01'])
      expect(await answerOf(await bob.get(`${path}?at=${at}`))).toBe('400 bad_request');
    expect(await answerOf(await bob.get(`${path}?at=${edited.revision + 1}`))).toBe('404 not_found');
  }
});
