import { BlockList } from 'node:net';
import { describe, expect, it } from 'vitest';
import { aChatOfTwo, anApp, Client, PAGE, PASSWORD, signedIn, type TestApp } from './client.ts';

const eventsOf = ({ log }: TestApp) => log.entries.map(({ details }) => details.event);
const lastOf = ({ log }: TestApp) => log.entries.at(-1);

/** Bindings of a request from this peer. */
function from(remoteAddress: string) {
  return { incoming: { socket: { remoteAddress } } };
}

describe('LG-2: sign-ins are logged', () => {
  it('with who it was, from where, and by which route', async () => {
    const app = await anApp();
    const body = new URLSearchParams({ username: 'ada', password: PASSWORD });
    const headers = { origin: 'http://localhost' };
    await app.http.request('/auth?next=/invite/secret', { method: 'POST', body, headers }, from('192.0.2.7'));
    expect(lastOf(app)).toEqual({
      level: 'info',
      message: 'a user registered',
      details: {
        event: 'registered',
        request_id: expect.stringMatching(/^[\w-]{12}$/),
        user: { id: 1, name: 'ada' },
        address: '192.0.2.7',
        origin: 'http://localhost',
        method: 'POST',
        route: '/auth',
        ended_sessions: 0,
      },
    });
  });

  it('whatever comes of them: registered, signed in, failed, signed out', async () => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    await ada.signIn('ada');
    await ada.signIn('ada', 'not her password');
    await ada.post('/logout');
    expect(eventsOf(app)).toEqual(['registered', 'signed_in', 'sign_in_failed', 'signed_out']);
    expect(app.log.entries[1]?.details).toMatchObject({ ended_sessions: 1 });
    expect(app.log.entries[2]).toMatchObject({ level: 'warn', details: { user: { id: 1, name: 'ada' } } });
  });

  it('without what was typed as a name that nobody has: it may be a password', async () => {
    const app = await anApp({ registration: 'closed' });
    // The first account of an installation can always be made.
    await new Client(app).signIn('ada');
    await new Client(app).signIn('correct horse', 'battery staple');
    expect(lastOf(app)?.details).toMatchObject({ event: 'sign_in_failed', code: 'wrong_credentials' });
    expect(lastOf(app)?.details.user).toBeUndefined();
  });
});

describe('LG-2: refusals are logged', () => {
  it('403: with who asked, and the route, but not the path', async () => {
    const app = await anApp();
    const { eve, id } = await aChatOfTwo(app);
    await eve.get(`/chat/${id}?before=1`);
    const details = { event: 'request_refused', status: 403, code: 'forbidden', user: { id: 3, name: 'eve' } };
    expect(lastOf(app)).toMatchObject({ level: 'warn', details: { ...details, method: 'GET', route: '/chat/:id' } });
  });

  it('403 for other sites, whose origin is cut down to one', async () => {
    const app = await anApp();
    const headers = { 'sec-fetch-site': 'cross-site' };
    for (const [claimed, origin] of [
      ['https://evil.example/path?query=1', 'https://evil.example'],
      ['null', 'null'],
      ['nonsense', 'invalid'],
      [`https://${'x'.repeat(300)}.example`, 'invalid'],
    ] as const) {
      await new Client(app).post('/invite/secret', '', { ...headers, origin: claimed });
      expect(lastOf(app)?.details).toMatchObject({ code: 'cross_site', origin, route: '/invite/:code' });
    }
  });

  it('503, with what is behind it', async () => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    app.storage.failCommits = true;
    const response = await ada.postJson('/newchat', { chat_name: 'Den' });
    expect(lastOf(app)).toMatchObject({ level: 'warn', details: { status: 503, code: 'unavailable' } });
    expect(response.headers.get('x-request-id')).toBe(lastOf(app)?.details.request_id);
  });

  it('and what is everyday is not', async () => {
    const app = await anApp();
    const { ada, nobody, id } = await aChatOfTwo(app);
    const before = app.log.entries.length;
    await nobody.get('/', PAGE);
    await nobody.get('/nowhere');
    await ada.postJson('/newchat', { chat_name: '' });
    await ada.say(id, 'hello');
    await ada.get(`/chat/${id}`, PAGE);
    expect(app.log.entries).toHaveLength(before);
  });
});

describe('a request id', () => {
  async function idOf(trustedProxies: BlockList | undefined, given: string): Promise<unknown> {
    const app = await anApp({ trustedProxies });
    const headers = { 'x-request-id': given, 'sec-fetch-site': 'cross-site' };
    await app.http.request('/logout', { method: 'POST', headers }, from('10.0.0.2'));
    return lastOf(app)?.details.request_id;
  }

  function proxies(): BlockList {
    const list = new BlockList();
    list.addSubnet('10.0.0.0', 8);
    return list;
  }

  it('is the one that a trusted proxy gave', async () => {
    expect(await idOf(proxies(), 'trace-7.a:b_1')).toBe('trace-7.a:b_1');
  });

  it.each([
    ['from anybody else', undefined, 'trace-7'],
    ['that is too long', proxies(), 'x'.repeat(65)],
    ['with characters that do not belong in one', proxies(), 'a b'],
  ])('is our own where there is one %s', async (_what, trusted, given) => {
    expect(await idOf(trusted, given)).toMatch(/^[\w-]{12}$/);
  });
});
