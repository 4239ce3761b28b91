import { describe, expect, it } from 'vitest';
import type { WireMembers } from '../../src/adapters/wire/members.ts';
import type { WireChatSummary } from '../../src/adapters/wire/user-frames.ts';
import { aChatOfTwo, anApp, answerOf, type Client, JSON_BODY, jsonOf, PAGE } from './client.ts';

const BOB = 2;

const set = (client: Client, id: number, role: unknown, userId: number | string = BOB) =>
  client.request('PUT', `/chat/${id}/members/${userId}/role`, JSON_BODY, JSON.stringify({ role }));

const membersOf = async (client: Client, id: number) =>
  jsonOf<WireMembers>(await client.get(`/chat/${id}/members`), 200);

describe('/chat/:id/members/:user_id/role', () => {
  it('AZ-5: gives a member a role, which members see, and lets a moderator remove only members', async () => {
    const { ada, bob, eve, id } = await aChatOfTwo(await anApp());
    await eve.get(`/invite/${await ada.invite(id)}`);
    expect(await jsonOf(await set(ada, id, 'moderator'), 200)).toEqual({ user_id: BOB, role: 'moderator' });
    expect((await membersOf(bob, id)).members).toMatchObject([
      { username: 'ada', role: 'owner', title: 'Owner', may_remove: false, roles_to_give: [] },
      { username: 'bob', role: 'moderator', title: 'Moderator', may_remove: false, roles_to_give: [] },
      { username: 'eve', role: 'member', title: null, may_remove: true, roles_to_give: [] },
    ]);
    expect((await membersOf(ada, id)).members.map(({ roles_to_give }) => roles_to_give)).toEqual([
      [],
      ['owner', 'member'],
      ['owner', 'moderator'],
    ]);
    expect(await ada.history(id)).toContainEqual(
      expect.objectContaining({ kind: 'notice', text: 'ada made bob a moderator' }),
    );
    expect(await answerOf(await bob.post(`/chat/${id}/members/1/remove`))).toBe('403 forbidden');
    expect(await answerOf(await bob.post(`/chat/${id}/members/3/remove`))).toBe(`303 /chat/${id}/members`);
  });

  it('is in the summary of the chat, but for members', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const roleOf = async (client: Client) =>
      (await jsonOf<{ chats: WireChatSummary[] }>(await client.get('/chats'), 200)).chats[0]?.role;
    expect([await roleOf(ada), await roleOf(bob)]).toEqual(['owner', undefined]);
    await set(ada, id, 'owner');
    expect([await roleOf(ada), await roleOf(bob)]).toEqual(['moderator', 'owner']);
  });

  it('refuses other roles and other people, and changes nothing', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    for (const role of ['admin', 'Owner', 'participant', '', null, 1, undefined])
      expect(await answerOf(await set(ada, id, role))).toBe('400 bad_request');
    expect(await answerOf(await set(ada, id, 'member', 1))).toBe('400 bad_request');
    for (const userId of [3, 404]) expect(await answerOf(await set(ada, id, 'member', userId))).toBe('404 not_found');
    expect(await answerOf(await set(ada, id, 'member', '02'))).toBe('404 not_found');
    expect(await answerOf(await set(bob, id, 'owner'))).toBe('403 forbidden');
    expect((await membersOf(ada, id)).members.map(({ role }) => role)).toEqual(['owner', 'member']);
  });

  it('has a form for the owner, without script too', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const action = `/chat/${id}/members/${BOB}/role`;
    expect(await (await ada.get(`/chat/${id}/members`, PAGE)).text()).toContain(`action="${action}"`);
    expect(await (await bob.get(`/chat/${id}/members`, PAGE)).text()).not.toContain('/role"');
    expect(await answerOf(await ada.postForm(action, { role: 'owner' }, PAGE))).toBe(`303 /chat/${id}/members`);
    expect(await (await bob.get(`/chat/${id}/members`, PAGE)).text()).toContain('/role"');
  });
});
