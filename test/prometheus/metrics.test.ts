import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ChatServer } from '../websocket/chat-server.ts';
import { scrape } from './scrape.ts';

async function aMeasuredServer(more: Record<string, string> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'shoal-metrics-'));
  const env = { DATABASE_URL: `sqlite:${join(directory, 'metrics.db')}`, METRICS_ADDRESS: '127.0.0.1:0', ...more };
  const server = await ChatServer.start(env);
  onTestFinished(async () => {
    await server.stop();
    rmSync(directory, { recursive: true });
  });
  const { metricsUrl = '' } = server;
  return { server, metricsUrl, metrics: () => scrape(metricsUrl) };
}

describe('the metrics', () => {
  it('count sockets, followers, posts, deliveries and commits', async () => {
    const { server, metrics } = await aMeasuredServer();
    const [ada, bob] = [await server.person('ada'), await server.person('bob')];
    const chatId = await server.chat(ada, bob);
    const [one, two] = [await server.joined(chatId, ada), await server.joined(chatId, bob)];
    const before = await metrics();
    expect([before.get('shoal_sockets'), before.get('shoal_followers')]).toEqual([2, 2]);

    for (const n of [1, 2, 3]) {
      one.post(`n-${n}`, 'hello');
      await one.next();
      await two.next();
    }
    const three = await server.joined(chatId, bob, '?after=1');
    await three.nextTexts(3);
    const after = await metrics();
    const rise = (name: string) => (after.get(name) ?? Number.NaN) - (before.get(name) ?? Number.NaN);
    expect(rise('shoal_posts_total')).toBe(3);
    // Three messages to two live followers, and three to a later one.
    expect(rise('shoal_deliveries_total')).toBe(9);
    expect(rise('shoal_commit_units_sum')).toBe(3);
    expect(rise('shoal_commit_seconds_count')).toBe(rise('shoal_commit_units_count'));
    expect(rise('shoal_commit_seconds_sum')).toBeGreaterThan(0);

    for (const socket of [one, two, three]) socket.socket.terminate();
    await Promise.all([one.closed, two.closed, three.closed]);
    await expect.poll(async () => (await metrics()).get('shoal_followers')).toBe(0);
    expect((await metrics()).get('shoal_sockets')).toBe(0);
  });

  it('count sign-ins, refusals and closed sockets, by results and codes that are there from the start', async () => {
    const { server, metrics } = await aMeasuredServer();
    const before = await metrics();
    const signIn = async (username: string, password: string) =>
      fetch(new URL('/auth', server.url), {
        method: 'POST',
        body: new URLSearchParams({ username, password }),
        redirect: 'manual',
      });
    await signIn('ada', 'a good password');
    await signIn('ada', 'a good password');
    await signIn('ada', 'another password');
    await fetch(new URL('/chat/1', server.url));
    const ada = await server.person('ada');
    const socket = await server.joined(await server.chat(ada), ada);
    for (let n = 0; n < 10; n += 1) socket.send('no frame');
    await socket.closed;

    const after = await metrics();
    const rise = (name: string) => (after.get(name) ?? Number.NaN) - (before.get(name) ?? 0);
    expect(before.get('shoal_sign_ins_total{result="wrong_credentials"}')).toBe(0);
    expect(before.get('shoal_refusals_total{code="internal",over="http"}')).toBe(0);
    for (const result of ['registered', 'signed_in', 'wrong_credentials']) {
      expect(rise(`shoal_sign_ins_total{result="${result}"}`), result).toBe(1);
    }
    expect(rise('shoal_refusals_total{code="wrong_credentials",over="http"}')).toBe(1);
    expect(rise('shoal_refusals_total{code="unauthenticated",over="http"}')).toBe(1);
    expect(rise('shoal_refusals_total{code="bad_request",over="websocket"}')).toBe(10);
    expect(rise('shoal_sockets_closed_total{code="1008"}')).toBe(1);
  });

  it('count a form that was refused and is shown again, whatever it asked for', async () => {
    const { server, metrics } = await aMeasuredServer();
    const ada = await server.person('ada');
    const chatId = await server.chat(ada);
    const before = await metrics();
    const submit = async (path: string, fields: Record<string, string>) => {
      const headers = { cookie: ada.cookie, accept: 'text/html' };
      const body = new URLSearchParams(fields);
      return (await fetch(new URL(path, server.url), { method: 'POST', headers, body })).status;
    };
    expect(await submit('/chats', { chat_name: ' ' })).toBe(422);
    expect(await submit(`/chat/${chatId}/name`, { chat_name: ' ' })).toBe(422);
    expect(await submit(`/chat/${chatId}/messages`, { text: ' ' })).toBe(422);
    const after = await metrics();
    const rise = (code: string) => {
      const name = `shoal_refusals_total{code="${code}",over="http"}`;
      return (after.get(name) ?? 0) - (before.get(name) ?? 0);
    };
    expect([rise('invalid_chat_name'), rise('invalid_message')]).toEqual([2, 1]);
  });

  it('count the limits that were reached', async () => {
    const { server, metrics } = await aMeasuredServer({ RATE_LIMITS: 'on', LIMIT_NEW_CHATS: '1/1h' });
    const ada = await server.person('ada');
    await server.app.useCases.createChat(ada.actor, { name: 'one' });
    const before = (await metrics()).get('shoal_limits_reached_total{limit="new_chats"}');
    await expect(server.app.useCases.createChat(ada.actor, { name: 'two' })).rejects.toThrow();
    const after = (await metrics()).get('shoal_limits_reached_total{limit="new_chats"}');
    expect([before, after]).toEqual([0, 1]);
  });

  it('tell of the process, the event loop and the build', async () => {
    const { metrics } = await aMeasuredServer();
    const names = [...(await metrics()).keys()];
    for (const name of [
      'process_resident_memory_bytes',
      'process_cpu_seconds_total',
      'process_open_fds',
      'nodejs_eventloop_lag_p99_seconds',
      `shoal_build_info{version="0.1.0",node="${process.version}"}`,
    ]) {
      expect(names.filter((each) => each === name).length, name).toBeGreaterThan(0);
    }
    expect(names.filter((name) => name.includes('active_'))).toEqual([]);
  });

  it('have no label with values from outside', async () => {
    const { server, metrics } = await aMeasuredServer();
    const ada = await server.person('ada-the-canary');
    const chatId = await server.chat(ada);
    await fetch(new URL(`/chat/${chatId}?canary`, server.url), { headers: { origin: 'https://canary.example' } });
    await fetch(new URL('/canary', server.url), { method: 'POST' });
    for (const name of (await metrics()).keys()) expect(name).not.toContain('canary');
  });

  it('are at an address of their own, and nowhere else', async () => {
    const { server, metricsUrl } = await aMeasuredServer();
    expect((await fetch(new URL('/metrics', server.url))).status).toBe(404);
    expect((await fetch(metricsUrl, { method: 'POST' })).status).toBe(405);
    expect((await fetch(new URL('/status', metricsUrl))).status).toBe(404);
    const head = await fetch(metricsUrl, { method: 'HEAD' });
    expect(head.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  });

  it('are off unless they were asked for', async () => {
    const server = await ChatServer.start();
    expect(server.metricsUrl).toBeUndefined();
    await server.stop();
  });
});
