import { describe, expect, it } from 'vitest';
import type { WireMessage } from '../../src/adapters/wire/message.ts';
import { NOW } from '../builders.ts';
import { aChatOfTwo, anApp, answerOf, type Client, jsonOf } from './client.ts';

/** The path of Ada's message. */
async function aMessage() {
  const app = await anApp();
  const { ada, bob, eve, id } = await aChatOfTwo(app);
  const posted = await jsonOf<WireMessage>(await ada.postJson(`/chat/${id}/messages`, { text: 'first' }), 201);
  const address = `/chat/${id}/messages/${posted.position}`;
  const edit = (text: string, revision = posted.revision, by: Client = ada) =>
    by.patchJson(address, { text, revision });
  return { app, ada, bob, eve, id, posted, address, edit };
}

describe('GET /chat/:id/messages/:position', () => {
  it('answers the message, 404 where there is none, and 404 for other spellings of its place', async () => {
    const { bob, id, posted, address } = await aMessage();
    expect(await jsonOf(await bob.get(address), 200)).toEqual(posted);
    expect(await answerOf(await bob.get(`/chat/${id}/messages/99`))).toBe('404 not_found');
    for (const place of ['0', '02', '+2', '2.0', '2e0', '%202'])
      expect(await answerOf(await bob.get(`/chat/${id}/messages/${place}`))).toBe('404 not_found');
  });
});

describe('PATCH /chat/:id/messages/:position', () => {
  it('gives the message another text, in its place, at a new revision', async () => {
    const { ada, id, posted, edit } = await aMessage();
    const edited = await jsonOf<WireMessage>(await edit('second'), 200);
    const edited_at = new Date(NOW).toISOString();
    expect(edited).toEqual({ ...posted, revision: posted.revision + 1, text: 'second', edited_at });
    expect((await ada.history(id)).at(-1)).toEqual(edited);
  });

  it('of two edits from one base, refuses the second with the newer text', async () => {
    const { edit, ada, address } = await aMessage();
    const newer = await jsonOf<WireMessage>(await edit('newer'), 200);
    const problem = await jsonOf<{ code: string; message: WireMessage }>(await edit('late'), 409);
    expect(problem).toMatchObject({ code: 'conflict', title: 'Changed in the meantime', message: newer });
    expect(await jsonOf(await ada.get(address), 200)).toEqual(newer);
    expect(await jsonOf<WireMessage>(await edit('late', newer.revision), 200)).toMatchObject({ text: 'late' });
  });

  it('answers an edit that is sent again with the message as it is', async () => {
    const { edit } = await aMessage();
    const edited = await jsonOf(await edit('second'), 200);
    expect(await jsonOf(await edit('second'), 200)).toEqual(edited);
  });

  it('is the author’s alone, and not for notices', async () => {
    const { ada, bob, eve, id, edit } = await aMessage();
    expect(await answerOf(await edit('mine', 9, bob))).toBe('403 forbidden');
    expect(await answerOf(await edit('mine', 9, eve))).toBe('403 forbidden');
    expect(await answerOf(await ada.patchJson(`/chat/${id}/messages/1`, { text: 'x', revision: 1 }))).toBe(
      '403 forbidden',
    );
  });

  it('refuses texts as a post does, bodies of another shape, and other types', async () => {
    const { ada, address, edit } = await aMessage();
    expect(await answerOf(await edit(' '))).toBe('422 invalid_message');
    for (const body of [
      { text: 'x' },
      { revision: 2 },
      { text: 'x', revision: -1 },
      { text: 'x', revision: '2' },
      null,
    ])
      expect(await answerOf(await ada.patchJson(address, body))).toBe('400 bad_request');
    const plain = await ada.request('PATCH', address, { 'content-type': 'text/plain' }, 'x');
    expect(await answerOf(plain)).toBe('415 unsupported_media_type');
  });
});

describe('DELETE /chat/:id/messages/:position', () => {
  it('leaves a tombstone without words, and the same one when it is asked for again', async () => {
    const { ada, id, posted, address, edit } = await aMessage();
    const tombstone = await jsonOf<WireMessage>(await ada.request('DELETE', address), 200);
    const deletion = { deleted_by: posted.author.id, deleted_at: posted.sent_at };
    expect(tombstone).toEqual({ ...posted, revision: posted.revision + 1, kind: 'deleted', text: '', ...deletion });
    expect(await jsonOf(await ada.request('DELETE', address), 200)).toEqual(tombstone);
    expect((await ada.history(id)).at(-1)).toEqual(tombstone);
    expect(await answerOf(await edit('again'))).toBe('410 deleted');
  });

  it('is for the author and the owner of the chat, also of a message that is deleted already', async () => {
    const { ada, bob, id, address } = await aMessage();
    expect(await answerOf(await bob.request('DELETE', address))).toBe('403 forbidden');
    await ada.request('DELETE', address);
    expect(await answerOf(await bob.request('DELETE', address))).toBe('403 forbidden');
    await bob.say(id, 'of bob');
    const { position } = (await ada.history(id)).at(-1) as WireMessage;
    expect((await ada.request('DELETE', `/chat/${id}/messages/${position}`)).status).toBe(200);
    expect(await answerOf(await ada.request('DELETE', `/chat/${id}/messages/1`))).toBe('403 forbidden');
  });
});

describe('POST /chat/:id/messages/:position/restore', () => {
  it('brings the message back, edits included, for a minute and for who deleted it', async () => {
    const { app, ada, bob, address, edit } = await aMessage();
    const edited = await jsonOf<WireMessage>(await edit('second'), 200);
    await ada.request('DELETE', address);
    expect(await answerOf(await bob.post(`${address}/restore`))).toBe('403 forbidden');
    app.clock.advance(59_999);
    const restored = await jsonOf<WireMessage>(await ada.post(`${address}/restore`), 200);
    expect(restored).toEqual({ ...edited, revision: edited.revision + 2 });
    expect(await jsonOf(await ada.post(`${address}/restore`), 200)).toEqual(restored);
    await ada.request('DELETE', address);
    app.clock.advance(60_000);
    expect(await answerOf(await ada.post(`${address}/restore`))).toBe('410 deleted');
  });
});
