import { describe, expect, it } from 'vitest';
import type { WireMembers } from '../../src/adapters/wire/members.ts';
import { aChatOfTwo, anApp, answerOf, type Client, JSON_BODY, jsonOf, PAGE } from './client.ts';

const set = (client: Client, id: number, seconds: unknown) =>
  client.request('PUT', `/chat/${id}/slow-mode`, JSON_BODY, JSON.stringify({ seconds }));

describe('/chat/:id/slow-mode', () => {
  it('MO-1: lets members post once in so many seconds, and says when again', async () => {
    const app = await anApp();
    const { ada, bob, id } = await aChatOfTwo(app);
    expect(await jsonOf(await set(ada, id, 30), 200)).toEqual({ seconds: 30 });
    await bob.say(id, 'hello');
    app.clock.advance(500);
    const early = await bob.postJson(`/chat/${id}/messages`, { text: 'again' });
    expect([early.headers.get('retry-after'), await answerOf(early)]).toEqual(['30', '429 slow_mode']);
    await ada.say(id, 'the owner', 'may');
    app.clock.advance(29_500);
    await bob.say(id, 'again');
    expect((await ada.history(id)).map(({ text }) => text)).toEqual([
      ...['bob joined', 'ada turned slow mode on: one message in 30 seconds', 'hello', 'the owner', 'may', 'again'],
    ]);
  });

  it('keeps the text of a form that comes too early, and says under the box how often one may write', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    await set(ada, id, 3_600);
    await bob.say(id, 'hello');
    const answer = await bob.postForm(`/chat/${id}/messages`, { text: 'my long text' }, PAGE);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3600']);
    const page = await answer.text();
    expect(page).toContain('my long text</textarea>');
    expect(page).toContain('Slow mode: you can write again in 1 hour.');
    expect(page).toContain('Slow mode: one message in 1 hour.');
    expect(await (await ada.get(`/chat/${id}`, PAGE)).text()).not.toContain('data-slow-hint');
  });

  it('has a form for those who may set it, without script too', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const members = `/chat/${id}/members`;
    expect(await (await ada.get(members, PAGE)).text()).toContain(`action="/chat/${id}/slow-mode"`);
    expect(await answerOf(await ada.postForm(`/chat/${id}/slow-mode`, { seconds: '60' }, PAGE))).toBe(`303 ${members}`);
    const slowMode = async (client: Client) => (await jsonOf<WireMembers>(await client.get(members), 200)).slow_mode;
    expect([await slowMode(ada), await slowMode(bob)]).toEqual([60, undefined]);
    expect(await (await bob.get(members, PAGE)).text()).not.toContain('/slow-mode"');
  });

  it('refuses what is no number of seconds', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    for (const seconds of ['30', null, undefined])
      expect(await answerOf(await set(ada, id, seconds))).toBe('400 bad_request');
    for (const seconds of [-1, 1.5, 21_601])
      expect(await answerOf(await set(ada, id, seconds))).toBe('422 invalid_slow_mode');
  });
});
