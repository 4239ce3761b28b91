import { describe, expect, it } from 'vitest';
import { MAX_RAIL, MIN_RAIL, railCookie } from '../../src/adapters/wire/rail-width.ts';
import { aChatOfTwo, anApp, type Client, PAGE } from './client.ts';

const railIn = (page: string) => page.match(/<html lang="en"[^>]*? data-rail="([^"]*)"/)?.[1];

async function railOf(client: Client, path: string, cookie: string): Promise<string | undefined> {
  const response = await client.get(path, { ...PAGE, cookie: `session_token=${client.token}; ${cookie}` });
  return railIn(await response.text());
}

describe('the width of the list of chats', () => {
  it('is that of the cookie, and a cached page is of one width', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    for (let time = 0; time < 3; time++) {
      for (const path of ['/', `/chat/${id}`, '/catch-up']) {
        expect(await railOf(ada, path, 'rail=312; theme=dark')).toBe('312');
        expect(await railOf(ada, path, `theme=dark; rail=${MAX_RAIL}`)).toBe(String(MAX_RAIL));
        expect(await railOf(ada, path, 'theme=dark')).toBeUndefined();
      }
    }
  });

  it.each(['rail=259', 'rail=381', 'rail=', 'rail=0312', 'rail=3e2', 'rail="><script>', 'monorail=300', 'rail=-300'])(
    'takes no other: %s',
    async (cookie) => {
      const { ada } = await aChatOfTwo(await anApp());
      expect(await railOf(ada, '/', cookie)).toBeUndefined();
    },
  );

  it('is remembered for a year, or forgotten', () => {
    expect(railCookie(MIN_RAIL, { secure: true })).toBe(`rail=260; Max-Age=31536000; Path=/; SameSite=Lax; Secure`);
    expect(railCookie(undefined, { secure: false })).toBe('rail=; Max-Age=0; Path=/; SameSite=Lax');
  });
});
