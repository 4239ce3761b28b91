import { HttpRefusal } from '../answers/http-refusal.ts';
import type { RequestContext } from '../env.ts';

const KEY = /^[+/0-9A-Za-z]{22}==$/;
const VERSION = '13';
const SUBPROTOCOL = /^[!#$%&'*+\-.^_`|~\w]+$/;

/**
 * What RFC 6455 wants of a request that opens a WebSocket. The library would refuse it too, but past the application, without
 * the headers that every answer has.
 * @throws HttpRefusal `bad_request`
 */
export function assertHandshake(c: RequestContext): void {
  if (c.req.method !== 'GET') refuse('A WebSocket is opened by GET.');
  if (!KEY.test(c.req.header('sec-websocket-key') ?? '')) refuse('Sec-WebSocket-Key is missing, or none.');
  if (c.req.header('sec-websocket-version') !== VERSION) {
    c.header('Sec-WebSocket-Version', VERSION);
    refuse(`Sec-WebSocket-Version has to be ${VERSION}.`);
  }
  const protocols =
    c.req
      .header('sec-websocket-protocol')
      ?.split(',')
      .map((name) => name.trim()) ?? [];
  const areNamed = protocols.every((name) => SUBPROTOCOL.test(name)) && new Set(protocols).size === protocols.length;
  if (!areNamed) refuse('Sec-WebSocket-Protocol is no list of names.');
}

function refuse(why: string): never {
  throw new HttpRefusal('bad_request', why);
}
