import { describe, expect, it } from 'vitest';
import type { WireMessage, WireTally } from '../../src/adapters/wire/message.ts';
import { aChatOfTwo, anApp, answerOf, type Client, FORM, jsonOf, PAGE } from './client.ts';

async function aMessage() {
  const { ada, bob, eve, id } = await aChatOfTwo(await anApp());
  const posted = await jsonOf<WireMessage>(await ada.postJson(`/chat/${id}/messages`, { text: 'first' }), 201);
  const address = `/chat/${id}/messages/${posted.position}`;
  const put = (emoji: string, by: Client = ada) =>
    by.request('PUT', `${address}/reactions/${encodeURIComponent(emoji)}`);
  const remove = (emoji: string, by: Client = ada) =>
    by.request('DELETE', `${address}/reactions/${encodeURIComponent(emoji)}`);
  const message = async () => jsonOf<WireMessage>(await ada.get(address), 200);
  return { ada, bob, eve, id, posted, address, put, remove, message };
}

const reactionsIn = async (response: Response) =>
  (await jsonOf<{ readonly reactions: readonly WireTally[] }>(response, 200)).reactions;

describe('PUT /chat/:id/messages/:position/reactions/:emoji', () => {
  it('answers all reactions to the message, which the message and the history have too', async () => {
    const { ada, bob, id, put, message, posted } = await aMessage();
    await put('👍');
    const reactions = await reactionsIn(await put('👍', bob));
    expect(reactions).toEqual([
      {
        emoji: '👍',
        count: 2,
        users: [
          { id: 1, username: 'ada' },
          { id: 2, username: 'bob' },
        ],
      },
    ]);
    expect(await message()).toEqual({ ...posted, revision: posted.revision + 2, reactions });
    expect((await ada.history(id)).at(-1)).toEqual(await message());
  });

  it('changes nothing when it is sent again, and 👍 with U+FE0F is 👍', async () => {
    const { put, message, posted } = await aMessage();
    const first = await reactionsIn(await put('👍'));
    expect(await reactionsIn(await put('👍'))).toEqual(first);
    expect(await reactionsIn(await put('👍\ufe0f'))).toEqual(first);
    expect((await message()).revision).toBe(posted.revision + 1);
  });

  it('RE-1: takes every emoji that is one, percent-encoded, and refuses anything else with 422', async () => {
    const { ada, address, put } = await aMessage();
    for (const emoji of ['👩‍👩‍👧‍👦', '🇩🇪', '1️⃣', '❤️‍🔥', '👍🏽']) expect((await put(emoji)).status).toBe(200);
    for (const text of ['x', '1', '👍👍', ' ', '<b>', '🇩'])
      expect(await answerOf(await put(text))).toBe('422 invalid_emoji');
    expect(await answerOf(await ada.request('PUT', `${address}/reactions/%F0%9F`))).toBe('422 invalid_emoji');
    expect((await ada.request('PUT', `${address}/reactions/`)).status).toBe(404);
  });

  it('refuses a twenty-first kind with 409', async () => {
    const { put } = await aMessage();
    for (let n = 0; n < 20; n += 1) expect((await put(String.fromCodePoint(0x1f600 + n))).status).toBe(200);
    expect(await answerOf(await put('👍'))).toBe('409 too_many_reactions');
  });

  it('is refused for deleted messages with 410, for notices, and for messages that are not there', async () => {
    const { ada, id, put, address } = await aMessage();
    expect(await answerOf(await ada.request('PUT', `/chat/${id}/messages/1/reactions/%E2%AD%90`))).toBe(
      '403 forbidden',
    );
    expect(await answerOf(await ada.request('PUT', `/chat/${id}/messages/99/reactions/%E2%AD%90`))).toBe(
      '404 not_found',
    );
    await ada.request('DELETE', address);
    expect(await answerOf(await put('👍'))).toBe('410 deleted');
  });
});

describe('DELETE /chat/:id/messages/:position/reactions/:emoji', () => {
  it('three times removes one reaction, the own one, once', async () => {
    const { bob, put, remove, message, posted } = await aMessage();
    await put('👍');
    await put('👍', bob);
    const left = [{ emoji: '👍', count: 1, users: [{ id: 2, username: 'bob' }] }];
    for (let n = 0; n < 3; n += 1) expect(await reactionsIn(await remove('👍'))).toEqual(left);
    expect((await message()).revision).toBe(posted.revision + 3);
  });
});

describe('a reaction', () => {
  it('does not change the last message of the list of chats', async () => {
    const { ada, put } = await aMessage();
    const before = await jsonOf(await ada.get('/chats'), 200);
    await put('👍');
    expect(await jsonOf(await ada.get('/chats'), 200)).toEqual(before);
  });

  it('does not keep an edit of the message from its base', async () => {
    const { ada, address, put, posted } = await aMessage();
    await put('👍');
    const edited = await ada.patchJson(address, { text: 'second', revision: posted.revision });
    expect(await jsonOf(edited, 200)).toMatchObject({ text: 'second', reactions: [{ emoji: '👍' }] });
  });

  it('can be set and taken back by a form without script', async () => {
    const { ada, id, address, posted, message } = await aMessage();
    const send = (field: 'on' | 'off') =>
      ada.request(
        'POST',
        `${address}/reactions`,
        { ...FORM, ...PAGE },
        new URLSearchParams({ [field]: '👍' }).toString(),
      );
    const response = await send('on');
    expect([response.status, response.headers.get('location')]).toEqual([303, `/chat/${id}/at/${posted.position}`]);
    expect((await message()).reactions).toMatchObject([{ emoji: '👍', count: 1 }]);
    expect((await send('off')).status).toBe(303);
    expect((await message()).reactions).toEqual([]);
  });

  it('is repeated by a post that is sent again with its client_id', async () => {
    const { ada, id } = await aMessage();
    const again = () => ada.postJson(`/chat/${id}/messages`, { text: 'once', client_id: 'c-1' });
    const { position } = await jsonOf<WireMessage>(await again(), 201);
    await ada.request('PUT', `/chat/${id}/messages/${position}/reactions/%E2%AD%90`);
    expect(await jsonOf(await again(), 201)).toMatchObject({ position, reactions: [{ emoji: '⭐', count: 1 }] });
  });
});
