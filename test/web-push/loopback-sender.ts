import { BlockList } from 'node:net';
import { makeAddressGuard } from '../../src/adapters/outbound/address-guard.ts';
import { makePushSender } from '../../src/adapters/web-push/sender.ts';
import { makePushKeys } from '../../src/adapters/web-push/vapid.ts';
import type { Push, PushSender } from '../../src/application/ports/push-sender.ts';
import { NOW } from '../builders.ts';
import type { TestSubscription } from './push-service.ts';

/** A sender with keys of its own that reaches push services on this machine. */
export function loopbackSender(): PushSender {
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  return makePushSender({
    keys: makePushKeys(),
    guard: makeAddressGuard({ extra: loopback }),
    clock: { now: () => NOW },
  });
}

export function pushTo({ endpoint, keys }: TestSubscription, changed: Partial<Push> = {}): Push {
  return {
    subscription: { endpoint, publicKey: keys.p256dh, auth: keys.auth },
    payload: JSON.stringify({ said: 'Grüße' }),
    topic: 'a-topic',
    urgency: 'high',
    ttlSeconds: 3_600,
    origin: 'https://chat.example',
    ...changed,
  };
}
