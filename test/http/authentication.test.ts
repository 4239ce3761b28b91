import { describe, expect, it } from 'vitest';
import { anApp, answerOf, Client, PAGE, PASSWORD, signedIn } from './client.ts';

describe('GET /auth', () => {
  it('shows the form, with the place to go to afterwards', async () => {
    const visitor = new Client(await anApp());
    const page = await (await visitor.get('/auth?next=/chat/7%3Fbefore=3')).text();
    for (const field of ['name="username"', 'name="password"', 'name="next" value="/chat/7?before=3"']) {
      expect(page).toContain(field);
    }
  });

  it('leads who is signed in to the front page', async () => {
    const ada = await signedIn(await anApp(), 'ada');
    expect(await answerOf(await ada.get('/auth', PAGE))).toBe('303 /');
  });
});

describe('POST /auth', () => {
  it('AU-1: registers a new name, and signs the same user in again', async () => {
    const app = await anApp();
    const [first, second] = [await signedIn(app, 'ada'), new Client(app)];
    const again = await second.signIn(' ADA ');
    expect(await answerOf(again)).toBe('303 /');
    expect(again.headers.getSetCookie().map((set) => set.split('=', 1)[0])).toEqual(['session_token', 'device_token']);
    const id = await first.newChat('Mine');
    expect((await second.get(`/chat/${id}`)).status).toBe(200);
  });

  it('AU-2: answers a wrong password with the form, and no cookie', async () => {
    const app = await anApp();
    await signedIn(app, 'ada');
    const visitor = new Client(app);
    const wrong = { username: 'ada', password: 'wrong password', next: '/chat/7' };
    const response = await visitor.postForm('/auth', wrong, PAGE);
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    const page = await response.text();
    for (const part of ['<form', 'value="ada"', 'value="/chat/7"', 'role="alert"']) expect(page).toContain(part);
    expect(page).not.toContain('wrong password');
  });

  it('AU-3: gives a name to one of fifty who register it at once', async () => {
    const app = await anApp();
    const visitors = Array.from({ length: 50 }, () => new Client(app));
    const answers = await Promise.all(visitors.map((visitor, n) => visitor.signIn('ada', `password ${n}`)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(49);
    const winner = statuses.indexOf(303);
    expect((await new Client(app).signIn('ada', `password ${winner}`)).status).toBe(303);
  });

  it.each([
    ['a trailing space', 'pass word ', 'pass word'],
    ['case', 'A Password', 'a password'],
    ['byte 73', `${'x'.repeat(72)}a`, `${'x'.repeat(72)}b`],
    ['composition', 'caf\u00e9 \u00e9 \u00e9', 'cafe\u0301 e\u0301 e\u0301'],
    ['a NUL', 'password\0a', 'password\0b'],
    ['a line break', 'password\r\n', 'password\n'],
    ['a plus sign', 'pass+word', 'pass word'],
  ])('AU-4: takes a password as it is: %s matters', async (_what, password, other) => {
    const visitor = new Client(await anApp());
    expect((await visitor.signIn('ada', password)).status).toBe(303);
    expect((await visitor.signIn('ada', other)).status).toBe(401);
    expect((await visitor.signIn('ada', password)).status).toBe(303);
  });

  it.each([
    ['7 bytes', 'x'.repeat(7), 422],
    ['8 bytes', 'x-y-z-ab', 303],
    ['8 bytes in 2 characters', '👍👍', 303],
    ['1,024 bytes', 'x'.repeat(1024), 303],
    ['1,024 bytes in 256 characters', '👍'.repeat(256), 303],
    ['1,025 bytes', 'x'.repeat(1025), 422],
  ])('AU-4: a password of %s is answered', async (_length, password, status) => {
    const response = await new Client(await anApp()).signIn('ada', password);
    expect(response.status).toBe(status);
    if (status === 422) expect(await response.text()).toContain('id="password-problem"');
  });

  it.each(['password', 'Qwertyuiop', 'ada lovelace'])(
    'PW-1: a common password and the name itself are refused when an account is made: %s',
    async (password) => {
      const app = await anApp();
      const visitor = new Client(app);
      const refused = await visitor.signIn('Ada Lovelace', password);
      expect([refused.status, refused.headers.getSetCookie()]).toEqual([422, []]);
      expect(await refused.text()).toContain('Choose another one.');
      expect((await visitor.signIn('Ada Lovelace')).status).toBe(303);
      expect((await visitor.signIn('Ada Lovelace', password)).status).toBe(401);
    },
  );

  it.each([
    ['/chat/7', '/chat/7'],
    ['/invite/abc?x=1#y', '/invite/abc?x=1#y'],
    ['/é', '/%C3%A9'],
  ])('IN-6: leads to %j afterwards', async (next, location) => {
    const visitor = new Client(await anApp());
    const response = await visitor.postForm('/auth', { username: 'ada', password: PASSWORD, next });
    expect(await answerOf(response)).toBe(`303 ${location}`);
  });

  it.each([
    '',
    '//evil',
    '///evil',
    '/\\evil',
    '\\\\evil',
    '/.//evil',
    '/x/..//evil',
    '/\t/evil',
    'https://evil',
    'javascript:alert(1)',
    'evil',
    '/\r\nSet-Cookie: x=y',
    '/\0',
  ])('IN-6: does not go where %j leads', async (next) => {
    const visitor = new Client(await anApp());
    const form = await (await visitor.get(`/auth?next=${encodeURIComponent(next)}`)).text();
    expect(form).toContain('name="next" value="/"');
    const response = await visitor.postForm('/auth', { username: 'ada', password: PASSWORD, next });
    expect(await answerOf(response)).toBe('303 /');
  });
});
