import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/composition/config.ts';
import { anApp, answerOf, Client, jsonOf, PAGE, PASSWORD, signedIn, type TestApp } from './client.ts';

/** Ada administers and has a chat; whoever follows is new. */
async function installation(registration: Config['registration']) {
  const app = await anApp({ registration });
  const ada = await signedIn(app, 'ada');
  const id = await ada.newChat();
  return { app, ada, id, visitor: new Client(app) };
}

const pageOf = async (client: Client, path: string) => (await client.get(path, PAGE)).text();
const peopleOf = async ({ storage }: TestApp) => (await storage.view.overview.totals()).people;

describe('AU-12: REGISTRATION=invite', () => {
  it('registers by the page of an invite, which the form carries along, and leads back to it', async () => {
    const { app, ada, id, visitor } = await installation('invite');
    const path = `/invite/${await ada.invite(id)}`;
    const page = await pageOf(visitor, path);
    expect(page).toContain('They become your account.');
    expect(page).toContain(`name="next" value="${path}"`);
    const sent = await visitor.postForm('/auth', { username: 'bob', password: PASSWORD, next: path }, PAGE);
    expect(await answerOf(sent)).toBe(`303 ${path}`);
    expect(await pageOf(visitor, path)).toContain('is a new account');
    expect(await answerOf(await visitor.post(path))).toBe(`303 /chat/${id}`);
    expect(await peopleOf(app)).toBe(2);
  });

  it('registers by a code or a link in the form and in JSON', async () => {
    const { app, ada, id } = await installation('invite');
    const invite = await ada.invite(id);
    const account = { password: PASSWORD, invite };
    expect((await new Client(app).postForm('/auth', { username: 'bob', ...account })).status).toBe(303);
    const link = `http://localhost/invite/${invite}`;
    const cyd = new Client(app);
    expect(await jsonOf(await cyd.postJson('/auth', { username: 'cyd', ...account, invite: link }), 201)).toEqual({
      ...{ id: 3, username: 'cyd' },
    });
    expect(await jsonOf(await cyd.get('/account'), 200)).toMatchObject({ username: 'cyd' });
    expect(await jsonOf(await new Client(app).postJson('/auth', { username: 'cyd', password: PASSWORD }), 200)).toEqual(
      {
        ...{ id: 3, username: 'cyd' },
      },
    );
    const page = await pageOf(new Client(app), `/auth?new&invite=${invite}`);
    expect(page).toContain(`name="invite" value="${invite}"`);
  });

  it('registers nobody without an invite that works, and tells nothing of names', async () => {
    const { app, ada, id, visitor } = await installation('invite');
    const revoked = await ada.invite(id);
    const { invites } = await jsonOf<{ invites: { id: string }[] }>(await ada.get(`/chat/${id}/invites`), 200);
    await ada.request('DELETE', `/chat/${id}/invites/${invites[0]?.id}`);
    const page = await pageOf(visitor, '/auth');
    expect(page).toContain('A new account needs an invite link');
    expect(page).not.toContain('I am new here');
    for (const more of [{}, { invite: revoked }, { invite: 'x' }, { next: `/invite/${revoked}` }] as const) {
      for (const headers of [PAGE, {}]) {
        const answers = [];
        for (const username of ['ada', 'nobody']) {
          const answer = await visitor.postForm('/auth', { username, password: 'wrong password', ...more }, headers);
          answers.push([answer.status, await answer.text(), answer.headers.getSetCookie()]);
        }
        expect(answers[0]).toEqual(answers[1]);
        expect(answers[0]?.[0]).toBe(401);
      }
      const programs = [];
      for (const username of ['ada', 'nobody']) {
        const answer = await visitor.postJson('/auth', { username, password: 'wrong password', ...more });
        programs.push([answer.status, await answer.json()]);
      }
      expect(programs[0]).toEqual(programs[1]);
      expect(programs[0]?.[1]).toMatchObject({ status: 401, code: 'wrong_credentials' });
    }
    expect(await peopleOf(app)).toBe(1);
  });
});

describe('AU-12: REGISTRATION=closed', () => {
  it('registers the first account and says so before, and nobody else, with or without an invite', async () => {
    const app = await anApp({ registration: 'closed' });
    expect(await pageOf(new Client(app), '/auth')).toContain('The first one becomes the administrator.');
    const ada = await signedIn(app, 'ada');
    const path = `/invite/${await ada.invite(await ada.newChat())}`;
    const visitor = new Client(app);
    expect(await pageOf(visitor, '/auth')).toContain('New accounts are not made here.');
    expect(await pageOf(visitor, path)).not.toContain('They become your account.');
    expect((await visitor.postForm('/auth', { username: 'bob', password: PASSWORD, next: path })).status).toBe(401);
    expect((await visitor.postJson('/auth', { username: 'bob', password: PASSWORD })).status).toBe(401);
    expect(await peopleOf(app)).toBe(1);
  });
});

describe('the first account of an installation', () => {
  it('is its administrator until the registration is undone, and then the next one is', async () => {
    const app = await anApp();
    const visitor = await signedIn(app, 'adaa');
    await visitor.postForm('/auth/undo', {});
    await signedIn(app, 'ada');
    await signedIn(app, 'bob');
    const found = await app.storage.view.administration.administrators();
    expect(found.map(({ user }) => user.username)).toEqual(['ada']);
  });
});
