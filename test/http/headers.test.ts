import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aChatOfTwo, anApp, type Client, PAGE } from './client.ts';

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const built = readdirSync(new URL('../../static/built', import.meta.url)).filter(
  (name) => name !== 'manifest.json' && !/\.(br|gz)$/.test(name),
);

/** One answer of each kind: pages, JSON, redirects, assets, and refusals by every layer. */
async function everyKindOfAnswer(): Promise<readonly Response[]> {
  const { ada, eve, nobody, id } = await aChatOfTwo(await anApp());
  return Promise.all([
    nobody.get('/auth'),
    nobody.get('/status'),
    nobody.get('/', PAGE),
    nobody.get('/'),
    nobody.get('/nowhere', PAGE),
    nobody.get('/static/nothing'),
    ...built.map((name) => nobody.get(`/static/${name}`)),
    nobody.post('/logout', '', { 'sec-fetch-site': 'cross-site' }),
    nobody.signIn('ada', 'wrong password'),
    nobody.signIn('ada', 'x'.repeat(9000)),
    eve.get(`/chat/${id}`, PAGE),
    eve.get(`/chatsocket/${id}`),
    ada.get('/', PAGE),
    ada.get(`/chat/${id}`, PAGE),
    ada.get(`/chat/${id}/messages`),
    ada.postJson('/newchat', { chat_name: 'Den' }),
    ada.post(`/create_invite/${id}`, '', PAGE),
    ada.request('OPTIONS', '/'),
    ada.request('HEAD', '/'),
  ]);
}

describe('every answer', () => {
  it('XS-4: says how it may be used, and in which charset it is', async () => {
    for (const response of await everyKindOfAnswer()) {
      expect(Object.fromEntries(response.headers)).toMatchObject(ALWAYS);
      expect(response.headers.get('strict-transport-security')).toBeNull();
      const type = response.headers.get('content-type');
      if (response.body) expect(type).toMatch(/; charset=utf-8$/i);
    }
  });

  it('XS-4: asks for https for a year at least, where that is the public origin', async () => {
    const app = await anApp({ publicOrigin: 'https://chat.example.org' });
    for (const path of ['/auth', '/status', '/nowhere', `/static/${built[0]}`]) {
      const response = await app.http.request(`http://chat.example.org${path}`);
      const [, seconds] = /^max-age=(\d+)$/.exec(response.headers.get('strict-transport-security') ?? '') ?? [];
      expect(Number(seconds)).toBeGreaterThanOrEqual(365 * 24 * 3600);
    }
  });

  it('XS-5: is not to be stored, unless its name changes with its content', async () => {
    for (const response of await everyKindOfAnswer()) {
      const isAsset = response.headers.get('cache-control')?.includes('immutable');
      if (!isAsset) expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('every page', () => {
  it('XS-2: runs nothing and loads nothing but what is ours', async () => {
    const pages = (await everyKindOfAnswer()).filter((r) => r.headers.get('content-type')?.startsWith('text/html'));
    expect(pages.length).toBeGreaterThan(6);
    for (const page of pages) {
      const policy = page.headers.get('content-security-policy') ?? '';
      const directives = Object.fromEntries(policy.split('; ').map((part) => part.split(/ (.*)/, 2)));
      expect(directives).toMatchObject({
        'default-src': "'none'",
        'script-src': "'self'",
        'style-src': "'self'",
        'connect-src': "'self'",
        'form-action': "'self'",
        'img-src': "'self' data:",
        'base-uri': "'none'",
        'frame-ancestors': "'none'",
        'worker-src': "'self'",
        'require-trusted-types-for': "'script'",
      });
      expect(policy).not.toContain('unsafe');
      expect(await page.text()).not.toMatch(/<style|style=|<script>|\son\w+=|javascript:/);
    }
  });
});

describe('GET /favicon.ico', () => {
  it('is the icon, to keep for a week, also to who is signed out: it is no 404', async () => {
    const { nobody } = await aChatOfTwo(await anApp());
    const response = await nobody.get('/favicon.ico');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^image\/png/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=604800');
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });
});

describe('GET /static', () => {
  it.each(built)('XS-5: serves %s, for good, also to who is signed out', async (name) => {
    const { nobody } = await aChatOfTwo(await anApp());
    const response = await nobody.get(`/static/${name}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(name).toMatch(/-[0-9a-f]{8,}\.\w+$/);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(0);
  });

  it.each([
    '/static/..%2fpackage.json',
    '/static/..%2f..%2fetc%2fpasswd',
    '/static/..%5cpackage.json',
    '/static/%2e%2e/package.json',
    '/static/%2e%2e%2fpackage.json',
    `//static/${built[0]}`,
    `/static//${built[0]}`,
    `/static/./${built[0]}%00`,
    `/static/${built[0]}/`,
    '/static/.gitignore',
    '/static/manifest.json',
    '/static/',
    '/static',
    '/static/client.js',
    '/static/__proto__',
    '/static/%E0%A4%A',
    '/package.json',
    '/.git/config',
    '/.env',
  ])('XS-6: has nothing at %s', async (path) => {
    const app = await anApp();
    const response = await app.http.fetch(new Request(`http://localhost${path}`));
    expect(response.status).toBe(404);
  });

  it('XS-6: has nothing to post to', async () => {
    const { ada } = await aChatOfTwo(await anApp());
    expect(await statusesOf(ada, ['POST', 'PUT', 'DELETE', 'PATCH'], `/static/${built[0]}`)).toEqual([
      404, 404, 404, 404,
    ]);
  });
});

function statusesOf(client: Client, methods: readonly string[], path: string): Promise<readonly number[]> {
  return Promise.all(methods.map(async (method) => (await client.request(method, path)).status));
}
