import { expect, it } from 'vitest';
import type { WireMessage } from '../../src/adapters/wire/message.ts';
import { aChatOfTwo, anApp, answerOf, FORM, jsonOf, PAGE } from './client.ts';

async function aMessage() {
  const { ada, bob, id } = await aChatOfTwo(await anApp());
  const posted = await jsonOf<WireMessage>(await ada.postJson(`/chat/${id}/messages`, { text: 'first' }), 201);
  const pins = async () => (await jsonOf<{ messages: WireMessage[] }>(await bob.get(`/chat/${id}/pins`), 200)).messages;
  return { ada, bob, id, posted, pins, address: `/chat/${id}/pins/${posted.position}` };
}

it('PUT and DELETE /chat/:id/pins/:position pin and unpin a message, again without any effect, and GET lists them', async () => {
  const { ada, bob, id, posted, pins, address } = await aMessage();
  expect(await pins()).toEqual([]);
  const pinned = await jsonOf<WireMessage>(await bob.request('PUT', address), 200);
  expect(pinned).toEqual({ ...posted, revision: posted.revision + 1, pinned: true });
  expect(await jsonOf(await ada.request('PUT', address), 200)).toEqual(pinned);
  expect(await pins()).toEqual([pinned]);
  expect((await ada.history(id)).at(-1)).toMatchObject({ kind: 'notice', text: 'bob pinned a message' });
  const unpinned = await jsonOf<WireMessage>(await ada.request('DELETE', address), 200);
  expect(unpinned).toMatchObject({ pinned: false, revision: posted.revision + 3 });
  expect(await jsonOf(await ada.request('DELETE', address), 200)).toEqual(unpinned);
  expect(await pins()).toEqual([]);
});

it('the fifty-first pin is refused with 409, a notice with 403, a deleted message with 410, and none with 404', async () => {
  const { ada, id, posted, address } = await aMessage();
  for (let n = 0; n < 50; n += 1) {
    const { position } = await jsonOf<WireMessage>(await ada.postJson(`/chat/${id}/messages`, { text: `n ${n}` }), 201);
    expect((await ada.request('PUT', `/chat/${id}/pins/${position}`)).status).toBe(200);
  }
  expect(await answerOf(await ada.request('PUT', address))).toBe('409 too_many_pins');
  expect(await answerOf(await ada.request('PUT', `/chat/${id}/pins/1`))).toBe('403 forbidden');
  expect(await answerOf(await ada.request('PUT', `/chat/${id}/pins/999`))).toBe('404 not_found');
  await ada.request('DELETE', `/chat/${id}/messages/${posted.position}`);
  expect(await answerOf(await ada.request('PUT', address))).toBe('410 deleted');
});

it('without script a form pins, and the page of pins leads to each message and unpins it', async () => {
  const { ada, id, posted, pins, address } = await aMessage();
  const send = (on: string) => ada.request('POST', address, { ...FORM, ...PAGE }, `on=${on}`);
  const response = await send('true');
  expect([response.status, response.headers.get('location')]).toEqual([303, `/chat/${id}/pins`]);
  const page = await (await ada.request('GET', `/chat/${id}/pins`, PAGE)).text();
  expect(page).toContain('first');
  expect(page).toContain(`href="/chat/${id}/at/${posted.position}"`);
  expect(page).toContain(`action="${address}"`);
  await send('false');
  expect(await pins()).toEqual([]);
});
