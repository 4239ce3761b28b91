import { readdirSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { aChatOfTwo, anApp, PAGE } from './client.ts';

const built = readdirSync(new URL('../../static/built', import.meta.url)).filter(
  (name) => name !== 'manifest.json' && !/\.(?:png|br|gz)$/.test(name),
);
/** The assets that a chat page loads by itself: not those loaded on first use, and not those of the system or the worker. */
const FIRST = /^(?:client|style|icons|favicon)-/;
const KB = 1000;

async function transferred(
  name: string,
  encoding = 'gzip, deflate, br',
): Promise<{ bytes: number; response: Response }> {
  const app = await anApp();
  const response = await app.http.request(`/static/${name}`, { headers: { 'accept-encoding': encoding } });
  return { bytes: (await response.clone().arrayBuffer()).byteLength, response };
}

interface Compression {
  readonly coding: string;
  readonly accepted: string;
  readonly decompress: (compressed: Uint8Array) => Buffer;
}

async function expectTheSame(name: string, { coding, accepted, decompress }: Compression): Promise<void> {
  const { response } = await transferred(name, accepted);
  expect(response.headers.get('content-encoding')).toBe(coding);
  expect(response.headers.get('vary')).toBe('Accept-Encoding');
  const plain = (await transferred(name, 'identity')).response;
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(plain.headers.get('vary')).toBe('Accept-Encoding');
  const shrunk = decompress(new Uint8Array(await response.arrayBuffer()));
  expect(shrunk.equals(new Uint8Array(await plain.arrayBuffer()))).toBe(true);
}

/** Each copy of a page has form ids of its own. */
const withoutFormIds = (page: string): string => page.replace(/name="(?:client_id|form_id)" value="[^"]*"/g, '');

describe('what a browser is sent', () => {
  it.each([
    ['br', 'gzip, deflate, br', brotliDecompressSync],
    ['gzip', 'gzip, deflate', gunzipSync],
  ] as const)('is the same in %s as without compression', async (coding, accepted, decompress) => {
    for (const name of built) await expectTheSame(name, { coding, accepted, decompress });
  });

  it('is smaller in Brotli than in gzip', async () => {
    const all = async (accepted: string) => {
      let bytes = 0;
      for (const name of built) bytes += (await transferred(name, accepted)).bytes;
      return bytes;
    };
    expect(await all('gzip, br')).toBeLessThan(0.95 * (await all('gzip')));
  });

  it.each(['', 'br;q=0', 'gzip;q=0', 'br;q=0, gzip;q=0.0', 'xgzip, brotli', 'identity'])(
    'is not shrunk for who takes: %s',
    async (encoding) => {
      const [name = ''] = built;
      expect((await transferred(name, encoding)).response.headers.get('content-encoding')).toBeNull();
    },
  );

  it.each(['gzip', 'br;q=0, gzip;q=0.5', 'deflate, GZIP'])('is shrunk for who takes: %s', async (encoding) => {
    const [name = ''] = built;
    expect((await transferred(name, encoding)).response.headers.get('content-encoding')).toBe('gzip');
  });

  it('is 30 kB of script, 12 kB of style and 60 kB in all at the most, at the first sight of a chat beside 59 others', async () => {
    const sizes = new Map<string, number>();
    const first = built.filter((name) => FIRST.test(name));
    for (const name of first) sizes.set(name.replace(/-[0-9a-f]+\./, '.'), (await transferred(name)).bytes);
    expect(sizes.get('client.js')).toBeLessThanOrEqual(30 * KB);
    expect(sizes.get('style.css')).toBeLessThanOrEqual(12 * KB);
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    for (let n = 1; n < 60; n++) await ada.newChat(`Chat ${n} of the people at the harbour`);
    for (let n = 0; n < 60; n++) {
      await (n % 3 === 0 ? ada : bob).say(
        id,
        `Message ${n}, **as people** write them: _not long_, and \`not\` short, @ada :wave:`,
      );
    }
    const page = await (await ada.get(`/chat/${id}`, { ...PAGE, 'accept-encoding': 'gzip' })).arrayBuffer();
    const all = [...sizes.values()].reduce((sum, size) => sum + size, page.byteLength);
    expect(all).toBeLessThanOrEqual(60 * KB);
  });

  it('CC-2: is a page in gzip with a random length, and the same page', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    await bob.say(id, 'hello');
    const compressed = () => ada.get(`/chat/${id}`, { ...PAGE, 'accept-encoding': 'br, gzip' });
    const lengths = new Set<number>();
    for (let n = 0; n < 30; n++) lengths.add((await (await compressed()).arrayBuffer()).byteLength);
    expect(lengths.size).toBeGreaterThan(10);
    const response = await compressed();
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('vary')).toBe('Accept-Encoding, Shoal-Part');
    const page = gunzipSync(new Uint8Array(await response.arrayBuffer())).toString();
    const plain = await (await ada.get(`/chat/${id}`, PAGE)).text();
    expect(withoutFormIds(page).replace(/<!-- [\w-]* -->\n$/, '')).toBe(withoutFormIds(plain));
  });
});
