import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../fakes.ts';
import { anApp, answerOf, Client, PAGE, PASSWORD, signedIn } from './client.ts';

describe('the session cookie', () => {
  it.each([
    ['http', undefined, 'http://localhost', false],
    ['http, said to be', 'http://chat.example.org', 'http://chat.example.org', false],
    ['https', 'https://chat.example.org', 'http://chat.example.org', true],
  ])('SE-1: has its attributes on %s', async (_scheme, publicOrigin, asked, secure) => {
    const visitor = new Client(await anApp({ publicOrigin }));
    const response = await visitor.postForm(`${asked}/auth`, { username: 'ada', password: PASSWORD });
    const [cookie = '', ...others] = response.headers.getSetCookie();
    expect(others).toEqual([]);
    const [value, ...attributes] = cookie.split('; ');
    expect(value).toMatch(/^session_token=[A-Za-z0-9_-]{43,}$/);
    const expected = ['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Lax', ...(secure ? ['Secure'] : [])];
    expect(attributes.toSorted()).toEqual(expected);
  });

  it('SE-3: is new at each sign-in, and the one presented is good no more', async () => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    const before = new Client(app, ada.token);
    await ada.signIn('ada');
    expect(ada.token).not.toBe(before.token);
    expect((await ada.get('/')).status).toBe(200);
    expect((await before.get('/')).status).toBe(401);
  });

  it('SE-3: is never one that a client chose', async () => {
    const app = await anApp();
    const planted = 'A'.repeat(43);
    const ada = new Client(app, planted);
    await ada.signIn('ada');
    expect(ada.token).not.toBe(planted);
    expect((await new Client(app, planted).get('/')).status).toBe(401);
  });

  it('SE-4: is cleared by POST /logout, and its token is good nowhere afterwards', async () => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    const id = await ada.newChat();
    const old = new Client(app, ada.token);
    const out = await ada.post('/logout', '', PAGE);
    expect(await answerOf(out)).toBe('303 /auth');
    expect(out.headers.getSetCookie()).toHaveLength(1);
    expect(out.headers.getSetCookie()[0]).toMatch(/^session_token=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(ada.token).toBeUndefined();
    for (const path of ['/', `/chat/${id}`, `/chat/${id}/messages`]) {
      expect(await answerOf(await old.get(path, PAGE))).toBe(`303 /auth?next=${encodeURIComponent(path)}`);
    }
    for (const path of ['/newchat', '/chats', `/chat/${id}/messages`, `/create_invite/${id}`, '/logout']) {
      expect(await answerOf(await old.post(path, '', PAGE))).toBe('303 /auth?next=%2F');
      expect(await answerOf(await old.post(path))).toBe('401 unauthenticated');
    }
  });

  it('SE-6: is prolonged with its session, once an hour at most', async () => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    const { token } = ada;
    app.clock.advance(HOUR);
    const [prolonged] = (await ada.get('/')).headers.getSetCookie();
    expect(prolonged).toMatch(new RegExp(`^session_token=${token}; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax$`));
    expect((await ada.get('/')).headers.getSetCookie()).toEqual([]);
  });

  it.each([
    ['signs in', (ada: Client) => ada.signIn('ada'), /^session_token=.{43}; Max-Age=604800/],
    ['signs in wrongly', (ada: Client) => ada.signIn('ada', 'wrong password'), undefined],
    ['signs out', (ada: Client) => ada.post('/logout'), /^session_token=; Max-Age=0/],
  ])('SE-3: is set at most once by the answer when one that is due to be prolonged %s', async (_how, act, expected) => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    const { token = '' } = ada;
    app.clock.advance(HOUR);
    const cookies = (await act(ada)).headers.getSetCookie();
    if (!expected) return expect(cookies.filter((cookie) => !cookie.includes(token))).toEqual([]);
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(expected);
    expect(cookies[0]).not.toContain(token);
  });

  it('SE-6: opens nothing after seven idle days', async () => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    app.clock.advance(7 * DAY);
    expect(await answerOf(await ada.get('/', PAGE))).toBe('303 /auth?next=%2F');
  });

  it('SE-6: opens nothing after thirty days, however busy it was', async () => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    for (let day = 0; day < 30; day += 1) {
      expect((await ada.get('/')).status).toBe(200);
      app.clock.advance(DAY);
    }
    expect((await ada.get('/')).status).toBe(401);
  });

  it('SE-6: is the oldest of twenty-one no more, and the others stay', async () => {
    const app = await anApp();
    const devices: Client[] = [];
    for (let n = 0; n < 21; n += 1) {
      devices.push(await signedIn(app, 'ada'));
      app.clock.advance(1);
    }
    const statuses = await Promise.all(devices.map(async (device) => (await device.get('/')).status));
    expect(statuses).toEqual([401, ...Array.from({ length: 20 }, () => 200)]);
  });

  it.each([
    ['twice', (token: string) => `session_token=${token}; session_token=${token}`],
    ['twice, with other cookies between', (token: string) => `session_token=x; a=b;session_token=${token}`],
    ['twice, once with a space in its name', (token: string) => `session_token=${token}; session_token =${token}`],
    ['with 5 KB', () => `session_token=${'A'.repeat(5000)}`],
    ['in bad base64', (token: string) => `session_token=${token.slice(1)}*`],
    ['with broken escapes', () => 'session_token=%E0%A4%A'],
    ['empty', () => 'session_token='],
    ['under another name', (token: string) => `xsession_token=${token}; Session_Token=${token}`],
  ])('SE-7: signs nobody in when it comes %s', async (_how, cookieOf) => {
    const app = await anApp();
    const { token = '' } = await signedIn(app, 'ada');
    const cookie = cookieOf(token);
    const visitor = new Client(app);
    expect(await answerOf(await visitor.get('/', { ...PAGE, cookie }))).toBe('303 /auth?next=%2F');
    expect((await visitor.get('/auth', { cookie })).status).toBe(200);
  });
});
