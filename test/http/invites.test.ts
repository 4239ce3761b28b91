import { describe, expect, it } from 'vitest';
import { systemSecrets } from '../../src/adapters/system/secrets.ts';
import { SECRETS } from '../../src/composition/tokens.ts';
import { NOW } from '../builders.ts';
import { DAY } from '../fakes.ts';
import { aChatOfTwo, anApp, answerOf, Client, type Headers, jsonOf, PAGE, PASSWORD, signedIn } from './client.ts';

const membersNote = async (client: Client, code: string) =>
  (await (await client.get(`/invite/${code}`, { ...PAGE, 'sec-fetch-site': 'cross-site' })).text()).match(
    /(\w+) pe\w+/,
  )?.[0];

const textsIn = async (client: Client, id: number) => (await client.history(id)).map(({ text }) => text);

describe('POST /create_invite', () => {
  it('IN-1: gives a member a code of 256 bits that is valid for seven days, and a stranger none', async () => {
    const { ada, bob, eve, id } = await aChatOfTwo(await anApp());
    for (const member of [ada, bob]) {
      const invite = await jsonOf<object>(await member.post(`/create_invite/${id}`), 201);
      const expires_at = new Date(NOW + 7 * DAY).toISOString();
      expect(invite).toEqual({ code: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), expires_at });
    }
    expect(await answerOf(await eve.post(`/create_invite/${id}`))).toBe('403 forbidden');
  });

  it('IN-1: gives ten thousand different codes', async () => {
    const tokens = Array.from({ length: 10_000 }, () => systemSecrets.token());
    expect(new Set(tokens).size).toBe(10_000);
  });

  it('IN-1: gives each invite the next code of those, three hundred times', async () => {
    const made: string[] = [];
    const token = () => {
      const code = systemSecrets.token();
      made.push(code);
      return code;
    };
    const app = await anApp({}, (wiring) => wiring.bind(SECRETS, () => ({ ...systemSecrets, token })));
    const { ada, id } = await aChatOfTwo(app);
    made.length = 0;
    const given: string[] = [];
    for (let n = 0; n < 300; n += 1) given.push(await ada.invite(id));
    expect(given).toEqual(made);
    expect(new Set(given).size).toBe(300);
  });

  it.each([
    ['what was asked for', {}, 'http://localhost/invite/'],
    ['its own page', { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }, 'http://localhost/invite/'],
    ['its own page behind TLS', { origin: 'https://localhost' }, 'https://localhost/invite/'],
    ['no page that can be named', { origin: 'null', 'sec-fetch-site': 'same-origin' }, 'http://localhost/invite/'],
    ['a page that cannot be here', { origin: 'data:x', 'sec-fetch-site': 'none' }, 'http://localhost/invite/'],
    ['another site', { origin: 'https://host.evil', 'sec-fetch-site': 'none' }, 'http://localhost/invite/'],
  ])('shows a browser without script the link, as of %s', async (_whence, headers, expected) => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const response = await ada.post(`/create_invite/${id}`, '', { ...PAGE, ...headers });
    expect(response.status).toBe(201);
    expect(await response.text()).toContain(expected);
  });

  it('shows a browser without script the link of the public origin', async () => {
    const ada = new Client(await anApp({ publicOrigin: 'https://chat.example.org' }));
    await ada.postForm('http://chat.example.org/auth', { username: 'ada', password: PASSWORD });
    await ada.postForm('http://chat.example.org/chats', { chat_name: 'Lobby' });
    const response = await ada.post('http://chat.example.org/create_invite/1', '', PAGE);
    expect(await response.text()).toContain('https://chat.example.org/invite/');
  });
});

