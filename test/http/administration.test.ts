import { describe, expect, it } from 'vitest';
import { aChatOfTwo, anApp, answerOf, Client, type Headers, jsonOf, PAGE, PASSWORD, signedIn } from './client.ts';

interface Listed {
  readonly people: readonly { id: number; username: string; administrator: boolean; deactivated: boolean }[];
}

const pageOf = async (client: Client, path: string) => (await client.get(path, PAGE)).text();
const personOf = async (admin: Client, name: string) =>
  (await jsonOf<Listed>(await admin.get(`/admin/people?q=${name}`), 200)).people[0];

/** Ada, who was the first, administers. */
async function installation() {
  const app = await anApp();
  return { app, ...(await aChatOfTwo(app)) };
}

const whole = async (response: Response) => [
  response.status,
  [...response.headers].filter(([name]) => name !== 'x-request-id'),
  await response.text(),
];

describe('AZ-13: the administration', () => {
  it('looks to everybody else as what does not exist, whatever they send', async () => {
    const { bob, nobody } = await installation();
    for (const client of [bob, nobody]) {
      for (const headers of [PAGE, {}] as readonly Headers[]) {
        const [nothing, nothingPosted] = [
          await whole(await client.get('/nothing', headers)),
          await whole(await client.post('/nothing', '', headers)),
        ];
        expect(nothing[0]).toBe(404);
        for (const path of ['', '/people', '/people?after=x', '/chats?page=x', '/invites', '/jobs', '/audit?before=0'])
          expect(await whole(await client.get(`/admin${path}`, headers))).toEqual(nothing);
        for (const path of [
          'people/1/deactivate',
          'people/999/grant',
          'people/01/grant',
          'invites/x/revoke',
          'jobs/1/drop',
        ])
          expect(await whole(await client.post(`/admin/${path}`, '', headers))).toEqual(nothingPosted);
      }
    }
  });

  it('is offered to administrators in the menu of their account, and to nobody else', async () => {
    const { ada, bob, id } = await installation();
    for (const path of ['/', `/chat/${id}`, '/catch-up']) {
      expect(await pageOf(ada, path)).toContain('href="/admin"');
      expect(await pageOf(bob, path)).not.toContain('href="/admin"');
    }
    const { id: bobId } = (await personOf(ada, 'bob')) ?? { id: 0 };
    await ada.post(`/admin/people/${bobId}/grant`);
    expect(await pageOf(bob, `/chat/${id}`)).toContain('href="/admin"');
  });

  it('shows and changes people, by forms and as JSON', async () => {
    const { app, ada, bob } = await installation();
    const { id } = (await personOf(ada, 'BOB')) ?? { id: 0 };
    const page = await pageOf(ada, '/admin/people?q=bo');
    expect(page).toContain('<bdi class="member-name">bob</bdi>');
    expect(page).not.toContain('<bdi class="member-name">eve</bdi>');
    const referer = { referer: 'http://localhost/admin/people?q=bo' };
    const deactivated = await ada.postForm(`/admin/people/${id}/deactivate`, {}, { ...PAGE, ...referer });
    expect(await answerOf(deactivated)).toBe('303 /admin/people?q=bo');
    expect(await pageOf(ada, '/admin/people?q=bo')).toContain('Deactivated');
    expect((await bob.get('/')).status).toBe(401);
    expect((await new Client(app).signIn('bob')).status).toBe(401);
    expect((await ada.post(`/admin/people/${id}/activate`)).status).toBe(204);
    expect((await bob.signIn('bob')).status).toBe(303);
    expect((await ada.post(`/admin/people/${id}/sign-out`)).status).toBe(204);
    expect((await bob.get('/')).status).toBe(401);
    expect(await answerOf(await ada.post('/admin/people/1/revoke'))).toBe('409 last_administrator');
    await ada.post(`/admin/people/${id}/grant`);
    expect(await personOf(ada, 'bob')).toMatchObject({ administrator: true, deactivated: false });
    expect((await ada.post('/admin/people/1/revoke')).status).toBe(204);
    expect((await ada.get('/admin')).status).toBe(404);
  });

  it('shows a deactivated person among the members, to whom nobody can write', async () => {
    const { ada, id } = await installation();
    const { id: bobId } = (await personOf(ada, 'bob')) ?? { id: 0 };
    await ada.post(`/admin/people/${bobId}/deactivate`);
    const { members } = await jsonOf<{ members: object[] }>(await ada.get(`/chat/${id}/members`), 200);
    expect(members).toMatchObject([{ username: 'ada' }, { username: 'bob', deactivated: true }]);
    expect(await pageOf(ada, `/chat/${id}/members`)).toContain('<span class="tag">Deactivated</span>');
    expect(await answerOf(await ada.postJson('/direct', { usernames: ['bob'] }))).toBe('403 forbidden');
  });

  it('makes a reset link, shown once, which works', async () => {
    const { app, ada } = await installation();
    const { id } = (await personOf(ada, 'bob')) ?? { id: 0 };
    const page = await (await ada.postForm(`/admin/people/${id}/reset-link`, {}, PAGE)).text();
    const [, first = ''] = /value="(http:\/\/localhost\/reset\/[\w-]{43})"/.exec(page) ?? [];
    const { url } = await jsonOf<{ url: string }>(await ada.post(`/admin/people/${id}/reset-link`), 201);
    expect([(await ada.get(new URL(first).pathname)).status, url === first]).toEqual([404, false]);
    const visitor = new Client(app);
    expect((await visitor.postJson(new URL(url).pathname, { new: 'battery staple' })).status).toBe(200);
    expect((await new Client(app).signIn('bob', PASSWORD)).status).toBe(401);
    expect(JSON.stringify(app.log.entries)).not.toContain(new URL(url).pathname);
  });

  it('shows chats, invites, storage, jobs, and who did what', async () => {
    const { ada, bob, id, app } = await installation();
    await bob.say(id, 'a secret');
    const other = await bob.newChat('Den');
    await bob.invite(other);
    expect(await jsonOf(await ada.get('/admin/chats'), 200)).toMatchObject({
      chats: [
        { name: 'Lobby', members: 2 },
        { name: 'Den', members: 1, changes: 0, used_at: null },
      ],
    });
    const invites = (
      await jsonOf<{ invites: { id: string; chat: { name: string } }[] }>(await ada.get('/admin/invites'), 200)
    ).invites;
    const made = invites.find(({ chat }) => chat.name === 'Den');
    expect([invites.length, made]).toEqual([2, expect.objectContaining({ chat: { id: other, name: 'Den' } })]);
    expect(await answerOf(await ada.postForm(`/admin/invites/${made?.id}/revoke`, {}, PAGE))).toBe(
      '303 /admin/invites',
    );
    expect(await jsonOf(await ada.get('/admin'), 200)).toMatchObject({
      ...{ registration: 'open', people: 3, chats: 2, ready: true, connected_clients: 0, jobs_dead: 0, files: 0 },
    });
    await app.storage.unitOfWork.run(async ({ jobs }) => {
      await jobs.add({ kind: 'scrub' }, { delayMs: 0 });
      for (const claimed of await jobs.claim({ lane: 'local', limit: 9, leaseMs: 1 })) await jobs.bury(claimed, 'No.');
    });
    const [job] = (await jsonOf<{ jobs: { id: number }[] }>(await ada.get('/admin/jobs'), 200)).jobs;
    expect((await ada.post(`/admin/jobs/${job?.id}/drop`)).status).toBe(204);
    expect(await jsonOf(await ada.get('/admin/audit'), 200)).toMatchObject({
      acts: [
        { act: 'drop_job', by: { username: 'ada' }, about: null, detail: 'scrub' },
        { act: 'revoke_invite', by: { username: 'ada' }, about: { username: 'bob' }, detail: 'Den' },
      ],
      next: null,
    });
    for (const path of ['', '/people', '/chats?by=use', '/invites', '/jobs', '/audit']) {
      const page = await pageOf(ada, `/admin${path}`);
      expect(page).toContain('aria-label="Administration"');
      expect(page).not.toContain('secret');
    }
  });

  it('shows no names as markup', async () => {
    const { app, ada } = await installation();
    const name = '<img src=x onerror=1>';
    const other = await signedIn(app, name);
    await other.newChat(name);
    for (const path of ['/people', '/chats']) {
      expect(await pageOf(ada, `/admin${path}`)).not.toContain('<img');
    }
  });
});
