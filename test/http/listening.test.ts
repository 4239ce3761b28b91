import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { anApp } from './client.ts';

/** Everything that the server answers to these bytes before it hangs up. */
async function answerTo(url: string, request: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setEncoding('latin1');
  let answer = '';
  socket.on('data', (chunk: string) => {
    answer += chunk;
  });
  socket.write(request);
  await once(socket, 'close');
  return answer;
}

const lines = (...all: readonly string[]) => [...all, 'Connection: close', '', ''].join('\r\n');

describe('what comes over the network', () => {
  it('is answered at the address that was printed', async () => {
    const { url } = await (await anApp()).listen();
    const response = await fetch(new URL('/auth', url));
    expect([response.status, response.headers.get('x-content-type-options')]).toEqual([200, 'nosniff']);
  });

  it.each([
    ['IV-5: headers over 16 KiB', lines('GET /auth HTTP/1.1', 'Host: x', `Cookie: ${'x'.repeat(16 * 1024)}`), 431],
    ['IV-5: a long body that is announced', lines('POST /auth HTTP/1.1', 'Host: x', 'Content-Length: 8193'), 413],
    ['no host', lines('GET /auth HTTP/1.1'), 400],
    ['a host that is none', lines('GET /auth HTTP/1.1', 'Host: a b/c?d'), 400],
    ['a host that looks like an address and is none', lines('POST /newchat HTTP/1.1', 'Host: 127.0.x.1'), 400],
    ['a request that is none', lines('NONSENSE'), 400],
    ['two lengths', lines('POST /auth HTTP/1.1', 'Host: x', 'Content-Length: 1', 'Content-Length: 2'), 400],
    ['a length that is none', lines('POST /auth HTTP/1.1', 'Host: x', 'Content-Length: x'), 400],
    ['an address that is no path', lines('GET http://[/ HTTP/1.1', 'Host: x'), 400],
  ])('is refused: %s', async (_what, request, status) => {
    const { url } = await (await anApp()).listen();
    expect(await answerTo(url, request)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect((await fetch(new URL('/status', url))).status).toBe(200);
  });

  it('IV-5: a body that grows past its bound is refused', async () => {
    const { url } = await (await anApp()).listen();
    const body = new Blob(['x'.repeat(9000)]).stream();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const request: RequestInit & { duplex: 'half' } = { method: 'POST', body, headers, duplex: 'half' };
    expect((await fetch(new URL('/auth', url), request)).status).toBe(413);
  });
});
