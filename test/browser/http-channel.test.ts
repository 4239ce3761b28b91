import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HttpChannel } from '../../src/adapters/browser/connection/channels/http-channel.ts';

const HTML = { 'content-type': 'text/html' };

/** The answers to the next posts, in their order; every other post is stored. */
const answers: Response[] = [];
const posted: string[] = [];

beforeEach(() => {
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (!path.endsWith('/messages'))
      return new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } });
    const { client_id } = JSON.parse(String(init.body));
    posted.push(client_id);
    return answers.shift() ?? Response.json(messageOf(client_id), { status: 201 });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  answers.length = 0;
  posted.length = 0;
});

describe('a post by HTTP', () => {
  it.each([400, 404, 406, 413, 451])(
    'that a proxy refuses with a page of its own (%i) is refused, and does not hold up those behind it',
    async (status) => {
      answers.push(new Response('<h1>No</h1>', { status, headers: HTML }));
      const { channel, heard, listener } = follow();
      for (const clientId of ['refused', 'next'])
        channel.send({ type: 'post', chat_id: 1, client_id: clientId, text: 'hello' });
      await vi.waitFor(() => expect(heard).toHaveLength(2));
      expect(heard).toEqual([
        { type: 'refused', client_id: 'refused', code: 'bad_request', detail: expect.stringContaining(String(status)) },
        { stored: 'next' },
      ]);
      expect(listener.closed).not.toHaveBeenCalled();
      channel.close();
    },
  );

  it('that the server refuses is refused in the words of the server', async () => {
    answers.push(problem(422, { code: 'invalid_message', detail: 'A message says something.' }));
    const { channel, heard } = follow();
    channel.send({ type: 'post', chat_id: 1, client_id: 'empty', text: '' });
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(heard).toEqual([
      { type: 'refused', client_id: 'empty', code: 'invalid_message', detail: 'A message says something.' },
    ]);
    channel.close();
  });

  it.each([408, 425, 429, 503])(
    'is sent again after a while where the answer is %i, whoever gave it',
    async (status) => {
      vi.useFakeTimers();
      answers.push(new Response('<h1>Later</h1>', { status, headers: { ...HTML, 'retry-after': '7' } }));
      const { channel, heard, listener } = follow();
      channel.send({ type: 'post', chat_id: 1, client_id: 'patient', text: 'hello' });
      await vi.advanceTimersByTimeAsync(6_999);
      expect(posted).toEqual(['patient']);
      await vi.advanceTimersByTimeAsync(1);
      expect(posted).toEqual(['patient', 'patient']);
      expect(heard).toEqual([{ stored: 'patient' }]);
      expect(listener.closed).not.toHaveBeenCalled();
      channel.close();
    },
  );

  it('ends the connection where the server fails, so that the post is sent again by the next one', async () => {
    answers.push(new Response('<h1>Bad gateway</h1>', { status: 502, headers: HTML }));
    const { channel, heard, listener } = follow();
    channel.send({ type: 'post', chat_id: 1, client_id: 'lost', text: 'hello' });
    await vi.waitFor(() => expect(listener.closed).toHaveBeenCalledExactlyOnceWith(undefined));
    expect(heard).toEqual([]);
  });

  it('ends the connection where the session has ended', async () => {
    answers.push(problem(401, { code: 'signed_out', detail: 'Sign in.' }));
    const { channel, listener } = follow();
    channel.send({ type: 'post', chat_id: 1, client_id: 'late', text: 'hello' });
    await vi.waitFor(() => expect(listener.closed).toHaveBeenCalledExactlyOnceWith('signed-out'));
  });
});

function follow() {
  const heard: unknown[] = [];
  const listener = {
    data: (frame: string) => void heard.push(JSON.parse(frame)),
    heard: () => {},
    stored: ({ client_id }: { client_id: string | null }) => void heard.push({ stored: client_id }),
    closed: vi.fn<(why: unknown) => void>(),
  };
  return { channel: new HttpChannel({ chatId: 1, after: 0, listener }), heard, listener };
}

const problem = (status: number, body: object): Response =>
  Response.json(body, { status, headers: { 'content-type': 'application/problem+json' } });

const messageOf = (clientId: string) => ({
  position: 1,
  revision: 1,
  client_id: clientId,
  author: { id: 7, username: 'ada' },
  text: 'hello',
  sent_at: '2026-01-01T00:00:00.000Z',
});
