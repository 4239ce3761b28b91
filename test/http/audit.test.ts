import { describe, expect, it } from 'vitest';
import type { WireAudit } from '../../src/adapters/wire/audit.ts';
import { NOW } from '../builders.ts';
import { aChatOfTwo, anApp, answerOf, type Client, JSON_BODY, jsonOf, PAGE } from './client.ts';

const BOB = 2;
const auditOf = async (client: Client, id: number, query = '') =>
  jsonOf<WireAudit>(await client.get(`/chat/${id}/audit${query}`), 200);

/** Bob has written two messages and was banned with them, after the chat was renamed. */
async function aChatWithActs() {
  const chat = await aChatOfTwo(await anApp());
  const { ada, bob, id } = chat;
  await bob.say(id, 'buy', 'this');
  await ada.postJson(`/chat/${id}/name`, { chat_name: 'Quay' });
  await ada.postJson(`/chat/${id}/members/${BOB}/ban`, { reason: 'spam', hours: 2, delete_hours: 1 });
  return chat;
}

describe('/chat/:id/audit', () => {
  it('MO-3: has who did what to whom, why and when, for the owner and moderators alone', async () => {
    const { ada, bob, id } = await aChatWithActs();
    const [ban, naming] = (await auditOf(ada, id)).acts;
    expect(ban).toEqual({
      ...{ id: 2, kind: 'banned', actor: { id: 1, username: 'ada' }, target: { id: BOB, username: 'bob' } },
      ...{ words: 'banned bob for 2 hours and deleted 2 messages', reason: 'spam', revision: 7 },
      ...{ done_at: new Date(NOW).toISOString(), positions: [2, 3], undoes: null, undone: false, may_undo: true },
    });
    expect(naming).toMatchObject({ kind: 'renamed', target: null, words: 'renamed the chat from “Lobby” to “Quay”' });
    expect(await answerOf(await bob.get(`/chat/${id}/audit`))).toBe('403 forbidden');
    expect(JSON.stringify(await auditOf(ada, id))).not.toContain('buy');
  });

  it('is paged', async () => {
    const { ada, id } = await aChatWithActs();
    const { acts, next } = await auditOf(ada, id, '?limit=1');
    expect([acts.length, next]).toEqual([1, 2]);
    expect(await auditOf(ada, id, `?limit=1&before=${next}`)).toMatchObject({ acts: [{ id: 1 }], next: null });
  });

  it('undoes acts, without script too, each once', async () => {
    const { ada, bob, id } = await aChatWithActs();
    const page = async () => (await ada.get(`/chat/${id}/audit`, PAGE)).text();
    expect(await page()).toContain(`action="/chat/${id}/audit/2/undo"`);
    expect(await answerOf(await ada.postForm(`/chat/${id}/audit/2/undo`, {}, PAGE))).toBe(`303 /chat/${id}/audit`);
    expect(await page()).not.toContain('/audit/2/undo');
    expect((await bob.history(id)).map(({ text }) => text)).toEqual([
      ...['bob joined', 'buy', 'this', 'ada renamed the chat to “Quay”', 'ada banned bob', 'ada let bob back in'],
    ]);
    expect(await answerOf(await ada.post(`/chat/${id}/audit/2/undo`))).toBe('409 conflict');
    expect(await jsonOf(await ada.post(`/chat/${id}/audit/1/undo`), 200)).toEqual({ id: 1, undone: true });
    expect((await auditOf(ada, id)).acts.map(({ words, undone }) => [words, undone])).toEqual([
      ['undid act 1', false],
      ['undid act 2', false],
      ['banned bob for 2 hours and deleted 2 messages', true],
      ['renamed the chat from “Lobby” to “Quay”', true],
    ]);
  });

  it('has an act of every kind', async () => {
    const { ada, bob, eve, id } = await aChatOfTwo(await anApp());
    await eve.get(`/invite/${await ada.invite(id)}`);
    await bob.say(id, 'one', 'two');
    await eve.postJson(`/chat/${id}/messages/3/report`, { reason: 'spam' });
    const put = (path: string, value: object) =>
      ada.request('PUT', `/chat/${id}/${path}`, JSON_BODY, JSON.stringify(value));
    await ada.post(`/chat/${id}/messages/3/dismiss`);
    await ada.request('DELETE', `/chat/${id}/messages/4`);
    await put('slow-mode', { seconds: 60 });
    const { invites } = await jsonOf<{ invites: { id: string }[] }>(await ada.get(`/chat/${id}/invites`), 200);
    await ada.request('DELETE', `/chat/${id}/invites/${invites[0]?.id}`);
    await ada.post(`/chat/${id}/members/3/remove`);
    await ada.postJson(`/chat/${id}/members/3/ban`, { reason: 'spam' });
    await ada.request('DELETE', `/chat/${id}/members/3/ban`);
    await put(`members/${BOB}/role`, { role: 'moderator' });
    await put(`members/${BOB}/role`, { role: 'owner' });
    expect((await auditOf(bob, id)).acts.map(({ words }) => words).toReversed()).toEqual([
      'dismissed reports of a message of bob',
      'deleted a message of bob',
      'turned slow mode on: one message in 1 minute',
      'revoked an invite link of ada',
      'removed eve',
      'banned eve for good',
      'lifted the ban of eve',
      'made bob a moderator',
      'made bob the owner',
    ]);
  });
});
