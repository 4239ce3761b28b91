import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/composition/config.ts';
import { DAY, HOUR } from '../fakes.ts';
import { anApp, answerOf, Client, FORM, type Headers, PAGE, PASSWORD, signedIn } from './client.ts';

const PROXY = '10.0.0.1';
const HTTPS: Headers = { 'x-forwarded-proto': 'https' };

describe('the session cookie', () => {
  it.each([
    ['http', {}, {}, false],
    ['http, said to be', { PUBLIC_ORIGIN: 'http://localhost' }, {}, false],
    ['http, before a proxy that is trusted', { TRUSTED_PROXIES: PROXY }, { 'x-forwarded-proto': 'http' }, false],
    ['http, before a proxy that is not trusted', { TRUSTED_PROXIES: '10.0.0.2' }, HTTPS, false],
    ['https', { PUBLIC_ORIGIN: 'https://localhost' }, {}, true],
    ['https, as a trusted proxy says', { TRUSTED_PROXIES: PROXY }, HTTPS, true],
  ])(
    'SE-1: has its name and attributes on %s, and HSTS goes with Secure',
    async (_scheme, env, headers: Headers, secure) => {
      const app = await anApp(readConfig({ DATABASE_URL: 'memory:', ...env }));
      const visitor = new Client(app, undefined, PROXY);
      const response = await visitor.signIn('ada', PASSWORD, headers);
      expect((await visitor.get('/', { ...PAGE, ...headers })).status).toBe(200);
      for (const answer of [
        response,
        await visitor.get('/', { ...PAGE, ...headers }),
        await visitor.get('/x', headers),
      ]) {
        expect(answer.headers.has('strict-transport-security')).toBe(secure);
      }
      const [cookie = '', ...others] = response.headers.getSetCookie();
      expect(others.filter((other) => other.includes('session'))).toEqual([]);
      const [value, ...attributes] = cookie.split('; ');
      expect(value).toMatch(secure ? /^__Host-session_token=[A-Za-z0-9_-]{43}$/ : /^session_token=[A-Za-z0-9_-]{43}$/);
      const expected = ['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Lax', ...(secure ? ['Secure'] : [])];
      expect(attributes.toSorted()).toEqual(expected);
    },
  );

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
    const cookies = (await act(ada)).headers.getSetCookie().filter((cookie) => !cookie.startsWith('device_token='));
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
    ['after more of its name than are tried', (token: string) => `${planted(8)}; session_token=${token}`],
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

  it.each([
    ['the same twice', (token: string) => `session_token=${token}; session_token=${token}`],
    ['after one that is broken', (token: string) => `session_token=x; a=b;session_token=${token}`],
    ['before one of another installation', (token: string) => `session_token=${token}; ${planted(1)}`],
    ['after seven that are unknown here', (token: string) => `${planted(7)}; session_token=${token}`],
    ['after forty that cannot be tokens', (token: string) => `${'session_token=x;'.repeat(40)}session_token=${token}`],
  ])('SE-7: signs in by the one that is valid here when several come: %s', async (_how, cookieOf) => {
    const app = await anApp();
    const { token = '' } = await signedIn(app, 'ada');
    expect((await new Client(app).get('/', { ...PAGE, cookie: cookieOf(token) })).status).toBe(200);
  });

  it('SE-3: over https counts only under the prefixed name: a sibling subdomain cannot plant its own', async () => {
    const app = await anApp({ publicOrigin: 'https://localhost' });
    const eve = await signedIn(app, 'eve');
    const cookie = `session_token=${eve.token}`;
    const visitor = new Client(app);
    expect(await answerOf(await visitor.get('/', { ...PAGE, cookie }))).toBe('303 /auth?next=%2F');
    const ada = await signedIn(app, 'ada');
    const both = `${cookie}; __Host-session_token=${ada.token}`;
    expect(await (await visitor.get('/', { ...PAGE, cookie: both })).text()).toContain('<bdi>ada</bdi>');
  });

  it('SE-3: that was planted over plain http is ended by signing in', async () => {
    const app = await anApp();
    const eve = await signedIn(app, 'eve');
    const ada = new Client(app);
    await ada.signIn('ada', PASSWORD, { cookie: `session_token=${eve.token}` });
    const cookie = `session_token=${eve.token}; session_token=${ada.token}`;
    expect(await (await new Client(app).get('/', { ...PAGE, cookie })).text()).toContain('<bdi>ada</bdi>');
  });
});

describe('a sign-in whose cookie does not come back', () => {
  /** The field that our own page sends, and programs do not. */
  const form = { username: 'ada', password: PASSWORD, next: '/chat/1', check_cookie: '1' };

  it('is told so, and does not end in a silent loop', async () => {
    const app = await anApp();
    const page = await (await new Client(app).get('/auth?next=/chat/1', PAGE)).text();
    expect(page).toContain('name="check_cookie" value="1"');
    expect(page).not.toContain('did not keep the cookie');
    const signedInThere = await new Client(app).postForm('/auth', form, PAGE);
    const location = signedInThere.headers.get('location') ?? '';
    const told = await new Client(app).get(location, PAGE);
    expect(told.status).toBe(200);
    const text = await told.text();
    expect(text).toContain('Your browser did not keep the cookie');
    expect(text).toContain('name="next" value="/chat/1"');
  });

  it('goes on where it was to lead when it does come back', async () => {
    const visitor = new Client(await anApp());
    const location = (await visitor.postForm('/auth', form, PAGE)).headers.get('location') ?? '';
    expect(await answerOf(await visitor.get(location, PAGE))).toBe('303 /chat/1');
    for (const next of ['//host.evil', 'https://host.evil/', '/\\host.evil']) {
      const away = `/auth?check_cookie&next=${encodeURIComponent(next)}`;
      expect(await answerOf(await visitor.get(away, PAGE))).toBe('303 /');
    }
  });

  it('is told where the site is to be opened, where that is known', async () => {
    const visitor = new Client(await anApp({ publicOrigin: 'https://chat.example.org' }));
    const page = await visitor.get('http://chat.example.org/auth?check_cookie', PAGE);
    expect(await page.text()).toContain('open it as https://chat.example.org');
  });

  it('leads programs, which send no such field, straight to where they want', async () => {
    const visitor = new Client(await anApp());
    const body = new URLSearchParams({ username: 'ada', password: PASSWORD, next: '/chat/1' }).toString();
    expect(await answerOf(await visitor.post('/auth', body, { ...FORM, ...PAGE }))).toBe('303 /chat/1');
  });
});

/** Cookies of this name with tokens of the right form that are not valid here. */
function planted(count: number): string {
  return Array.from({ length: count }, (_, n) => `session_token=${`${n}`.padStart(43, 'A')}`).join('; ');
}
