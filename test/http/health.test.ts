import { describe, expect, it } from 'vitest';
import { STORAGE, TIMER } from '../../src/composition/tokens.ts';
import { manualTimer } from '../fakes.ts';
import { anApp, answerOf, Client, PAGE } from './client.ts';

describe('/healthz', () => {
  it('is 200 while the process is alive, whatever the disk says, and needs no session', async () => {
    const app = await anApp();
    app.storage.failCommits = true;
    app.storage.failReads = true;
    const response = await new Client(app).get('/healthz');
    expect([response.status, await response.json()]).toEqual([200, { status: 'alive' }]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('/readyz', () => {
  it('is 200 while something can be stored, and a problem of 503 that says nothing of why when it cannot', async () => {
    const timer = manualTimer();
    const app = await anApp({}, (wiring) => wiring.bind(TIMER, () => timer));
    const probe = new Client(app);
    expect(await (await probe.get('/readyz')).json()).toEqual({ status: 'ready' });

    app.storage.failCommits = true;
    timer.advance(1_000);
    const response = await probe.get('/readyz');
    expect(response.headers.get('retry-after')).toBe('1');
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await response.json()).toMatchObject({ status: 503, code: 'unavailable' });
    expect(await (await probe.get('/readyz', PAGE)).text()).not.toContain('out of order');

    app.storage.failCommits = false;
    timer.advance(1_000);
    expect((await probe.request('HEAD', '/readyz')).status).toBe(200);
  });

  it('is 503 as well where the storage is broken in a way that nobody thought of', async () => {
    const app = await anApp({}, (wiring) => {
      const assertWritable = () => Promise.reject(new Error('the file is damaged'));
      const storage = { ...wiring.get(STORAGE), assertWritable };
      wiring.bind(STORAGE, () => storage);
    });
    expect(await answerOf(await new Client(app).get('/readyz'))).toBe('503 unavailable');
  });

  it('is 503 from the moment at which the server is told to stop, while it is still alive', async () => {
    const app = await anApp();
    const stopped = app.close();
    expect(await answerOf(await new Client(app).get('/readyz'))).toBe('503 unavailable');
    expect((await new Client(app).get('/healthz')).status).toBe(200);
    await stopped;
  });
});

describe('both', () => {
  it('are outside the request guard: a probe asks for an address of its own, from wherever it is', async () => {
    const app = await anApp({ publicOrigin: 'https://chat.example.org' });
    for (const path of ['/healthz', '/readyz']) {
      const headers = { host: '10.0.0.3:1578', 'sec-fetch-site': 'cross-site' };
      expect((await app.http.request(`http://10.0.0.3:1578${path}`, { headers })).status).toBe(200);
    }
  });
});
