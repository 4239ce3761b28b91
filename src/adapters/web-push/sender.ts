import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Clock } from '../../application/ports/clock.ts';
import type { Push, PushOutcome, PushSender } from '../../application/ports/push-sender.ts';
import type { PushKeys } from '../../domain/push/push-keys.ts';
import { type AddressGuard, ForbiddenAddress } from '../outbound/address-guard.ts';
import { encryptPush } from './encrypt.ts';
import { Vapid } from './vapid.ts';

/** How long a push service may take to answer. */
const PATIENCE_MS = 10_000;
const MAX_SOCKETS_PER_SERVICE = 8;
const MAX_SOCKETS = 64;

/** Sends push messages by HTTPS (RFC 8030), to addresses that the guard allows. */
export function makePushSender({
  keys,
  guard,
  clock,
}: {
  readonly keys: PushKeys;
  readonly guard: AddressGuard;
  readonly clock: Pick<Clock, 'now'>;
}): PushSender {
  const vapid = new Vapid(keys);
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS_PER_SERVICE, maxTotalSockets: MAX_SOCKETS });

  return {
    isAllowed({ endpoint }) {
      try {
        guard.admit(new URL(endpoint));
        return true;
      } catch (error) {
        if (error instanceof ForbiddenAddress) return false;
        throw error;
      }
    },

    async send(push) {
      const endpoint = new URL(push.subscription.endpoint);
      try {
        const lookup = guard.admit(endpoint);
        const headers = headersOf(push, vapid.authorization(endpoint, contactOf(push.origin), clock.now()));
        const answer = await post(endpoint, { headers, body: encrypted(push), agent, lookup });
        return outcomeOf(answer);
      } catch (error) {
        // The address was allowed when the browser subscribed, or its name has other addresses since.
        if (error instanceof ForbiddenAddress) return 'refused';
        throw error;
      }
    },
  };
}

const encrypted = ({ payload, subscription: { publicKey, auth } }: Push): Buffer =>
  encryptPush(payload, { publicKey: Buffer.from(publicKey, 'base64url'), auth: Buffer.from(auth, 'base64url') });

/** Push services want an address for the case of trouble. Installations without TLS have none that is reachable. */
const contactOf = (origin: string): string =>
  origin.startsWith('https:') ? origin : `mailto:admin@${new URL(origin).hostname}`;

const headersOf = ({ topic, urgency, ttlSeconds }: Push, authorization: string) => ({
  Authorization: authorization,
  'Content-Encoding': 'aes128gcm',
  'Content-Type': 'application/octet-stream',
  TTL: String(ttlSeconds),
  Topic: topic,
  Urgency: urgency,
});

interface Posting {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly agent: Agent;
  readonly lookup: LookupFunction;
}

/** Answers with the status. Redirects are not followed. */
async function post(url: URL, { headers, body, agent, lookup }: Posting): Promise<number> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const options = { method: 'POST', headers: { ...headers, 'Content-Length': body.length }, lookup, signal };
  const request = url.protocol === 'https:' ? httpsRequest(url, { ...options, agent }) : httpRequest(url, options);
  request.end(body);
  const [response]: [IncomingMessage] = (await once(request, 'response', { signal })) as [IncomingMessage];
  // What the service says beside its status is not needed; a connection on which it says much is not kept.
  response.once('data', () => response.destroy());
  response.on('error', () => undefined);
  return response.statusCode ?? 0;
}

/** @throws Error for statuses that may be others at a later attempt */
function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return 'sent';
  if (status === 404 || status === 410) return 'gone';
  if (status === 429 || status >= 500) throw new Error(`The push service answered with status ${status}.`);
  return 'refused';
}
