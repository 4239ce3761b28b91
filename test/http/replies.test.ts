import { describe, expect, it } from 'vitest';
import { NO_DETAILS, type WireMessage } from '../../src/adapters/wire/message.ts';
import { aChatOfTwo, anApp, answerOf, type Client, jsonOf, PAGE } from './client.ts';

/** Ada's message at position 2, and how Bob answers it. */
async function aConversation() {
  const { ada, bob, eve, id } = await aChatOfTwo(await anApp());
  await ada.say(id, 'Shall  we\nsail?');
  const post = (body: object, by: Client = bob) => by.postJson(`/chat/${id}/messages`, body);
  const reply = async (text = 'Yes', more = {}) => jsonOf<WireMessage>(await post({ text, reply_to: 2, ...more }), 201);
  const at = `/chat/${id}/messages/2`;
  return { ada, bob, eve, id, post, reply, at };
}

const quoted = { position: 2, author: { id: 1, username: 'ada' }, snippet: 'Shall we sail?', kind: 'text' };

describe('POST /chat/:id/messages with reply_to', () => {
  it('answers the message with what it answers, as every read does', async () => {
    const { ada, id, reply } = await aConversation();
    const message = await reply();
    expect(message.reply_to).toEqual(quoted);
    expect((await ada.history(id)).at(-1)).toEqual(message);
    expect(await jsonOf(await ada.get(`/chat/${id}/messages/3`), 200)).toEqual(message);
  });

  it('refuses anything but the position of a message of this chat as invalid_reply', async () => {
    const { ada, bob, id, post } = await aConversation();
    const other = await bob.newChat('Other');
    await bob.say(other, 'a', 'b', 'c', 'd');
    for (const reply_to of [0, -1, 1.5, 3, 4, 1e300, '2', '', true, {}, [2]])
      expect(await answerOf(await post({ text: 'x', reply_to })), JSON.stringify(reply_to)).toBe('422 invalid_reply');
    expect(await jsonOf<WireMessage>(await post({ text: 'plain', reply_to: null }, ada), 201)).toMatchObject({
      reply_to: null,
    });
    expect(await ada.history(id)).toHaveLength(3);
  });

  it('takes notices and deleted messages, which keep their place', async () => {
    const { ada, id, post, at } = await aConversation();
    const welcome = await jsonOf<WireMessage>(await post({ text: 'Welcome', reply_to: 1 }, ada), 201);
    expect(welcome.reply_to).toMatchObject({ kind: 'notice', snippet: 'bob joined', author: { username: 'bob' } });
    await ada.request('DELETE', at);
    const late = await jsonOf<WireMessage>(await post({ text: 'What was it?', reply_to: 2 }), 201);
    expect(late.reply_to).toEqual({ ...quoted, snippet: '', kind: 'deleted' });
    expect((await ada.history(id)).at(-1)).toEqual(late);
  });

  it('shows in the snippet what the original says now: edited, deleted and restored', async () => {
    const { ada, bob, id, reply, at } = await aConversation();
    await reply();
    const snippet = async () => (await bob.history(id)).find(({ text }) => text === 'Yes')?.reply_to;
    await ada.patchJson(at, { text: '**Bold** '.repeat(50), revision: 2 });
    expect([...((await snippet())?.snippet ?? '')].length).toBeLessThanOrEqual(140);
    await ada.request('DELETE', at);
    expect(await snippet()).toEqual({ ...quoted, snippet: '', kind: 'deleted' });
    expect(await (await bob.get(`/chat/${id}`, PAGE)).text()).not.toContain('Bold');
    await ada.post(`${at}/restore`);
    expect((await snippet())?.snippet).toMatch(/Bold/);
  });

  it('is a conflict under a client_id that was used for an answer to another message or to none', async () => {
    const { id, bob, post, reply } = await aConversation();
    const first = await reply('Yes', { client_id: 'c-1' });
    expect(await reply('Yes', { client_id: 'c-1' })).toEqual(first);
    for (const reply_to of [null, 1, 3, 99])
      expect(await answerOf(await post({ text: 'Yes', client_id: 'c-1', reply_to }))).toBe('409 conflict');
    expect(await bob.history(id)).toHaveLength(3);
  });

  it('is a tombstone without it when the reply is deleted, and the reply again when it is restored', async () => {
    const { bob, id, reply } = await aConversation();
    const message = await reply();
    const place = `/chat/${id}/messages/${message.position}`;
    const tombstone = await jsonOf<WireMessage>(await bob.request('DELETE', place), 200);
    expect(tombstone).toMatchObject({ kind: 'deleted', ...NO_DETAILS });
    expect(await jsonOf(await bob.post(`${place}/restore`), 200)).toEqual({ ...message, revision: 5 });
  });

  it('is kept by an edit of the reply', async () => {
    const { bob, id, reply } = await aConversation();
    const { position, revision } = await reply();
    const edited = await bob.patchJson(`/chat/${id}/messages/${position}`, { text: 'No', revision });
    expect(await jsonOf(edited, 200)).toMatchObject({ text: 'No', reply_to: quoted });
  });
});

describe('a browser without script', () => {
  it('answers a message by the form of the page that names it', async () => {
    const { bob, id } = await aConversation();
    const page = await (await bob.get(`/chat/${id}?reply=2`, PAGE)).text();
    expect(page).toContain('<input type="hidden" name="reply_to" value="2">');
    expect(page).toContain('Shall we sail?');
    const sent = await bob.postForm(`/chat/${id}/messages`, { text: 'Yes', reply_to: '2', client_id: 'f-1' }, PAGE);
    expect(await answerOf(sent)).toBe(`303 /chat/${id}`);
    const { position, reply_to } = (await bob.history(id)).at(-1) as WireMessage;
    expect(reply_to).toEqual(quoted);
    const chat = await (await bob.get(`/chat/${id}`, PAGE)).text();
    expect(chat).toContain(`href="/chat/${id}/at/2"`);
    expect(chat).toContain(`data-position="${position}"`);
  });

  it('gets the form again with what it was to answer, when the text was refused', async () => {
    const { bob, id } = await aConversation();
    const refused = await bob.postForm(`/chat/${id}/messages`, { text: ' ', reply_to: '2', client_id: 'f-1' }, PAGE);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('<input type="hidden" name="reply_to" value="2">');
    const nowhere = await bob.postForm(`/chat/${id}/messages`, { text: 'kept', reply_to: '99' }, PAGE);
    expect(nowhere.status).toBe(422);
    const page = await nowhere.text();
    expect(page).not.toContain('name="reply_to"');
    expect(page).toContain('kept</textarea>');
  });

  it('is told when there is nothing to answer', async () => {
    const { bob, eve, id } = await aConversation();
    expect((await bob.get(`/chat/${id}?reply=99`, PAGE)).status).toBe(404);
    expect((await bob.get(`/chat/${id}?reply=x`, PAGE)).status).toBe(404);
    expect((await eve.get(`/chat/${id}?reply=99`, PAGE)).status).toBe(403);
  });

  it('sends the same words as an answer to another message from an old form, as another message', async () => {
    const { bob, id } = await aConversation();
    const send = (reply_to: string) =>
      bob.postForm(`/chat/${id}/messages`, { text: 'Yes', reply_to, client_id: 'f-1' }, PAGE);
    for (const to of ['2', '2', '1', '1']) expect(await answerOf(await send(to))).toBe(`303 /chat/${id}`);
    expect((await bob.history(id)).slice(2).map(({ reply_to }) => reply_to?.position)).toEqual([2, 1]);
  });
});
