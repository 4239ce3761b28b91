import { describe, expect, it } from 'vitest';
import { NO_DETAILS, type WireMessage } from '../../src/adapters/wire/message.ts';
import { NOW } from '../builders.ts';
import { aChatOfTwo, anApp, answerOf, jsonOf, PAGE, TEXT } from './client.ts';

interface Page {
  readonly messages: readonly WireMessage[];
  readonly revision: number;
}

const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => `${first + n}`);

/** The texts in the page, in order. */
const shown = (page: string) => [...page.matchAll(/<p class="message-text"[^>]*>([^<]*)</g)].map(([, text]) => text);

describe('POST /chat/:id/messages', () => {
  it('answers the message as everybody sees it', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const response = await ada.postJson(`/chat/${id}/messages`, { text: 'hello', client_id: 'c-1' });
    const message = await jsonOf<WireMessage>(response, 201);
    expect(message).toEqual({
      id: expect.any(Number),
      chat_id: id,
      position: 2,
      revision: 2,
      client_id: 'c-1',
      kind: 'text',
      author: { id: 1, username: 'ada' },
      text: 'hello',
      sent_at: new Date(NOW).toISOString(),
      ...NO_DETAILS,
    });
    expect((await ada.history(id)).at(-1)).toEqual(message);
  });

  it('answers a resend with the first message, and refuses another text under its client_id', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const post = (text: string) => ada.postJson(`/chat/${id}/messages`, { text, client_id: 'c-1' });
    const first = await jsonOf<WireMessage>(await post('hello'), 201);
    expect(await jsonOf<WireMessage>(await post('hello'), 201)).toEqual(first);
    expect(await answerOf(await post('hullo'))).toBe('409 conflict');
    expect(await bob.history(id)).toHaveLength(2);
  });

  it('takes a text as it is', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const text = '\ufeff a+b=c&d%20\r\n';
    expect(await jsonOf<WireMessage>(await ada.post(`/chat/${id}/messages`, text, TEXT), 201)).toMatchObject({
      text,
      client_id: null,
    });
  });

  it('leads a browser without script back to the chat', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const response = await ada.postForm(`/chat/${id}/messages`, { text: 'one\r\ntwo', client_id: 'c-1' }, PAGE);
    expect(await answerOf(response)).toBe(`303 /chat/${id}`);
    expect((await ada.history(id)).at(-1)).toMatchObject({ text: 'one\r\ntwo', client_id: 'c-1' });
  });

  it('shows a browser without script what was wrong, and keeps what was written', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const text = `<b>${'x'.repeat(10_000)}`;
    const response = await ada.postForm(`/chat/${id}/messages`, { text }, PAGE);
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain('at most 10,000 characters');
    expect(page).toContain(`&lt;b&gt;${'x'.repeat(10_000)}</textarea>`);
    expect(await answerOf(await ada.postForm(`/chat/${id}/messages`, { text }))).toBe('422 invalid_message');
  });
});

describe('GET /chat/:id/messages', () => {
  it('answers the newest fifty, oldest first, and the revision', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    await ada.say(id, ...numbers(2, 60));
    const { messages, revision } = await jsonOf<Page>(await ada.get(`/chat/${id}/messages`), 200);
    expect(messages.map(({ text }) => text)).toEqual(numbers(11, 60));
    expect(revision).toBe(60);
  });

  it('leads back to the first message', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    await ada.say(id, ...numbers(2, 7));
    const found: string[][] = [];
    let before = 8;
    while (before > 1) {
      const path = `/chat/${id}/messages?before=${before}&limit=3`;
      const { messages } = await jsonOf<Page>(await ada.get(path), 200);
      found.push(messages.map(({ text }) => text));
      before = messages[0]?.position ?? 0;
    }
    expect(found).toEqual([['5', '6', '7'], ['2', '3', '4'], ['bob joined']]);
    const nothing = await jsonOf<Page>(await ada.get(`/chat/${id}/messages?before=1`), 200);
    expect(nothing).toEqual({ messages: [], revision: 7 });
  });

  it.each(['limit=1', 'limit=100', 'before=0', 'before=9007199254740991', 'other=x'])('takes ?%s', async (query) => {
    const { ada, id } = await aChatOfTwo(await anApp());
    expect((await ada.get(`/chat/${id}/messages?${query}`)).status).toBe(200);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=01',
    'limit=1e1',
    'limit=',
    'limit=x',
    'before=',
    'before=-1',
    'before=1.5',
    'before=01',
    'before=x',
    'before=9007199254740992',
    'before=%00',
  ])('refuses ?%s', async (query) => {
    const { ada, id } = await aChatOfTwo(await anApp());
    expect(await answerOf(await ada.get(`/chat/${id}/messages?${query}`))).toBe('400 bad_request');
  });
});

describe('GET /chat/:id', () => {
  it('shows the latest fifty, and the way to those before and back', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    await ada.say(id, ...numbers(2, 60));
    const latest = await (await ada.get(`/chat/${id}`, PAGE)).text();
    expect(shown(latest)).toEqual(numbers(11, 60));
    expect(latest).toContain('data-revision="60"');
    expect(latest).toContain(`href="/chat/${id}?before=11"`);
    const earlier = await (await ada.get(`/chat/${id}?before=11`, PAGE)).text();
    expect(shown(earlier)).toEqual(['bob joined', ...numbers(2, 10)]);
    expect(earlier).toContain('Back to the latest');
    expect((await ada.get(`/chat/${id}?before=x`, PAGE)).status).toBe(400);
  });
});
