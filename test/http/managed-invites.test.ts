import { describe, expect, it } from 'vitest';
import type { WireInvite } from '../../src/adapters/wire/invite.ts';
import { NOW } from '../builders.ts';
import { DAY, HOUR } from '../fakes.ts';
import { aChatOfTwo, anApp, answerOf, type Client, FORM, JSON_BODY, jsonOf, PAGE, signedIn, TEXT } from './client.ts';

/** His id: the second to register. */
const BOB = 2;

const made = async (client: Client, id: number, terms: object) =>
  jsonOf<{ code: string; expires_at: string }>(await client.postJson(`/create_invite/${id}`, terms), 201);

const listed = async (client: Client, id: number) =>
  (await jsonOf<{ invites: WireInvite[] }>(await client.get(`/chat/${id}/invites`), 200)).invites;

describe('POST /create_invite with terms', () => {
  it('makes a link that works for a time, for a number of people', async () => {
    const app = await anApp();
    const { ada, eve, nobody, id } = await aChatOfTwo(app);
    const { code, expires_at } = await made(ada, id, { expires_in: 3_600, uses: 1, note: 'for Eve' });
    expect(expires_at).toBe(new Date(NOW + HOUR).toISOString());
    expect(await answerOf(await eve.get(`/invite/${code}`))).toBe(`303 /chat/${id}`);
    expect((await nobody.get(`/invite/${code}`, PAGE)).status).toBe(404);
    expect(await answerOf(await eve.get(`/invite/${code}`))).toBe('404 not_found');
  });

  it('AZ-7: lets people in as moderators only where the owner made it, and still may', async () => {
    const app = await anApp();
    const { ada, bob, eve, id } = await aChatOfTwo(app);
    const roleOf = async (name: string) => {
      const { members } = await jsonOf<{ members: { username: string; role: string }[] }>(
        await ada.get(`/chat/${id}/members`),
        200,
      );
      return members.find(({ username }) => username === name)?.role;
    };
    expect(await answerOf(await bob.postJson(`/create_invite/${id}`, { role: 'moderator' }))).toBe('403 forbidden');
    expect(await answerOf(await ada.postJson(`/create_invite/${id}`, { role: 'owner' }))).toBe('422 invalid_invite');
    const { code } = await made(ada, id, { role: 'moderator' });
    expect((await listed(ada, id)).map(({ role }) => role)).toContain('moderator');
    expect(await answerOf(await eve.get(`/invite/${code}`))).toBe(`303 /chat/${id}`);
    expect(await roleOf('eve')).toBe('moderator');
    const handOver = await ada.request('PUT', `/chat/${id}/members/${BOB}/role`, JSON_BODY, '{"role":"owner"}');
    expect(handOver.status).toBeLessThan(300);
    const grace = await signedIn(app, 'grace');
    expect(await answerOf(await grace.get(`/invite/${code}`))).toBe(`303 /chat/${id}`);
    expect(await roleOf('grace')).toBe('member');
  });

  it('takes a request without a body, whatever type it says the body has', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    for (const headers of [{}, JSON_BODY, FORM, TEXT])
      expect((await ada.request('POST', `/create_invite/${id}`, headers)).status).toBe(201);
    expect((await ada.postJson(`/create_invite/${id}`, {})).status).toBe(201);
  });

  it('refuses terms that cannot be with 422, and other shapes with 400', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const post = async (terms: unknown) => answerOf(await ada.postJson(`/create_invite/${id}`, terms));
    for (const terms of [{ expires_in: 1 }, { expires_in: 31 * 86_400 }, { uses: 0 }, { note: 'x'.repeat(101) }])
      expect(await post(terms)).toBe('422 invalid_invite');
    for (const terms of [{ expires_in: '3600' }, { uses: 'one' }, { note: 1 }, []])
      expect(await post(terms)).toBe('400 bad_request');
    expect(await listed(ada, id)).toHaveLength(1);
  });
});

describe('/chat/:id/invites', () => {
  it('IN-7: lists the links that work without their codes: all to the owner, to a member their own', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const { code } = await made(ada, id, { uses: 2, note: 'for Grace' });
    await made(bob, id, {});
    const adas = {
      id: expect.stringMatching(/^[\w-]{16}$/),
      created_by: { id: 1, username: 'ada' },
      created_at: new Date(NOW).toISOString(),
      expires_at: new Date(NOW + 7 * DAY).toISOString(),
      uses: 0,
      max_uses: 2,
      note: 'for Grace',
      role: 'member',
    };
    expect(await listed(ada, id)).toContainEqual(adas);
    expect(await listed(ada, id)).toHaveLength(3);
    expect((await listed(bob, id)).map(({ created_by }) => created_by.username)).toEqual(['bob']);
    expect(await (await ada.get(`/chat/${id}/invites`)).text()).not.toContain(code);
  });

  it('IN-7: a link that is revoked looks like one that never was, and only its maker and the owner revoke it', async () => {
    const { ada, bob, eve, id } = await aChatOfTwo(await anApp());
    const { code } = await made(bob, id, {});
    const [bobs] = await listed(bob, id);
    const path = `/chat/${id}/invites/${bobs?.id}`;
    expect(await answerOf(await eve.request('DELETE', path))).toBe('403 forbidden');
    expect((await ada.request('DELETE', path)).status).toBe(204);
    expect(await answerOf(await ada.request('DELETE', path))).toBe('404 not_found');
    const answers = await Promise.all(
      [code, 'A'.repeat(43)].map(async (one) => (await eve.get(`/invite/${one}`)).text()),
    );
    expect(new Set(answers).size).toBe(1);
  });

  it('is a page without script: a form that makes a link, and one for each that revokes it', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const form = { expires_in: '2592000', uses: '', note: 'for the <team>' };
    const created = await ada.postForm(`/create_invite/${id}`, form, PAGE);
    expect([created.status, await created.text()]).toEqual([201, expect.stringContaining(`/chat/${id}/invites`)]);
    const page = await (await ada.get(`/chat/${id}/invites`, PAGE)).text();
    expect(page).toContain('for the &lt;team&gt;');
    const invite = (await listed(ada, id)).find(({ note }) => note === form.note);
    expect(page).toContain(`action="/chat/${id}/invites/${invite?.id}/revoke"`);
    const refused = await ada.postForm(`/create_invite/${id}`, { ...form, uses: '0' }, PAGE);
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('from 1 to 10000 people')]);
    const revoked = await ada.postForm(`/chat/${id}/invites/${invite?.id}/revoke`, {}, PAGE);
    expect(await answerOf(revoked)).toBe(`303 /chat/${id}/invites`);
    expect((await listed(ada, id)).map(({ note }) => note)).not.toContain(form.note);
  });
});
