import { describe, expect, it } from 'vitest';
import type { WireMembers } from '../../src/adapters/wire/members.ts';
import { NOW } from '../builders.ts';
import { aChatOfTwo, anApp, answerOf, type Client, FORM, jsonOf, PAGE, signedIn, TEXT } from './client.ts';

const membersOf = async (client: Client, id: number, query = '') =>
  jsonOf<WireMembers>(await client.get(`/chat/${id}/members${query}`), 200);
const names = ({ members }: WireMembers) => members.map(({ username }) => username);
const lastText = async (client: Client, id: number) => (await client.history(id)).at(-1)?.text;

describe('GET /chat/:id/members', () => {
  it('lists the members in the order of their joining', async () => {
    const { bob, id } = await aChatOfTwo(await anApp());
    const joined_at = new Date(NOW).toISOString();
    expect(await membersOf(bob, id)).toEqual({
      chat: { id, kind: 'group', name: 'Lobby' },
      you: {
        id: 2,
        role: 'member',
        may_rename: false,
        may_set_picture: false,
        level: 'mentions',
        muted_until: null,
        leaving: 'changes_nothing',
      },
      count: 2,
      members: [
        {
          id: 1,
          username: 'ada',
          role: 'owner',
          title: 'Owner',
          may_remove: false,
          roles_to_give: [],
          blocked: false,
          joined_at,
        },
        {
          id: 2,
          username: 'bob',
          role: 'member',
          title: null,
          may_remove: false,
          roles_to_give: [],
          blocked: false,
          joined_at,
        },
      ],
      next: null,
    });
  });

  it('says what the reader may do, so that no page decides by role', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const { you, members } = await membersOf(ada, id);
    expect(you).toMatchObject({ may_rename: true, may_set_picture: true, leaving: 'passes_ownership' });
    expect(members.map(({ may_remove }) => may_remove)).toEqual([false, true]);
    await bob.post(`/chat/${id}/leave`);
    expect((await membersOf(ada, id)).you.leaving).toBe('closes_chat');
  });

  it('goes on after what a page names, until it names nothing', async () => {
    const { ada, eve, id } = await aChatOfTwo(await anApp());
    await eve.get(`/invite/${await ada.invite(id)}`);
    const first = await membersOf(ada, id, '?limit=2');
    expect([names(first), first.count]).toEqual([['ada', 'bob'], 3]);
    const second = await membersOf(ada, id, `?limit=2&after=${first.next}`);
    expect([names(second), second.next]).toEqual([['eve'], null]);
  });

  it.each(['0', '1', '1-', '-1', '1-0', '1-1-1', '01-1', '1-1x', '9007199254740993-1', 'x'])(
    'refuses a place that no page named: %s',
    async (after) => {
      const { ada, id } = await aChatOfTwo(await anApp());
      expect(await answerOf(await ada.get(`/chat/${id}/members?after=${after}`))).toBe('400 bad_request');
    },
  );

  it('is a page with forms for browsers without script', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const page = async (client: Client) => (await client.get(`/chat/${id}/members`, PAGE)).text();
    const [ofOwner, ofMember] = [await page(ada), await page(bob)];
    for (const html of [ofOwner, ofMember]) {
      expect(html).toContain('2 members');
      expect(html).toContain(`action="/chat/${id}/leave"`);
    }
    for (const action of [`/chat/${id}/name`, `/chat/${id}/members/2/remove`]) {
      expect(ofOwner).toContain(`action="${action}"`);
      expect(ofMember).not.toContain(`action="${action}"`);
    }
    expect(ofOwner).not.toContain(`/members/1/remove`);
  });
});

