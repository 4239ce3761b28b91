import { describe, expect, it } from 'vitest';
import { aChatOfTwo, anApp, PAGE } from './client.ts';

interface WebManifest {
  readonly [member: string]: unknown;
  readonly icons: readonly { readonly src: string; readonly sizes: string; readonly type: string; purpose: string }[];
}

describe('the web app manifest', () => {
  it('is linked by every page, and its icons are there, in the sizes and types it names', async () => {
    const { http } = await anApp();
    const page = await (await http.request('/auth', { headers: PAGE })).text();
    const [, address = ''] = page.match(/<link rel="manifest" href="([^"]+)">/) ?? [];
    const response = await http.request(address);
    expect(response.headers.get('content-type')).toBe('application/manifest+json; charset=utf-8');
    const manifest = (await response.json()) as WebManifest;
    expect(manifest).toMatchObject({ id: '/', start_url: '/', scope: '/', display: 'standalone', name: 'Shoal' });
    expect(manifest.icons.map(({ sizes, purpose }) => `${purpose} ${sizes}`)).toEqual([
      'any any',
      'any 192x192',
      'any 512x512',
      'maskable any',
      'maskable 512x512',
    ]);
    for (const { src, type, sizes } of manifest.icons) {
      const icon = await http.request(src);
      expect(icon.headers.get('content-type')?.split(';')[0]).toBe(type);
      if (type !== 'image/png') continue;
      const header = new DataView(await icon.arrayBuffer());
      expect(`${header.getUint32(16)}x${header.getUint32(20)}`).toBe(sizes);
    }
  });
});

describe('the service worker', () => {
  it('is served from the root, asked for anew each time, and reaches nothing but this site', async () => {
    const { http } = await anApp();
    const response = await http.request('/sw.js');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; connect-src 'self'");
  });

  it('may keep two kinds of pages, for who asked for them: the home page and the latest of a chat', async () => {
    const { ada, bob, nobody, id } = await aChatOfTwo(await anApp());
    const copyOf = async (path: string, from = ada) => (await from.get(path, PAGE)).headers.get('offline-copy-for');
    const [home, latest] = [await copyOf('/'), await copyOf(`/chat/${id}`)];
    expect(home).toMatch(/^[\w-]+\.[\w-]+\.\d+$/);
    expect(latest).toBe(home);
    expect(await copyOf('/', bob)).not.toBe(home);
    for (const path of [`/chat/${id}?before=1`, `/chat/${id}/members`, '/chat/4096', '/nowhere', '/auth', '/offline']) {
      expect(await copyOf(path), path).toBeNull();
    }
    expect(await copyOf('/', nobody)).toBeNull();
    expect((await ada.get(`/chat/${id}/messages`)).headers.get('offline-copy-for')).toBeNull();
  });
});

describe('logging out', () => {
  it('leaves with the browser what was not sent: the page and the worker empty all else', async () => {
    const { ada } = await aChatOfTwo(await anApp());
    const response = await ada.postForm('/logout', {});
    expect(response.status).toBe(303);
    expect(response.headers.get('clear-site-data')).toBeNull();
  });
});