describe('an invite', () => {
  it('IN-1: joins its own chat and no other', async () => {
    const { ada, eve, id } = await aChatOfTwo(await anApp());
    const other = await ada.newChat('Kitchen');
    expect(await answerOf(await eve.get(`/invite/${await ada.invite(other)}`))).toBe(`303 /chat/${other}`);
    expect((await eve.get(`/chat/${other}`)).status).toBe(200);
    expect((await eve.get(`/chat/${id}`)).status).toBe(403);
  });

  it('IN-2: that has expired is answered like one that never was, before anyone has to sign in', async () => {
    const app = await anApp();
    const { ada, id } = await aChatOfTwo(app);
    const code = await ada.invite(id);
    app.clock.advance(7 * DAY);
    const late = await signedIn(app, 'late');
    const nobody = new Client(app);
    for (const method of ['GET', 'POST']) {
      for (const headers of [{}, PAGE, { ...PAGE, 'sec-fetch-site': method === 'GET' ? 'cross-site' : 'none' }]) {
        const bodies: string[] = [];
        const signedOut: string[] = [];
        for (const path of [`/invite/${code}`, '/invite/unknown', `/invite/${'A'.repeat(43)}`, '/invite/%00%2F']) {
          const response = await late.request(method, path, headers);
          expect(response.status).toBe(404);
          bodies.push(await response.text());
          const before = await nobody.request(method, path, headers);
          expect([before.status, before.headers.get('location')]).toEqual([404, null]);
          signedOut.push(await before.text());
        }
        expect([new Set(bodies).size, new Set(signedOut).size]).toEqual([1, 1]);
      }
    }
  });

  it('IN-3: joins once, however often and at once it is opened', async () => {
    const { ada, eve, id } = await aChatOfTwo(await anApp());
    const code = await ada.invite(id);
    const visits = await Promise.all(Array.from({ length: 20 }, () => eve.get(`/invite/${code}`)));
    for (const visit of visits) expect(await answerOf(visit)).toBe(`303 /chat/${id}`);
    expect(await answerOf(await eve.get(`/invite/${code}`))).toBe(`303 /chat/${id}`);
    expect(await textsIn(ada, id)).toEqual(['bob joined', 'eve joined']);
    expect(await membersNote(ada, code)).toBe('3 people');
  });

  it.each([
    [
      'typed in the address bar',
      { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' },
    ],
    ['followed from a page of ours', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' }],
    ['followed from another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }],
    ['followed from another port of the host', { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'document' }],
    ['followed over plain http, where browsers say nothing of it', {}],
  ])('IN-4: asks a browser that opens it %s, and joins by its form alone', async (_how, headers: Headers) => {
    const { ada, eve, id } = await aChatOfTwo(await anApp());
    const code = await ada.invite(id);
    const asked = await eve.get(`/invite/${code}`, { ...PAGE, ...headers });
    expect(asked.status).toBe(200);
    const page = await asked.text();
    expect(page).toContain('Join <bdi>Lobby</bdi>?');
    expect(page).toContain('<bdi>ada</bdi> invites you.');
    expect(page).toContain(`method="post" action="/invite/${code}"`);
    expect((await eve.get(`/chat/${id}`)).status).toBe(403);
    const form = { ...PAGE, 'sec-fetch-site': 'same-origin', origin: 'http://localhost' };
    expect(await answerOf(await eve.postForm(`/invite/${code}`, {}, form))).toBe(`303 /chat/${id}`);
    expect((await eve.get(`/chat/${id}`)).status).toBe(200);
  });

  it('IN-4: a link to /auth?next=/invite/CODE joins nobody without asking, after signing in or signed in already', async () => {
    const app = await anApp();
    const { ada, eve, nobody, id } = await aChatOfTwo(app);
    const path = `/invite/${await ada.invite(id)}`;
    const link = `/auth?next=${encodeURIComponent(path)}`;
    await nobody.get(link, { ...PAGE, 'sec-fetch-site': 'cross-site' });
    const signedInThere = await nobody.postForm('/auth', { username: 'grace', password: PASSWORD, next: path }, PAGE);
    for (const visitor of [nobody, eve]) {
      const headers = { ...PAGE, 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' };
      await visitor.get(link, headers);
      expect(await (await visitor.get(path, headers)).text()).toContain('Join <bdi>Lobby</bdi>?');
      expect((await visitor.get(`/chat/${id}`)).status).toBe(403);
    }
    expect(await answerOf(signedInThere)).toBe(`303 ${path}`);
    expect(await textsIn(ada, id)).toEqual(['bob joined']);
  });

  it('tells a member who comes from elsewhere that there is nothing to join', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const headers = { ...PAGE, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' };
    const page = await (await bob.get(`/invite/${await ada.invite(id)}`, headers)).text();
    expect(page).toContain('2 people are in this chat. You are in it already.');
    expect(page).toContain('Open the chat');
  });

  it.each([
    ['HEAD', {}],
    ['HEAD', { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }],
    ['GET', { 'sec-purpose': 'prefetch' }],
    ['GET', { 'sec-purpose': 'prefetch;prerender' }],
    ['GET', { 'x-purpose': 'preview' }],
    ['GET', { purpose: 'prefetch' }],
    ['GET', { purpose: 'preview' }],
    ['GET', { 'x-moz': 'prefetch' }],
    ['GET', { 'sec-fetch-dest': 'image' }],
    ['GET', { 'sec-fetch-dest': 'iframe' }],
    ['GET', { 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' }],
    ['GET', { 'sec-fetch-site': 'none' }],
    // Over plain HTTP an image on another port of the same host sends only these headers, cookie included.
    [
      'GET',
      { accept: 'image/avif,image/webp,*/*;q=0.8', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0' },
    ],
    ['GET', { accept: '*/*', 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/150.0.0.0 Safari/537.36' }],
    ['GET', { accept: '*/*', referer: 'http://chat.local:8080/' }],
    ['OPTIONS', {}],
  ])('IN-5: joins nobody by %s with %o', async (method, headers) => {
    const { ada, eve, id } = await aChatOfTwo(await anApp());
    await eve.request(method, `/invite/${await ada.invite(id)}`, headers);
    expect((await eve.get(`/chat/${id}`)).status).toBe(403);
    expect(await textsIn(ada, id)).toEqual(['bob joined']);
  });

  it.each([
    ['curl', { accept: '*/*', 'user-agent': 'curl/8.14.1' }],
    ['fetch in Node', { accept: '*/*', 'user-agent': 'node', 'accept-language': '*', 'sec-fetch-mode': 'cors' }],
    ['a program that says nothing', {}],
    ['a program that wants JSON', { accept: 'application/json' }],
  ])('IN-3: joins %s that is signed in, as the original did', async (_program, headers: Headers) => {
    const { ada, eve, id } = await aChatOfTwo(await anApp());
    const path = `/invite/${await ada.invite(id)}`;
    expect(await answerOf(await eve.get(path, headers))).toBe(`303 /chat/${id}`);
    expect((await eve.get(`/chat/${id}`)).status).toBe(200);
  });

  it('IN-6: names the chat to a visitor who is signed out, and leads through the sign-in and back', async () => {
    const { ada, nobody, id } = await aChatOfTwo(await anApp());
    const path = `/invite/${await ada.invite(id)}`;
    expect(await answerOf(await nobody.get(path))).toBe('401 unauthenticated');
    expect(await answerOf(await nobody.post(path))).toBe('401 unauthenticated');
    const invitation = await nobody.get(path, PAGE);
    expect(invitation.status).toBe(200);
    const page = await invitation.text();
    expect(page).toContain('Join <bdi>Lobby</bdi>?');
    const toSignIn = `/auth?next=${encodeURIComponent(path)}`;
    expect(page).toContain(`href="${toSignIn}"`);
    expect(await answerOf(await nobody.post(path, '', PAGE))).toBe(`303 ${toSignIn}`);
    const form = await (await nobody.get(toSignIn, PAGE)).text();
    expect(form).toContain(`name="next" value="${path}"`);
    const back = await nobody.postForm('/auth', { username: 'grace', password: PASSWORD, next: path }, PAGE);
    expect(await answerOf(back)).toBe(`303 ${path}`);
    expect(await textsIn(ada, id)).toEqual(['bob joined']);
    expect(await answerOf(await nobody.post(path, '', PAGE))).toBe(`303 /chat/${id}`);
    expect(await textsIn(ada, id)).toEqual(['bob joined', 'grace joined']);
  });
});
