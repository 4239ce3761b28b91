import { describe, expect, it } from 'vitest';
import {
  aChatOfTwo,
  anApp,
  answerOf,
  Client,
  FORM,
  type Headers,
  JSON_BODY,
  PAGE,
  PASSWORD,
  signedIn,
  type TestApp,
  withoutFormIds,
} from './client.ts';

/** Every request that changes something, in a form that succeeds. */
async function unsafeRequests(app: TestApp) {
  const { ada, bob, eve, nobody, id } = await aChatOfTwo(app);
  const code = await ada.invite(id);
  const auth = new URLSearchParams({ username: 'grace', password: PASSWORD }).toString();
  return {
    ada,
    id,
    requests: [
      { by: nobody, path: '/auth', body: auth, headers: FORM, status: 303 },
      { by: ada, path: '/newchat', body: '{"chat_name":"Den"}', headers: JSON_BODY, status: 201 },
      { by: ada, path: '/chats', body: 'chat_name=Den', headers: FORM, status: 303 },
      { by: ada, path: `/chat/${id}/messages`, body: '{"text":"hello"}', headers: JSON_BODY, status: 201 },
      { by: ada, path: `/chat/${id}/messages`, body: 'text=hello', headers: FORM, status: 303 },
      { by: ada, path: `/chat/${id}/messages`, body: 'hello', headers: { 'content-type': 'text/plain' }, status: 201 },
      { by: ada, path: `/create_invite/${id}`, body: '', headers: {}, status: 201 },
      { by: eve, path: `/invite/${code}`, body: '', headers: {}, status: 303 },
      { by: bob, path: '/logout', body: '', headers: {}, status: 303 },
    ],
  };
}

async function statusesWith(app: TestApp, headers: Headers) {
  const { ada, id, requests } = await unsafeRequests(app);
  const before = [await ada.history(id), withoutFormIds(await (await ada.get('/')).text())];
  const statuses: number[] = [];
  for (const { by, path, body, headers: own } of requests) {
    statuses.push((await by.post(path, body, { ...own, ...headers })).status);
  }
  const after = [await ada.history(id), withoutFormIds(await (await ada.get('/')).text())];
  return { statuses, expected: requests.map(({ status }) => status), before, after };
}

