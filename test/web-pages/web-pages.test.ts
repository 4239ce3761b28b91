import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWebPages } from '../../src/adapters/web-pages/web-pages.ts';
import { SITE_ADDRESS, siteGuard, TestSite } from './loopback.ts';

let site: TestSite;
beforeAll(async () => {
  site = await TestSite.start();
});
afterAll(() => site.close());

const pages = makeWebPages(siteGuard());
/** For sites that never come to an end. */
const impatient = makeWebPages(siteGuard(), { patienceMs: 300 });

const HEAD = `<!doctype html><html><head><title>The title</title>
<meta property="og:title" content="Tom &amp; Jerry"><meta property="og:site_name" content="Cartoons">
<meta name="description" content="A cat, a mouse.">`;
const FACTS = { title: 'Tom & Jerry', description: 'A cat, a mouse.', site: 'Cartoons', image: undefined };

describe('what pages say about themselves', () => {
  it('is read, and asked for without anything that identifies a person', async () => {
    site.requests.length = 0;
    expect(await pages.visit(site.page('/a', HEAD))).toEqual(FACTS);
    expect(site.requests).toMatchObject([{ path: '/a', headers: { 'accept-encoding': 'identity' } }]);
    expect(site.requests[0]?.headers['user-agent']).toContain('Shoal');
    expect(Object.keys(site.requests[0]?.headers ?? {}).toSorted()).toEqual(
      ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'].toSorted(),
    );
  });

  it('may come with an image, whose address is relative to the page', async () => {
    site.at('/pictures/cat.png', (response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end('bytes'));
    site.page('/pictures/a', `${HEAD}<meta property="og:image" content="cat.png">`);
    const image = Buffer.from('bytes');
    expect(await pages.visit(site.redirect('/moved', '/pictures/a'))).toEqual({ ...FACTS, image });
  });

  it.each([
    ['image/svg+xml', 'a'],
    ['text/html', 'a'],
    ['image/png', 'x'.repeat(4 * 1024 ** 2 + 1)],
  ])('has no image of the type %s, or one that is too large', async (type, bytes) => {
    site.at('/i', (response) => response.writeHead(200, { 'Content-Type': type }).end(bytes));
    expect(await pages.visit(site.page('/a', `${HEAD}<meta property="og:image" content="/i">`))).toEqual(FACTS);
  });

  it('ends with the head: nothing of the body is taken, however deep it is', async () => {
    const deep = `${HEAD}</head><body>${'<div><b>'.repeat(100_000)}<meta property="og:title" content="no">`;
    const inHead = `${HEAD}${'<div><form><b>'.repeat(60_000)}`;
    const before = performance.now();
    expect(await pages.visit(site.page('/deep', deep))).toEqual(FACTS);
    expect(await pages.visit(site.page('/deep', inHead))).toEqual(FACTS);
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  it('has no title of pictures in the page, and an empty one where there is none', async () => {
    const page = '<head><meta name="x"><title>One</title><svg><title>Two</title></svg>';
    expect(await pages.visit(site.page('/a', page))).toMatchObject({ title: 'One' });
    expect(await pages.visit(site.page('/a', 'no page'))).toMatchObject({ title: '' });
  });
});

describe('hostile and broken sites', () => {
  const nothing: Readonly<Record<string, (path: string) => string>> = {
    'an answer that is not HTML': (path) => site.page(path, HEAD, 'application/pdf'),
    'an answer without a type': (path) => site.at(path, (response) => response.end(HEAD)),
    'no content': (path) => site.at(path, (response) => response.writeHead(204).end()),
    'a page that is gone': () => `${site.origin}/gone`,
    'a loop of redirects': (path) => site.redirect(path, path),
    'a redirect to nowhere': (path) => site.redirect(path, 'http://'),
    'a redirect to a file': (path) => site.redirect(path, 'file:///etc/passwd'),
    'a redirect to a script': (path) => site.redirect(path, 'javascript:alert(1)'),
    'a redirect to another port of a strange site': (path) => site.redirect(path, 'http://8.8.8.8:22/'),
    'gzip that nobody asked for': (path) =>
      site.at(path, (response) => {
        const bomb = gzipSync(Buffer.alloc(20 * 1024 ** 2, HEAD));
        response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' }).end(bomb);
      }),
  };
  it.each(Object.keys(nothing))('%s: there is nothing to show', async (name) => {
    expect(await pages.visit(nothing[name]?.(`/${encodeURIComponent(name)}`) ?? '')).toBe('none');
  });

  it.each([500, 503, 429, 408])('status %i: later', async (status) => {
    const href = site.at('/s', (response) => response.writeHead(status).end());
    expect(await pages.visit(href)).toBe('later');
  });

  it('four redirects are followed, and no more', async () => {
    for (const step of [1, 2, 3, 4]) site.redirect(`/step${step}`, `/step${step - 1}`);
    site.page('/step0', HEAD);
    expect(await pages.visit(`${site.origin}/step4`)).toEqual(FACTS);
    expect(await pages.visit(site.redirect('/step5', '/step4'))).toBe('none');
  });

  it('a page that drips, or says nothing, is given up in time', async () => {
    const drip = site.at('/drip', (response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      const timer = setInterval(() => response.write('<'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const silent = site.at('/silent', () => undefined);
    const before = performance.now();
    expect(await Promise.all([impatient.visit(drip), impatient.visit(silent)])).toEqual(['later', 'later']);
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('of a page without end, the first megabyte is read', async () => {
    let sent = 0;
    const endless = (content: string) => (path: string) =>
      site.at(path, (response) => {
        response.writeHead(200, { 'Content-Type': 'text/html' });
        response.write(content);
        const more = () => {
          while (!response.destroyed && response.write('<!-- more -->'.repeat(1_000))) sent += 13_000;
        };
        response.on('drain', more);
        more();
      });
    expect(await pages.visit(endless(HEAD)('/endless'))).toEqual(FACTS);
    expect(sent).toBeLessThan(40 * 1024 ** 2);
  });

  it('huge headers, garbage and a cut connection: later', async () => {
    const answers = [
      `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
      'SSH-2.0-OpenSSH\r\n',
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<title>',
    ];
    for (const answer of answers) {
      const server = createServer((socket: Socket) => {
        socket.on('error', () => undefined);
        socket.end(answer);
      });
      server.listen(0, SITE_ADDRESS);
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      expect(await pages.visit(`http://${SITE_ADDRESS}:${port}/`)).toBe('later');
      server.close();
    }
  });
});

/** What people write in each charset, as bytes of it. */
const TEXTS: Readonly<Record<string, readonly [text: string, hex: string]>> = {
  'euc-kr': ['안녕하세요 한국어 페이지입니다', 'bec8b3e7c7cfbcbcbfe420c7d1b1b9beee20c6e4c0ccc1f6c0d4b4cfb4d9'],
  shift_jis: ['日本語のページです。こんにちは', '93fa967b8cea82cc8379815b835782c582b7814282b182f182c982bf82cd'],
  gb18030: ['中文网页的标题，我们是第一个', 'd6d0cec4cdf8d2b3b5c4b1eacce2a3acced2c3c7cac7b5dad2bbb8f6'],
  'windows-1251': ['Новости дня: Россия и мир', 'cdeee2eef1f2e820e4edff3a20d0eef1f1e8ff20e820ece8f0'],
};

describe('charsets', () => {
  const around = (hex: string, head = '') =>
    Buffer.concat([Buffer.from(`<head>${head}<title>`), Buffer.from(hex, 'hex'), Buffer.from('</title>')]);
  const titleOf = async (bytes: Uint8Array, type = 'text/html') => {
    const visit = await pages.visit(site.page('/charset', bytes, type));
    return typeof visit === 'object' ? visit.title : visit;
  };

  it.each(Object.entries(TEXTS))('%s by header, by meta and by guess', async (charset, [text, hex]) => {
    expect(await titleOf(around(hex), `text/html; charset=${charset}`)).toBe(text);
    expect(await titleOf(around(hex), `text/html;charset="${charset.toUpperCase()}"`)).toBe(text);
    expect(await titleOf(around(hex, `<meta charset=${charset}>`))).toBe(text);
    const equiv = `<meta http-equiv="Content-Type" content="text/html; charset=${charset}">`;
    expect(await titleOf(around(hex, equiv))).toBe(text);
    expect(await titleOf(around(hex))).toBe(text);
    expect(await titleOf(around(hex), 'text/html; charset=nonsense')).toBe(text);
  });

  it('a byte order mark wins over the header, and the header over the page', async () => {
    const utf8 = Buffer.concat([Buffer.from('\ufeff'), Buffer.from('<title>Größe</title>')]);
    expect(await titleOf(utf8, 'text/html; charset=windows-1251')).toBe('Größe');
    expect(await titleOf(Buffer.from('\ufeff<title>Größe</title>', 'utf16le'))).toBe('Größe');
    expect(await titleOf(Buffer.from('<meta charset=euc-kr><title>Größe</title>'), 'text/html; charset=utf-8')).toBe(
      'Größe',
    );
  });

  it('is UTF-8 where it can be, else Western European, and never fails', async () => {
    expect(await titleOf(Buffer.from('<title>Größe, 한국어, 日本語</title>'))).toBe('Größe, 한국어, 日本語');
    expect(await titleOf(around('4772f6df6520766f6e2046fcdf656e'))).toBe('Größe von Füßen');
    expect(await titleOf(around('ff80fe81'))).toBeTypeOf('string');
  });
});
