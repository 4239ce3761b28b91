import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemSecrets } from '../../src/adapters/system/secrets.ts';
import { EventClient } from '../event-stream/event-client.ts';
import { TestPushService } from '../web-push/push-service.ts';
import { ChatServer, type Person } from './chat-server.ts';

let server: ChatServer;
beforeAll(async () => {
  server = await ChatServer.start({ OUTBOUND_SUBNETS: '127.0.0.0/8' });
});
afterAll(() => server.stop());

/** Everything that is open ends within so long. */
const WITHIN_MS = 1_000;

const STRANGER = { cookie: '' };

const request = (method: string, path: string, { cookie }: Pick<Person, 'cookie'>, body?: object) =>
  fetch(new URL(path, server.url), {
    method,
    headers: { cookie, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    redirect: 'manual',
  });

describe('a session that is signed out from another device', () => {
  it.each([
    [
      'by its id',
      async (bob: Person) => {
        const { sessions } = (await (await request('GET', '/account/sessions', bob)).json()) as {
          sessions: { id: string; current: boolean }[];
        };
        const other = sessions.find(({ current }) => !current);
        return request('DELETE', `/account/sessions/${other?.id}`, bob);
      },
    ],
    ['with all others', (bob: Person) => request('DELETE', '/account/sessions', bob)],
    [
      'by a new password',
      (bob: Person) =>
        request('PUT', '/account/password', bob, { current: 'a good password', new: 'a better password' }),
    ],
  ])('SE-9: %s has its sockets, streams, requests and pushes ended within a second', async (how, end) => {
    const name = `bob ${how}`;
    const [ada, bob, phone] = [await server.person('ada'), await server.person(name), await server.person(name)];
    const chatId = await server.chat(ada, bob);
    const service = await new TestPushService().start();
    onTestFinished(() => service.close());
    const { endpoint, keys, received } = service.subscribe();
    await request('PUT', `/chat/${chatId}/level`, bob, { level: 'all' });
    expect((await request('POST', '/account/push', phone, { endpoint, expirationTime: null, keys })).status).toBe(200);
    const sockets = [
      (await server.userSocket(phone)).socket,
      await server.joined(chatId, phone),
      await server.plain(chatId, phone),
    ];
    const url = new URL(`/chat/${chatId}/events`, server.url).href;
    const stream = await EventClient.open({ url, cookie: phone.cookie });
    await stream.next();
    const { socket: staying } = await server.userSocket(bob);

    const begun = performance.now();
    expect((await end(bob)).status).toBeLessThan(300);
    expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([4401, 4401, 4401]);
    expect(await stream.next()).toMatchObject({ event: 'end', data: { code: 4401 } });
    expect(performance.now() - begun).toBeLessThan(WITHIN_MS);
    expect((await request('GET', `/chat/${chatId}/messages`, phone)).status).toBe(401);
    await server.app.useCases.postMessage(ada.actor, { chatId, text: 'Where are you?' });
    expect((await staying.nextOf('chat')).chat.last?.snippet).toBe('Where are you?');
    const notified = async () =>
      (await (await request('GET', `/chat/${chatId}/messages/2/notified`, bob)).json()) as { devices: object[] };
    expect((await notified()).devices).toMatchObject([{ reason: 'no_device' }]);
    expect(received).toEqual([]);
  });
});

describe('an account that is recovered', () => {
  const NEW_PASSWORD = 'battery staple';

  const byLink = async (admin: Person, bob: Person) => {
    const { token } = await server.app.useCases.createResetLink(admin.actor, bob.actor.user.id);
    return request('POST', `/reset/${token}`, STRANGER, { new: NEW_PASSWORD });
  };

  const byCode = async (_: Person, bob: Person) => {
    const { secret } = (await (await request('POST', '/account/two-step', bob)).json()) as { secret: string };
    const code = systemSecrets.timeCode(secret, Math.floor(Date.now() / 30_000));
    const enabled = await request('PUT', '/account/two-step', bob, { code });
    const { recovery_codes: codes } = (await enabled.json()) as { recovery_codes: readonly string[] };
    const form = { username: bob.actor.user.username, code: codes[0] ?? '', new: NEW_PASSWORD };
    return request('POST', '/auth/recover', STRANGER, form);
  };

  it.each([
    ['a reset link', byLink],
    ['a recovery code', byCode],
  ])(
    'RC-1: by %s has the sockets, streams and requests of its sessions ended within a second',
    async (how, recover) => {
      // The first account of the installation administers it.
      const [admin, bob] = [await server.person('ada'), await server.person(`bob with ${how}`)];
      const chatId = await server.chat(admin, bob);
      const sockets = [
        (await server.userSocket(bob)).socket,
        await server.joined(chatId, bob),
        await server.plain(chatId, bob),
      ];
      const url = new URL(`/chat/${chatId}/events`, server.url).href;
      const stream = await EventClient.open({ url, cookie: bob.cookie });
      await stream.next();
      const { socket: staying } = await server.userSocket(admin);

      expect((await recover(admin, bob)).status).toBe(200);
      const answered = performance.now();
      expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([4401, 4401, 4401]);
      expect(await stream.next()).toMatchObject({ event: 'end', data: { code: 4401 } });
      expect(performance.now() - answered).toBeLessThan(WITHIN_MS);
      expect((await request('GET', `/chat/${chatId}/messages`, bob)).status).toBe(401);
      await server.app.useCases.postMessage(admin.actor, { chatId, text: 'Where are you?' });
      while ((await staying.nextOf('chat')).chat.last?.snippet !== 'Where are you?');
    },
  );
});