describe('POST /chat/:id/name', () => {
  it('gives the chat another name and says so in it', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const renamed = await ada.postJson(`/chat/${id}/name`, { chat_name: ' Harbour ' });
    expect(await jsonOf(renamed, 200)).toEqual({ id, name: 'Harbour' });
    expect(await (await bob.get('/', PAGE)).text()).toContain('Harbour');
    expect((await bob.history(id)).at(-1)).toMatchObject({
      kind: 'notice',
      text: 'ada renamed the chat to “Harbour”',
      revision: 2,
    });
  });

  it('takes a form too', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const answer = await ada.postForm(`/chat/${id}/name`, { chat_name: 'Harbour' }, PAGE);
    expect(await answerOf(answer)).toBe(`303 /chat/${id}`);
    expect(await (await ada.get(`/chat/${id}`, PAGE)).text()).toContain('<title>Harbour');
  });

  it('IV-3: refuses a name that is none, and shows the form again with it', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const chat_name = `${'x'.repeat(80)}<`;
    expect(await answerOf(await ada.postJson(`/chat/${id}/name`, { chat_name }))).toBe('422 invalid_chat_name');
    const page = await ada.postForm(`/chat/${id}/name`, { chat_name }, PAGE);
    expect(page.status).toBe(422);
    const html = await page.text();
    expect(html).toContain(`value="${'x'.repeat(80)}&lt;"`);
    expect(html).toContain('80 characters');
    expect((await membersOf(ada, id)).chat.name).toBe('Lobby');
  });

  it('refuses other types, and other shapes', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const path = `/chat/${id}/name`;
    expect(await answerOf(await ada.post(path, 'Harbour', TEXT))).toBe('415 unsupported_media_type');
    expect(await answerOf(await ada.post(path))).toBe('415 unsupported_media_type');
    expect(await answerOf(await ada.postJson(path, { name: 'Harbour' }))).toBe('400 bad_request');
    expect(await answerOf(await ada.post(path, 'chat_name=a&chat_name=b', FORM))).toBe('400 bad_request');
  });
});

describe('POST /chat/:id/members/:user_id/remove', () => {
  it('closes the chat to the member, and leads to who is left', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    expect(await answerOf(await ada.post(`/chat/${id}/members/2/remove`))).toBe(`303 /chat/${id}/members`);
    expect(names(await membersOf(ada, id))).toEqual(['ada']);
    expect((await bob.get(`/chat/${id}`, PAGE)).status).toBe(403);
    expect(await lastText(ada, id)).toBe('ada removed bob');
  });

  it('makes the invites of who was removed unknown ones', async () => {
    const { ada, bob, eve, id } = await aChatOfTwo(await anApp());
    const [bobs, adas] = [await bob.invite(id), await ada.invite(id)];
    await ada.post(`/chat/${id}/members/2/remove`);
    for (const client of [bob, eve]) {
      expect(await answerOf(await client.get(`/invite/${bobs}`))).toBe('404 not_found');
    }
    expect(await answerOf(await bob.get(`/invite/${adas}`))).toBe(`303 /chat/${id}`);
  });

  it('finds nobody who is no member, takes nobody for themselves, and no other spelling of an id', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const remove = async (user: string) => answerOf(await ada.post(`/chat/${id}/members/${user}/remove`));
    expect(await remove('3')).toBe('404 not_found');
    expect(await remove('404')).toBe('404 not_found');
    expect(await remove('1')).toBe('400 bad_request');
    for (const spelling of ['02', '2.0', '+2', '%202', '2e0', '-2', '2%00', 'bob', '9007199254740992']) {
      expect(await remove(spelling)).toBe('404 not_found');
    }
    expect((await membersOf(ada, id)).count).toBe(2);
  });

  it('IV-6: is a POST and nothing else', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    for (const path of ['name', 'leave', 'members/2/remove']) {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
        expect((await ada.request(method, `/chat/${id}/${path}`)).status).toBe(404);
      }
    }
  });
});

describe('POST /chat/:id/leave', () => {
  it('closes the chat to who leaves, and leads home', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    expect(await answerOf(await bob.post(`/chat/${id}/leave`))).toBe('303 /');
    expect((await bob.get(`/chat/${id}`, PAGE)).status).toBe(403);
    expect(await lastText(ada, id)).toBe('bob left');
    expect(await answerOf(await bob.post(`/chat/${id}/leave`))).toBe('403 forbidden');
  });

  it('leaves the chat to the longest member when the owner goes', async () => {
    const { ada, bob, eve, id } = await aChatOfTwo(await anApp());
    await eve.get(`/invite/${await ada.invite(id)}`);
    await ada.post(`/chat/${id}/leave`);
    expect(await membersOf(bob, id)).toMatchObject({ you: { role: 'owner' }, count: 2 });
    expect(await lastText(bob, id)).toBe('bob is the owner now');
    expect(await answerOf(await bob.post(`/chat/${id}/members/3/remove`))).toBe(`303 /chat/${id}/members`);
  });

  it('puts the chat out of everybody’s reach when the last one goes', async () => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    const id = await ada.newChat();
    const code = await ada.invite(id);
    expect(await (await ada.get(`/chat/${id}/members`, PAGE)).text()).toContain('You are the last one here');
    await ada.post(`/chat/${id}/leave`);
    expect(await answerOf(await ada.get(`/chat/${id}`))).toBe('403 forbidden');
    expect(await answerOf(await ada.get(`/invite/${code}`))).toBe('404 not_found');
    expect(await (await ada.get('/', PAGE)).text()).toContain('You are in no chat yet');
  });
});
