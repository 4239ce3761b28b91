import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { decryptPush, makeReceiver, type Receiver } from './receiver.ts';

/** A message as the browser would get it. */
export interface ReceivedPush {
  /** The parsed payload. */
  readonly payload: unknown;
  readonly headers: IncomingMessage['headers'];
  /** The claims of the sender's token, whose signature was checked. */
  readonly claims: { readonly aud: string; readonly exp: number; readonly sub: string };
}

/** A browser's subscription at this service. */
export interface TestSubscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly received: ReceivedPush[];
  /** The status with which the service answers; 201 unless it is set. A message is received only with a status below 300. */
  answer: number;
  /** Messages are received, and not answered. */
  isSilent: boolean;
}

/** A push service that decrypts what it gets, and refuses senders that do not identify themselves as RFC 8292 says. */
export class TestPushService {
  readonly #server = createServer((request, response) => void this.#take(request, response));
  readonly #subscriptions = new Map<string, TestSubscription & { readonly receiver: Receiver }>();

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  subscribe(): TestSubscription {
    const path = `/push/${randomUUID()}`;
    const receiver = makeReceiver();
    const keys = { p256dh: base64url(receiver.publicKey), auth: base64url(receiver.auth) };
    const subscription = { endpoint: this.origin + path, keys, received: [], answer: 201, isSilent: false, receiver };
    this.#subscriptions.set(path, subscription);
    return subscription;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const subscription = this.#subscriptions.get(request.url ?? '');
    const body = await buffer(request);
    if (!subscription) return void response.writeHead(404).end();
    try {
      const claims = claimsIn(request.headers.authorization, this.origin);
      const payload: unknown = JSON.parse(decryptPush(subscription.receiver, body));
      if (subscription.answer < 300) subscription.received.push({ payload, headers: request.headers, claims });
      if (!subscription.isSilent) response.writeHead(subscription.answer).end('an answer that nobody reads');
    } catch (error) {
      response.writeHead(403).end(String(error));
    }
  }
}

function claimsIn(authorization: string | undefined, origin: string): ReceivedPush['claims'] {
  const [, header, payload, signature, key] =
    authorization?.match(/^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/) ?? [];
  if (!header || !payload || !signature || !key) throw new Error('no token');
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.toString('base64url', 1, 33), point.toString('base64url', 33)];
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  const claims: ReceivedPush['claims'] = JSON.parse(Buffer.from(payload, 'base64url').toString());
  if (!isSigned || claims.aud !== origin) throw new Error('a token of another sender, or for another service');
  return claims;
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