const FOREIGN: readonly (readonly [string, Headers])[] = [
  ['cross-site', { 'sec-fetch-site': 'cross-site' }],
  ['same-site', { 'sec-fetch-site': 'same-site' }],
  ['cross-site, with our own origin', { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' }],
  ['an unknown kind of site', { 'sec-fetch-site': 'elsewhere' }],
];

const FOREIGN_ORIGINS = [
  'https://host.evil',
  'http://localhost:8080',
  'null',
  'http://localhost.evil',
  'http://evil@host',
  '',
  'localhost',
];

describe('requests that change something', () => {
  it.each(FOREIGN)('CS-1: refuses every one from %s, and changes nothing', async (_from, headers) => {
    const { statuses, expected, before, after } = await statusesWith(await anApp(), headers);
    expect(statuses).toEqual(expected.map(() => 403));
    expect(after).toEqual(before);
  });

  it.each(FOREIGN_ORIGINS)('CS-2: refuses every one whose origin is %j', async (origin) => {
    const { statuses, expected, before, after } = await statusesWith(await anApp(), { origin });
    expect(statuses).toEqual(expected.map(() => 403));
    expect(after).toEqual(before);
  });

  it.each([
    ['CS-1: our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' }],
    ['CS-1: the address bar', { 'sec-fetch-site': 'none' }],
    ['CS-3: curl, which sends neither header', {}],
    ['CS-4: a browser that sends only our origin', { origin: 'http://localhost' }],
    ['CS-4: a browser before a proxy that ends TLS', { origin: 'https://localhost' }],
  ])('%s is served', async (_from, headers: Headers) => {
    const { statuses, expected } = await statusesWith(await anApp(), headers);
    expect(statuses).toEqual(expected);
  });

  it('CS-1: refuses sign-out of another site’s, and the session goes on', async () => {
    const ada = await signedIn(await anApp(), 'ada');
    const response = await ada.post('/logout', '', { ...PAGE, 'sec-fetch-site': 'cross-site' });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('Sent from another site');
    expect((await ada.get('/')).status).toBe(200);
  });

  it.each([
    ['127.0.0.1:1578', 'http://127.0.0.1:1578', 303],
    ['192.168.1.7:1578', 'http://192.168.1.7:1578', 303],
    ['192.168.1.7:1578', 'http://192.168.1.7', 403],
    ['[::1]:1578', 'http://[::1]:1578', 303],
    ['chat.local', 'http://chat.local', 303],
  ])('CS-4: at %s the origin %s is answered', async (host, origin, status) => {
    const visitor = new Client(await anApp());
    const form = { username: 'ada', password: PASSWORD };
    expect((await visitor.postForm(`http://${host}/auth`, form, { origin })).status).toBe(status);
  });
});

describe('with a public origin', () => {
  const publicOrigin = 'https://chat.example.org';
  const form = { username: 'ada', password: PASSWORD };

  it.each([
    ['CS-2: another host', 'http://127.0.0.1:1578/auth', {}, 421],
    ['CS-2: another port', 'http://chat.example.org:8080/auth', {}, 421],
    ['CS-2: a foreign origin', 'http://chat.example.org/auth', { origin: 'https://host.evil' }, 403],
    ['CS-4: its own origin', 'http://chat.example.org/auth', { origin: publicOrigin }, 303],
    ['CS-3: no origin', 'http://chat.example.org/auth', {}, 303],
  ])('%s is answered', async (_what, url, headers: Headers, status) => {
    const visitor = new Client(await anApp({ publicOrigin }));
    expect((await visitor.postForm(url, form, headers)).status).toBe(status);
  });

  it('answers /status at any address, as health checks ask for it by number', async () => {
    const { http } = await anApp({ publicOrigin });
    expect((await http.request('http://127.0.0.1:1578/status')).status).toBe(200);
    expect((await http.request('http://127.0.0.1:1578/auth')).status).toBe(421);
  });
});

describe('content types and safe methods', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    '',
  ])('CS-5: /newchat refuses JSON that is called %j', async (type) => {
    const ada = await signedIn(await anApp(), 'ada');
    const body = new TextEncoder().encode('{"chat_name":"Den"}');
    const response = await ada.post('/newchat', body, type === '' ? {} : { 'content-type': type });
    expect(await answerOf(response)).toBe('415 unsupported_media_type');
  });

  it('CS-5: /newchat takes JSON with a charset', async () => {
    const ada = await signedIn(await anApp(), 'ada');
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    expect((await ada.post('/newchat', '{"chat_name":"Den"}', headers)).status).toBe(201);
  });

  it('CS-7: GET, HEAD and OPTIONS change nothing, whatever they address', async () => {
    const app = await anApp();
    const { ada, id, requests } = await unsafeRequests(app);
    const before = [await ada.history(id), withoutFormIds(await (await ada.get('/')).text())];
    for (const { by, path } of requests) {
      // GET of an invite joins programs: see IN-3.
      if (!path.startsWith('/invite/')) await by.get(path);
      await by.request('HEAD', path);
      await by.request('OPTIONS', path);
    }
    expect([await ada.history(id), withoutFormIds(await (await ada.get('/')).text())]).toEqual(before);
    for (const { by } of requests.slice(1)) expect((await by.get('/')).status).toBe(200);
  });

  it('CS-7: no answer lets another site read it', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    for (const method of ['OPTIONS', 'GET', 'POST']) {
      for (const path of ['/', '/auth', '/status', `/chat/${id}/messages`, '/newchat', '/nowhere']) {
        const headers = { origin: 'https://host.evil', 'access-control-request-method': 'POST' };
        const response = await ada.request(method, path, headers);
        expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    }
  });
});
