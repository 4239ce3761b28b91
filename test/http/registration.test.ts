import { describe, expect, it } from 'vitest';
import { aChatOfTwo, anApp, answerOf, Client, PAGE, PASSWORD, signedIn } from './client.ts';

const NEW = 'is a new account';
const pageOf = async (client: Client, path: string) => (await client.get(path, PAGE)).text();

const GONE = 'The new account is gone';

describe('a typo in the name at sign-in', () => {
  it('makes a new account, never silently: the next page says so, and the undo leads back with the name filled in', async () => {
    const app = await anApp();
    await signedIn(app, 'ada');
    const visitor = new Client(app);
    expect(await answerOf(await visitor.signIn('adaa', PASSWORD, PAGE))).toBe('303 /');
    const home = await pageOf(visitor, '/');
    expect(home).toContain(`<bdi>adaa</bdi></strong> ${NEW}`);
    expect(home).toContain('action="/auth/undo"');
    const undone = await visitor.postForm('/auth/undo', { next: '/' }, PAGE);
    expect(await answerOf(undone)).toBe('303 /auth?username=adaa&next=%2F');
    expect(undone.headers.getSetCookie().join()).toContain('Max-Age=0');
    expect(await pageOf(visitor, '/auth?username=adaa&next=%2F')).toContain('name="username" value="adaa"');
    expect((await visitor.get('/')).status).toBe(401);
    expect((await visitor.signIn('adaa', 'another password')).status).toBe(303);
  });

  it('is told on the sign-in page to be gone after the undo, once, and by no link', async () => {
    const visitor = await signedIn(await anApp(), 'adaa');
    const undone = await visitor.postForm('/auth/undo', { next: '/' }, PAGE);
    const set = undone.headers.getSetCookie().find((each) => each.startsWith('account_undone=1'));
    expect(set).toMatch(/; Max-Age=60; Path=\/auth; HttpOnly; SameSite=Lax$/);
    const told = await visitor.get('/auth?username=adaa', { ...PAGE, cookie: 'account_undone=1' });
    expect(await told.text()).toContain(GONE);
    expect(told.headers.getSetCookie().join()).toContain('account_undone=; Max-Age=0; Path=/auth');
    expect(await pageOf(visitor, '/auth?username=adaa&undone=1&account_undone=1')).not.toContain(GONE);
  });

  it('is said where the person wanted to go: on a closed chat, and on an invite, to which signing in again leads back', async () => {
    const app = await anApp();
    const { ada, id } = await aChatOfTwo(app);
    const visitor = new Client(app);
    await visitor.signIn('adaa');
    expect(await pageOf(visitor, `/chat/${id}`)).toContain(NEW);
    const invite = `/invite/${await ada.invite(id)}`;
    const page = await pageOf(visitor, invite);
    expect(page).toContain(NEW);
    expect(page).toContain(`name="next" value="${invite}"`);
    const undone = await visitor.postForm('/auth/undo', { next: invite }, PAGE);
    expect(await answerOf(undone)).toBe(`303 /auth?username=adaa&next=${encodeURIComponent(invite)}`);
  });

  it('AU-7: is not spoken of once the account is used, and the undo is refused clearly then', async () => {
    const app = await anApp();
    const { bob, eve } = await aChatOfTwo(app);
    expect(await pageOf(bob, '/')).not.toContain(NEW);
    expect(await pageOf(eve, '/')).toContain(NEW);
    await eve.newChat();
    for (const used of [bob, eve]) {
      expect(await pageOf(used, '/chat/404')).not.toContain(NEW);
      const refused = await used.postForm('/auth/undo', {}, PAGE);
      expect(refused.status).toBe(409);
      expect(await refused.text()).toContain('This account stays');
      expect((await used.get('/')).status).toBe(200);
    }
  });

  it('leads from a closed chat back to it, of which the page itself says nothing', async () => {
    const { eve, id } = await aChatOfTwo(await anApp());
    const referer = `http://localhost/chat/${id}`;
    const undone = await eve.postForm('/auth/undo', {}, { ...PAGE, referer });
    expect(await answerOf(undone)).toBe(`303 /auth?username=eve&next=%2Fchat%2F${id}`);
  });

  it('AU-7: leads to no other site', async () => {
    const visitor = await signedIn(await anApp(), 'adaa');
    const undone = await visitor.postForm('/auth/undo', { next: 'https://evil.example/' });
    expect(await answerOf(undone)).toBe('303 /auth?username=adaa&next=%2F');
  });
});

describe('the form', () => {
  const autocomplete = (page: string) => /type="password"[^>]* autocomplete="([^"]*)"/.exec(page)?.[1];

  it('offers password managers current-password to sign in, and new-password to register, before and after a refusal', async () => {
    const visitor = new Client(await anApp());
    expect(autocomplete(await pageOf(visitor, '/auth'))).toBe('current-password');
    const fresh = await pageOf(visitor, '/auth?new&next=%2Fchat%2F7');
    expect(autocomplete(fresh)).toBe('new-password');
    expect(fresh).toContain('name="next" value="/chat/7"');
    const short = { username: 'grace', password: 'short' };
    const refused = await visitor.postForm('/auth', { ...short, new: '1' }, PAGE);
    expect([refused.status, autocomplete(await refused.text())]).toEqual([422, 'new-password']);
    const other = await visitor.postForm('/auth', short, PAGE);
    expect(autocomplete(await other.text())).toBe('current-password');
  });

  it('offers nobody to register where registration is closed', async () => {
    const app = await anApp({ registration: 'closed' });
    // The first account of an installation can always be made.
    await signedIn(app, 'ada');
    const visitor = new Client(app);
    expect(await pageOf(visitor, '/auth')).not.toMatch(/new here/);
  });

  it('stands on an invite that is opened signed out, under the name of the chat and of who invites', async () => {
    const { ada, nobody, id } = await aChatOfTwo(await anApp());
    const path = `/invite/${await ada.invite(id)}`;
    const page = await pageOf(nobody, path);
    expect(page).toContain('Join <bdi>Lobby</bdi>?');
    expect(page).toContain('<bdi>ada</bdi> invites you.');
    expect(page).toContain(`name="next" value="${path}"`);
    expect(autocomplete(page)).toBe('new-password');
    expect(page).toContain(`href="/auth?next=${encodeURIComponent(path)}"`);
    const signedIn = await nobody.postForm('/auth', { username: 'grace', password: PASSWORD, next: path }, PAGE);
    expect(await answerOf(signedIn)).toBe(`303 ${path}`);
    expect(await answerOf(await nobody.postForm(path, {}, PAGE))).toBe(`303 /chat/${id}`);
  });

  it('is not offered by a dead invite, which says that it is dead before anybody has to register', async () => {
    const visitor = new Client(await anApp());
    const response = await visitor.get('/invite/unknown', PAGE);
    expect(response.status).toBe(404);
    const page = await response.text();
    expect(page).toContain('unknown or has expired');
    expect(page).not.toContain('name="password"');
  });
});
