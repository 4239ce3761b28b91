import { describe, expect, it } from 'vitest';
import { aChatOfTwo, anApp, answerOf, type Client, PAGE } from './client.ts';

const DARK = { cookie: 'theme=dark' };
const schemeOf = (page: string) => ({
  chosen: page.match(/<html lang="en"[^>]*? data-theme="(\w+)"/)?.[1],
  scheme: page.match(/name="color-scheme" content="([^"]+)"/)?.[1],
  colours: [...page.matchAll(/name="theme-color" content="([^"]+)" media="([^"]+)"/g)].map(([, ...pair]) => pair),
});
const wearing = (client: Client, theme: string) => ({ cookie: `session_token=${client.token}; theme=${theme}` });

describe('a page', () => {
  it('follows the system as long as nothing was chosen', async () => {
    const { nobody } = await aChatOfTwo(await anApp());
    expect(schemeOf(await (await nobody.get('/auth', PAGE)).text())).toEqual({
      chosen: undefined,
      scheme: 'light dark',
      colours: [
        ['#0054b4', '(prefers-color-scheme: light)'],
        ['#04162e', '(prefers-color-scheme: dark)'],
      ],
    });
  });

  it('comes in the colours that were chosen, errors and sign-in included', async () => {
    const { nobody } = await aChatOfTwo(await anApp());
    for (const path of ['/auth', '/nowhere']) {
      const page = await (await nobody.get(path, { ...PAGE, ...DARK })).text();
      expect(schemeOf(page)).toEqual({
        chosen: 'dark',
        scheme: 'dark',
        colours: [
          ['#0054b4', 'not all'],
          ['#04162e', 'all'],
        ],
      });
    }
  });

  it('of a chat is kept for each look apart', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const chosenIn = async (theme: string) => {
      const response = await ada.get(`/chat/${id}`, { ...PAGE, ...wearing(ada, theme) });
      return schemeOf(await response.text()).chosen;
    };
    for (let time = 0; time < 3; time++) {
      expect([await chosenIn('dark'), await chosenIn('light'), await chosenIn('system')]).toEqual([
        'dark',
        'light',
        undefined,
      ]);
    }
  });

  it.each(['theme=neon', 'theme="><script>', 'theme=', 'nottheme=dark'])(
    'takes no other choice: %s',
    async (cookie) => {
      const { nobody } = await aChatOfTwo(await anApp());
      expect(schemeOf(await (await nobody.get('/auth', { ...PAGE, cookie })).text()).chosen).toBeUndefined();
    },
  );
});

describe('POST /theme', () => {
  it('remembers the choice for a year, and goes back to where the form stood', async () => {
    const { ada } = await aChatOfTwo(await anApp());
    const referer = { referer: 'http://localhost/chat/1?before=3' };
    const response = await ada.postForm('/theme', { theme: 'dark' }, referer);
    expect(response.headers.getSetCookie()).toEqual(['theme=dark; Max-Age=31536000; Path=/; SameSite=Lax']);
    expect(await answerOf(response)).toBe('303 /chat/1?before=3');
  });

  it('forgets it again for the system', async () => {
    const { ada } = await aChatOfTwo(await anApp());
    const response = await ada.postForm('/theme', { theme: 'system' });
    expect(response.headers.getSetCookie()).toEqual(['theme=system; Max-Age=0; Path=/; SameSite=Lax']);
    expect(await answerOf(response)).toBe('303 /');
  });

  it('leads to no other site, and takes no other theme', async () => {
    const { ada } = await aChatOfTwo(await anApp());
    expect(await answerOf(await ada.postForm('/theme', { theme: 'dark' }, { referer: 'https://evil.example/x' }))).toBe(
      '303 /',
    );
    expect(await answerOf(await ada.postForm('/theme', { theme: 'neon' }))).toBe('400 bad_request');
  });

  it('leaves a session that is prolonged at the same moment its cookie', async () => {
    const app = await anApp();
    const { ada } = await aChatOfTwo(app);
    app.clock.advance(25 * 3600 * 1000);
    const response = await ada.postForm('/theme', { theme: 'light' });
    expect(response.headers.getSetCookie()).toHaveLength(2);
  });
});
