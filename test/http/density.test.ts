import { describe, expect, it } from 'vitest';
import { aChatOfTwo, anApp, answerOf, type Client, PAGE } from './client.ts';

const densityOf = (page: string) => page.match(/<html lang="en"[^>]*? data-density="(\w+)"/)?.[1];
const choosing = (client: Client, density: string) => ({
  cookie: `session_token=${client.token}; theme=dark; density=${density}`,
});
const readAs = async (client: Client, path: string, density: string) =>
  (await client.get(path, { ...PAGE, ...choosing(client, density) })).text();

describe('a page with rows', () => {
  it('comes in the density that was chosen', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    for (const path of ['/', `/chat/${id}`, `/chat/${id}?before=5`, `/chat/${id}/at/1`, '/catch-up', '/account']) {
      expect([path, densityOf(await readAs(ada, path, 'compact'))]).toEqual([path, 'compact']);
      expect([path, densityOf(await readAs(ada, path, 'comfortable'))]).toEqual([path, undefined]);
    }
  });

  it('is kept for each density apart', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    for (let time = 0; time < 3; time++) {
      expect(densityOf(await readAs(ada, `/chat/${id}`, 'compact'))).toBe('compact');
      expect(densityOf(await readAs(ada, `/chat/${id}`, 'comfortable'))).toBeUndefined();
    }
  });

  it.each(['tiny', '"><script>', '', 'compacter'])('takes no other choice: %s', async (density) => {
    const { ada } = await aChatOfTwo(await anApp());
    expect(densityOf(await readAs(ada, '/', density))).toBeUndefined();
  });
});

describe('POST /density', () => {
  it('remembers the choice for a year, and goes back to where the form stood', async () => {
    const { ada } = await aChatOfTwo(await anApp());
    const response = await ada.postForm('/density', { density: 'compact', next: '/account' });
    expect(response.headers.getSetCookie()).toEqual(['density=compact; Max-Age=31536000; Path=/; SameSite=Lax']);
    expect(await answerOf(response)).toBe('303 /account');
  });

  it('forgets it again for the comfortable one', async () => {
    const { ada } = await aChatOfTwo(await anApp());
    const response = await ada.postForm('/density', { density: 'comfortable' });
    expect(response.headers.getSetCookie()).toEqual(['density=comfortable; Max-Age=0; Path=/; SameSite=Lax']);
    expect(await answerOf(response)).toBe('303 /');
  });

  it('leads to no other site, and takes no other density', async () => {
    const { ada } = await aChatOfTwo(await anApp());
    expect(await answerOf(await ada.postForm('/density', { density: 'compact', next: 'https://evil.example/' }))).toBe(
      '303 /',
    );
    expect(await answerOf(await ada.postForm('/density', { density: 'tiny' }))).toBe('400 bad_request');
  });

  it('is offered on the account page, with the present choice', async () => {
    const { ada } = await aChatOfTwo(await anApp());
    const page = await readAs(ada, '/account', 'compact');
    expect([...page.matchAll(/name="density" value="(\w+)" aria-pressed="(\w+)"/g)].map(([, ...pair]) => pair)).toEqual(
      [
        ['comfortable', 'false'],
        ['compact', 'true'],
      ],
    );
  });
});
