import { BlockList } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { TestPushService, type TestSubscription } from '../web-push/push-service.ts';
import { aChatOfTwo, anApp, answerOf, jsonOf, PAGE } from './client.ts';

interface PushState {
  readonly key: string;
  readonly device: number | null;
}

interface Notified {
  readonly devices: readonly { readonly device: number | null; readonly here: boolean; readonly reason: string }[];
}

async function aPushedChat() {
  const outboundSubnets = new BlockList();
  outboundSubnets.addSubnet('127.0.0.0', 8, 'ipv4');
  const app = await anApp({ outboundSubnets });
  const service = await new TestPushService().start();
  onTestFinished(() => service.close());
  await app.listen();
  const { ada, bob, id } = await aChatOfTwo(app);
  await bob.request('PUT', `/chat/${id}/level`, { 'content-type': 'application/json' }, '{"level":"all"}');
  const subscribe = async (subscription: TestSubscription) =>
    jsonOf<PushState>(
      await bob.postJson('/account/push', {
        endpoint: subscription.endpoint,
        expirationTime: null,
        keys: subscription.keys,
      }),
      200,
    );
  const say = async (text: string) =>
    (await jsonOf<{ position: number }>(await ada.postJson(`/chat/${id}/messages`, { text }), 201)).position;
  const reasons = async (position: number) => {
    const { devices } = await jsonOf<Notified>(await bob.get(`/chat/${id}/messages/${position}/notified`), 200);
    return devices.map(({ reason }) => reason);
  };
  return { app, ada, bob, id, service, subscribe, say, reasons };
}

it('a browser that subscribes gets each message encrypted, signed with the key of the installation, and the ledger says so', async () => {
  const { bob, id, service, subscribe, say, reasons } = await aPushedChat();
  const { key } = await jsonOf<PushState>(await bob.get('/account/push'), 200);
  expect(Buffer.from(key, 'base64url')).toHaveLength(65);
  const subscription = service.subscribe();
  const { device } = await subscribe(subscription);
  expect(device).toEqual(expect.any(Number));
  expect(await jsonOf(await bob.get('/account/push'), 200)).toEqual({ key, device });

  const position = await say('hello');
  await expect.poll(() => subscription.received).toHaveLength(1);
  expect(subscription.received[0]).toMatchObject({
    payload: { web_push: 8030, notification: { body: 'ada: hello' }, app_badge: 0 },
    headers: { ttl: '86400', urgency: 'normal', topic: `message-${id}-${position}` },
  });
  await expect.poll(() => reasons(position)).toEqual(['sent']);
  expect(await (await bob.request('GET', `/chat/${id}/messages/${position}/notified`, PAGE)).text()).toContain(
    'it was sent',
  );
});

it('POST /account/push/test sends a notification whatever the settings, and a subscription that has ended is forgotten', async () => {
  const { bob, service, subscribe, say, reasons } = await aPushedChat();
  expect(await answerOf(await bob.request('POST', '/account/push/test'))).toBe('404 not_found');
  const subscription = service.subscribe();
  await subscribe(subscription);
  expect(await jsonOf(await bob.request('POST', '/account/push/test'), 200)).toEqual({ outcome: 'sent' });
  expect(subscription.received).toMatchObject([{ payload: { notification: { title: 'Shoal' } } }]);

  subscription.answer = 410;
  const position = await say('hello');
  await expect.poll(() => reasons(position)).toEqual(['endpoint_gone']);
  expect(await jsonOf(await bob.get('/account/push'), 200)).toMatchObject({ device: null });
});

it('DELETE /account/push and signing out end the device', async () => {
  const { bob, service, subscribe, say, reasons } = await aPushedChat();
  const subscription = service.subscribe();
  await subscribe(subscription);
  expect(await jsonOf(await bob.request('DELETE', '/account/push'), 200)).toMatchObject({ device: null });
  expect(await jsonOf(await bob.request('DELETE', '/account/push'), 200)).toMatchObject({ device: null });
  const position = await say('hello');
  expect(await reasons(position)).toEqual(['no_device']);
});

it('an endpoint that is not public, and anything that is no subscription, is refused with 422 or 400, and no connection is made', async () => {
  const app = await anApp();
  const { bob } = await aChatOfTwo(app);
  const keys = { p256dh: `BA${'x'.repeat(85)}`, auth: 'a'.repeat(22) };
  const post = async (body: object) => answerOf(await bob.postJson('/account/push', body));
  for (const endpoint of [
    'http://127.0.0.1:9/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'http://push.example/x',
    'ftp://push.example/',
    'x',
    '',
  ])
    expect(await post({ endpoint, keys }), endpoint).toBe('422 invalid_subscription');
  expect(await post({ endpoint: 'https://push.example/x', keys: { ...keys, auth: 'short' } })).toBe(
    '422 invalid_subscription',
  );
  expect(await post({ endpoint: 'https://push.example/x' })).toBe('400 bad_request');
});
