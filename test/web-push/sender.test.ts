import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAddressGuard } from '../../src/adapters/outbound/address-guard.ts';
import { makePushSender } from '../../src/adapters/web-push/sender.ts';
import { makePushKeys } from '../../src/adapters/web-push/vapid.ts';
import { NOW } from '../builders.ts';
import { loopbackSender, pushTo } from './loopback-sender.ts';
import { TestPushService } from './push-service.ts';

const sender = loopbackSender();

let service: TestPushService;
beforeAll(async () => {
  service = await new TestPushService().start();
});
afterAll(() => service.close());

describe('the sender of push messages', () => {
  it('sends an encrypted message, with a token that the push service can check (RFC 8291, RFC 8292)', async () => {
    const subscription = service.subscribe();

    expect(await sender.send(pushTo(subscription))).toBe('sent');
    expect(subscription.received).toMatchObject([
      {
        payload: { said: 'Grüße' },
        headers: { ttl: '3600', topic: 'a-topic', urgency: 'high', 'content-encoding': 'aes128gcm' },
        claims: { aud: service.origin, exp: NOW / 1_000 + 12 * 3_600, sub: 'https://chat.example' },
      },
    ]);
  });

  it('names a mail address where the installation has no TLS, since a contact must be one of the two', async () => {
    const subscription = service.subscribe();
    await sender.send(pushTo(subscription, { origin: 'http://127.0.0.1:1578' }));

    expect(subscription.received).toMatchObject([{ claims: { sub: 'mailto:admin@127.0.0.1' } }]);
  });

  it('PU-1: does not connect to an address that is not public', async () => {
    const subscription = service.subscribe();
    const guarded = makePushSender({
      keys: makePushKeys(),
      guard: makeAddressGuard({ ports: { 'https:': [new URL(subscription.endpoint).port] } }),
      clock: { now: () => NOW },
    });
    const push = pushTo(subscription);
    const byName = {
      ...push.subscription,
      endpoint: subscription.endpoint.replace('http://127.0.0.1', 'https://localhost'),
    };

    expect(guarded.isAllowed(push.subscription)).toBe(false);
    expect(await guarded.send(push)).toBe('refused');
    expect(guarded.isAllowed(byName)).toBe(true);
    expect(await guarded.send({ ...push, subscription: byName })).toBe('refused');
    expect(subscription.received).toEqual([]);
  });
});
