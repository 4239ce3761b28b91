import { HttpRefusal } from '../answers/http-refusal.ts';
import type { RequestContext } from '../env.ts';

const KEY = /^[+/0-9A-Za-z]{22}==$/;
const VERSION = '13';
const SUBPROTOCOL = /^[!#$%&'*+\-.^_`|~\w]+$/;

/**
 * Checks what RFC 6455 requires of a request that opens a WebSocket. The library checks it too, but answers without the
 * headers that every answer of this application has.
 * @throws HttpRefusal `bad_request`
 */
export function assertHandshake(c: RequestContext): void {
  if (c.req.method !== 'GET') refuse('Open a WebSocket with GET.');
  if (!KEY.test(c.req.header('sec-websocket-key') ?? '')) refuse('Sec-WebSocket-Key is missing or malformed.');
  if (c.req.header('sec-websocket-version') !== VERSION) {
    c.header('Sec-WebSocket-Version', VERSION);
    refuse(`Sec-WebSocket-Version must be ${VERSION}.`);
  }
  const protocols = offeredProtocols(c);
  const areNamed = protocols.every((name) => SUBPROTOCOL.test(name)) && new Set(protocols).size === protocols.length;
  if (!areNamed) refuse('Sec-WebSocket-Protocol is not a list of names.');
}

export function offeredProtocols(c: RequestContext): readonly string[] {
  const names = c.req.header('sec-websocket-protocol')?.split(',') ?? [];
  return names.map((name) => name.trim());
}

function refuse(why: string): never {
  throw new HttpRefusal('bad_request', why);
}
