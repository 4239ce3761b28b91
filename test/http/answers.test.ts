import { describe, expect, it, onTestFinished } from 'vitest';
import { makeMemoryPresence } from '../../src/adapters/memory/presence.ts';
import { buildApp } from '../../src/composition/app.ts';
import { readConfig } from '../../src/composition/config.ts';
import { PRESENCE } from '../../src/composition/tokens.ts';
import { HOUR, recordingLog } from '../fakes.ts';
import { aChatOfTwo, anApp, answerOf, FORM, PAGE } from './client.ts';

describe('a refusal', () => {
  it('is a problem document for programs', async () => {
    const { eve, id } = await aChatOfTwo(await anApp());
    const response = await eve.get(`/chat/${id}`, { accept: 'application/json' });
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Not open to you',
      status: 403,
      detail: 'This chat is not open to you. A member can invite you.',
      code: 'forbidden',
    });
  });

  it('is a page for people, with a way on', async () => {
    const { eve, nobody, id } = await aChatOfTwo(await anApp());
    const page = await (await eve.get(`/chat/${id}`, PAGE)).text();
    for (const part of ['Not open to you', '403', 'href="/"']) expect(page).toContain(part);
    expect(await (await nobody.get('/nowhere', PAGE)).text()).toContain('href="/auth"');
  });

  it('says when to come back, when nothing can be stored, and reading goes on', async () => {
    const app = await anApp();
    const { ada, id } = await aChatOfTwo(app);
    app.storage.failCommits = true;
    app.clock.advance(HOUR);
    for (const [path, body] of [
      ['/newchat', { chat_name: 'Den' }],
      [`/chat/${id}/messages`, { text: 'hello' }],
      [`/create_invite/${id}`, {}],
      ['/logout', {}],
    ] as const) {
      const response = await ada.postJson(path, body);
      expect(await answerOf(response)).toBe('503 unavailable');
      expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    }
    expect((await ada.signIn('ada', undefined, PAGE)).status).toBe(503);
    expect(await ada.history(id)).toHaveLength(1);
    expect((await ada.get('/', PAGE)).status).toBe(200);
    app.storage.failCommits = false;
    await ada.say(id, 'hello');
  });

  it('is 503 everywhere when nothing can be read', async () => {
    const app = await anApp();
    const { ada, id } = await aChatOfTwo(app);
    app.storage.failReads = true;
    for (const path of ['/', `/chat/${id}`, `/chat/${id}/messages`, '/auth']) {
      expect((await ada.get(path, PAGE)).status).toBe(503);
    }
    expect((await ada.get('/status')).status).toBe(200);
  });
});

describe('a request that is cut off', () => {
  it.each([FORM, { ...FORM, 'content-length': '100' }])('is nobody’s bug: with %o', async (headers) => {
    const { http } = await anApp();
    const body = new ReadableStream({ pull: () => Promise.reject(new Error('aborted')) });
    const request: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' };
    const response = await http.request('/auth', request, { incoming: { destroyed: true, complete: false } });
    expect(await answerOf(response)).toBe('400 bad_request');
  });
});

describe('a bug', () => {
  it.each([
    ['programs', {}],
    ['people', PAGE],
  ])('is logged, and not shown to %s', async (_whom, headers) => {
    const log = recordingLog();
    const presence = { ...makeMemoryPresence(), count: () => Promise.reject(new Error('secret details')) };
    const config = readConfig({ DATABASE_URL: 'memory:' });
    const app = await buildApp(config, log, (wiring) => wiring.bind(PRESENCE, () => presence));
    onTestFinished(() => app.close());
    const response = await app.http.request('/status', { headers });
    expect(response.status).toBe(500);
    const told = await response.text();
    expect(told).not.toMatch(/secret|Error:|\.ts/);
    expect(log.entries).toMatchObject([{ level: 'error', details: { method: 'GET', route: '/status' } }]);
    // The caller can report the id of the request.
    const id = response.headers.get('x-request-id');
    expect([log.entries[0]?.details.request_id, told.includes(`${id}`)]).toEqual([id, true]);
  });
});
