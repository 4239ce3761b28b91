import { describe, expect, it } from 'vitest';
import { NOW } from '../builders.ts';
import { DAY } from '../fakes.ts';
import { aChatOfTwo, anApp, answerOf, Client, jsonOf, PAGE, PASSWORD, signedIn } from './client.ts';

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
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    await ada.newChat();
    const session = await app.useCases.identifySession(ada.token ?? '');
    if (!session) throw new Error('Ada is not signed in.');
    const [chat] = await app.useCases.viewChats(session.actor);
    if (!chat) throw new Error('Ada has no chat.');
    const codes = new Set<string>();
    for (let n = 0; n < 10_000; n += 1) codes.add((await app.useCases.createInvite(session.actor, chat.id)).code);
    expect(codes.size).toBe(10_000);
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

  it('IN-2: that has expired is answered like one that never was', async () => {
    const app = await anApp();
    const { ada, id } = await aChatOfTwo(app);
    const code = await ada.invite(id);
    app.clock.advance(7 * DAY);
    const late = await signedIn(app, 'late');
    for (const method of ['GET', 'POST']) {
      for (const headers of [{}, PAGE, { ...PAGE, 'sec-fetch-site': method === 'GET' ? 'cross-site' : 'none' }]) {
        const bodies: string[] = [];
        for (const path of [`/invite/${code}`, '/invite/unknown', `/invite/${'A'.repeat(43)}`, '/invite/%00%2F']) {
          const response = await late.request(method, path, headers);
          expect(response.status).toBe(404);
          bodies.push(await response.text());
        }
        expect(new Set(bodies).size).toBe(1);
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
    ['by its address', { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' }],
    ['from a page of ours', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' }],
  ])('IN-3: joins who opens it %s', async (_how, headers) => {
    const { ada, eve, id } = await aChatOfTwo(await anApp());
    expect(await answerOf(await eve.get(`/invite/${await ada.invite(id)}`, { ...PAGE, ...headers }))).toBe(
      `303 /chat/${id}`,
    );
  });

  it.each(['cross-site', 'same-site'])('IN-4: asks who comes from a %s page, and joins by its form', async (site) => {
    const { ada, eve, id } = await aChatOfTwo(await anApp());
    const code = await ada.invite(id);
    const headers = { ...PAGE, 'sec-fetch-site': site, 'sec-fetch-dest': 'document' };
    const asked = await eve.get(`/invite/${code}`, headers);
    expect(asked.status).toBe(200);
    const page = await asked.text();
    expect(page).toContain('Lobby');
    expect(page).toContain(`method="post" action="/invite/${code}"`);
    expect((await eve.get(`/chat/${id}`)).status).toBe(403);
    const form = { ...PAGE, 'sec-fetch-site': 'same-origin', origin: 'http://localhost' };
    expect(await answerOf(await eve.postForm(`/invite/${code}`, {}, form))).toBe(`303 /chat/${id}`);
    expect((await eve.get(`/chat/${id}`)).status).toBe(200);
  });

  it('IN-4: asks who comes from another site and has to sign in first, too', async () => {
    const { ada, eve, nobody, id } = await aChatOfTwo(await anApp());
    const headers = { ...PAGE, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' };
    const turnedAway = await nobody.get(`/invite/${await ada.invite(id)}`, headers);
    expect(turnedAway.status).toBe(303);
    const next = new URL(turnedAway.headers.get('location') ?? '', 'http://localhost').searchParams.get('next') ?? '';
    // After signing in the browser says that it comes from here.
    const asked = await eve.get(next, { ...headers, 'sec-fetch-site': 'same-origin' });
    expect(await asked.text()).toContain('Join <bdi>Lobby</bdi>?');
    expect((await eve.get(`/chat/${id}`)).status).toBe(403);
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
    ['GET', { purpose: 'prefetch' }],
    ['GET', { 'x-moz': 'prefetch' }],
    ['GET', { 'sec-fetch-dest': 'image' }],
    ['GET', { 'sec-fetch-dest': 'iframe' }],
    ['GET', { 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' }],
    ['OPTIONS', {}],
  ])('IN-5: joins nobody by %s with %o', async (method, headers) => {
    const { ada, eve, id } = await aChatOfTwo(await anApp());
    await eve.request(method, `/invite/${await ada.invite(id)}`, headers);
    expect((await eve.get(`/chat/${id}`)).status).toBe(403);
    expect(await textsIn(ada, id)).toEqual(['bob joined']);
  });

  it('IN-6: leads a visitor through the sign-in and back', async () => {
    const { ada, nobody, id } = await aChatOfTwo(await anApp());
    const path = `/invite/${await ada.invite(id)}`;
    const away = await nobody.get(path, PAGE);
    expect(await answerOf(away)).toBe(`303 /auth?next=${encodeURIComponent(path)}`);
    const form = await (await nobody.get(away.headers.get('location') ?? '', PAGE)).text();
    expect(form).toContain(`name="next" value="${path}"`);
    const back = await nobody.postForm('/auth', { username: 'grace', password: PASSWORD, next: path }, PAGE);
    expect(await answerOf(back)).toBe(`303 ${path}`);
    expect(await answerOf(await nobody.get(path, PAGE))).toBe(`303 /chat/${id}`);
    expect(await textsIn(ada, id)).toEqual(['bob joined', 'grace joined']);
  });
});
