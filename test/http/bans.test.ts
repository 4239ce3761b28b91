import { describe, expect, it } from 'vitest';
import type { WireMembers } from '../../src/adapters/wire/members.ts';
import { NOW } from '../builders.ts';
import { aChatOfTwo, anApp, answerOf, type Client, FORM, jsonOf, PAGE, TEXT } from './client.ts';

const BOB = 2;
const ban = (client: Client, id: number, value: object = { reason: 'spam' }) =>
  client.postJson(`/chat/${id}/members/${BOB}/ban`, value);
const bansOf = async (client: Client, id: number) =>
  (await jsonOf<WireMembers>(await client.get(`/chat/${id}/members`), 200)).bans;
const at = (ms: number) => new Date(ms).toISOString();

describe('/chat/:id/members/:user_id/ban', () => {
  it('AZ-6: keeps a banned person out, to whom every invite looks like an unknown one, until it is lifted', async () => {
    const app = await anApp();
    const { ada, bob, id } = await aChatOfTwo(app);
    expect(await jsonOf(await ban(ada, id, { reason: 'spam', hours: 24 }), 200)).toEqual({
      ...{ user_id: BOB, reason: 'spam', banned_at: at(NOW), banned_until: at(NOW + 24 * 3_600_000) },
    });
    app.clock.advance(1);
    const code = await ada.invite(id);
    expect(await answerOf(await bob.get(`/chat/${id}`))).toBe('403 forbidden');
    for (const request of ['GET', 'POST'])
      expect(await (await bob.request(request, `/invite/${code}`)).text()).toBe(
        await (await bob.request(request, '/invite/nothing')).text(),
      );
    const page = async (path: string) => {
      const response = await bob.get(path, PAGE);
      return [response.status, await response.text()];
    };
    expect(await page(`/invite/${code}`)).toEqual(await page('/invite/nothing'));
    expect((await ada.request('DELETE', `/chat/${id}/members/${BOB}/ban`)).status).toBe(204);
    expect(await answerOf(await bob.get(`/invite/${code}`))).toBe(`303 /chat/${id}`);
  });

  it('is listed with its reason, end and maker for those who may lift it, and for nobody else', async () => {
    const { ada, bob, eve, id } = await aChatOfTwo(await anApp());
    await eve.get(`/invite/${await ada.invite(id)}`);
    expect(await bansOf(ada, id)).toEqual([]);
    await ban(ada, id);
    const banned_by = { id: 1, username: 'ada' };
    expect(await bansOf(ada, id)).toEqual([
      { user_id: BOB, username: 'bob', reason: 'spam', banned_at: at(NOW), banned_until: null, banned_by },
    ]);
    expect(await bansOf(eve, id)).toBeUndefined();
    expect(await (await eve.get(`/chat/${id}/members`, PAGE)).text()).not.toContain('spam');
    expect(await answerOf(await bob.get(`/chat/${id}/members`))).toBe('403 forbidden');
  });

  it('has forms, without script too', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    await bob.say(id, 'spam');
    const page = async () => (await ada.get(`/chat/${id}/members`, PAGE)).text();
    const [path, members] = [`/chat/${id}/members/${BOB}`, `303 /chat/${id}/members`];
    expect(await page()).toContain(`action="${path}/ban"`);
    const fields = { reason: 'spam', hours: '', delete_hours: '1' };
    expect(await answerOf(await ada.postForm(`${path}/ban`, fields, PAGE))).toBe(members);
    expect((await ada.history(id)).map(({ kind }) => kind)).toEqual(['notice', 'notice']);
    expect(await page()).toContain(`action="${path}/unban"`);
    expect(await answerOf(await ada.postForm(`${path}/unban`, {}, PAGE))).toBe(members);
    expect(await page()).not.toContain('/unban');
  });

  it('deletes recent messages with a removal that has no ban', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    await bob.say(id, 'spam');
    const path = `/chat/${id}/members/${BOB}/remove`;
    expect(await answerOf(await ada.postForm(path, { delete_hours: '24', reason: 'spam' }, PAGE))).toBe(
      `303 /chat/${id}/members`,
    );
    expect((await ada.history(id)).map(({ kind }) => kind)).toEqual(['notice', 'notice']);
  });

  it('refuses what is no ban', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    expect(await answerOf(await ban(ada, id, {}))).toBe('400 bad_request');
    expect(await answerOf(await ban(ada, id, { reason: '' }))).toBe('422 invalid_reason');
    expect(await answerOf(await ban(ada, id, { reason: 'spam', hours: 0 }))).toBe('422 invalid_ban');
    expect(await answerOf(await ban(ada, id, { reason: 'spam', hours: '1' }))).toBe('400 bad_request');
    const path = `/chat/${id}/members/${BOB}/ban`;
    expect(await answerOf(await ada.post(path, 'reason=spam', TEXT))).toBe('415 unsupported_media_type');
    expect(await answerOf(await ada.post(path, 'reason=spam&hours=-1', FORM))).toBe('400 bad_request');
    expect(await answerOf(await ada.postJson(`/chat/${id}/members/404/ban`, { reason: 'spam' }))).toBe('404 not_found');
    expect(await bansOf(ada, id)).toEqual([]);
  });
});
