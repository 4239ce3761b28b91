import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from './server-process.ts';

let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start({ DATABASE_URL: 'memory:', RATE_LIMITS: 'on', LIMIT_REGISTRATIONS: '999/1h' });
});
afterAll(async () => void (await server.stop()));

/** All that is answered to one who begins like this and then says a byte each second, and after how many milliseconds. */
async function answerToDawdler(beginning: string): Promise<{ answer: string; ms: number }> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const begun = performance.now();
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk));
  socket.on('error', () => undefined);
  socket.write(beginning);
  const dawdling = setInterval(() => socket.write('x'), 1000);
  // Not `once` of Node's events: that rejects where the end is a reset, as of a byte that came after it.
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(dawdling);
  return { answer, ms: performance.now() - begun };
}

describe('the server has patience, and an end of it', () => {
  it.each([
    ['headers', 'GET /auth HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    [
      'a body',
      'POST /auth HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\nu',
    ],
  ])(
    'RL-5: %s that come a byte at a time are cut off with 408 within ten seconds',
    { timeout: 30_000 },
    async (_what, bytes) => {
      const { answer, ms } = await answerToDawdler(bytes);
      expect(answer).toMatch(/^HTTP\/1\.1 408 /);
      expect(ms).toBeGreaterThan(7_000);
      expect(ms).toBeLessThan(15_000);
    },
  );

  it('RL-3: of 200 who register at once those who find no place in the queue are told so, and others are served meanwhile', async () => {
    let waiting = 200;
    const statuses: number[] = [];
    const all = Array.from({ length: 200 }, async (_, n) => {
      const body = new URLSearchParams({ username: `person ${n}`, password: 'a good password' });
      const response = await server.fetch('/auth', { method: 'POST', body });
      statuses.push(response.status);
      if (response.status === 503) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      waiting -= 1;
    });
    let served = 0;
    while (waiting > 0) {
      const response = await server.fetch('/status');
      expect(await response.json()).toEqual({ connected_clients: 0 });
      if (waiting > 0) served += 1;
    }
    await Promise.all(all);
    expect(new Set(statuses)).toEqual(new Set([303, 503]));
    // Two at work and 64 in the queue, and those who came when there was room again.
    expect(statuses.filter((status) => status === 303).length).toBeGreaterThanOrEqual(66);
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(0);
    expect(served).toBeGreaterThan(0);
    const later = await server.fetch('/auth', {
      method: 'POST',
      body: new URLSearchParams({ username: 'later', password: 'a good password' }),
    });
    expect(later.status).toBe(303);
  });
});
