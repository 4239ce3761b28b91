import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressGuard } from '../outbound/address-guard.ts';

/** A later visit would find the same. */
export class NothingThere extends Error {
  override readonly name = 'NothingThere';
}

export interface Wanted {
  readonly guard: AddressGuard;
  /** The header `Accept`. */
  readonly accept: string;
  /** The type of the answer, in lower case and without parameters. */
  readonly isWanted: (type: string) => boolean;
  readonly maxBytes: number;
  /** Whether an answer that is longer is used as far as it was read. */
  readonly isCut: boolean;
  /** Called with everything that was read so far: no more is read when it answers true. */
  readonly isEnough?: (read: readonly Uint8Array[]) => boolean;
  readonly signal: AbortSignal;
}

export interface Answer {
  /** After redirects. */
  readonly url: URL;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const MAX_REDIRECTS = 4;
const MAX_HEADER_BYTES = 16 * 1024;
const USER_AGENT = 'Mozilla/5.0 (compatible; Shoal; link cards)';
/** Statuses after which a later visit may succeed. */
const PASSING = new Set([408, 425, 429]);

/**
 * Reads what is at a URL. Each URL, that of a redirect too, is admitted by the guard.
 * @throws ForbiddenAddress, NothingThere, and errors of the network
 */
export async function read(start: URL, wanted: Wanted): Promise<Answer> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await get(url, wanted);
    try {
      const next = redirectOf(response, url);
      if (!next) return { url, contentType: typeOf(response, wanted), bytes: await bytesOf(response, wanted) };
      url = next;
    } finally {
      response.destroy();
    }
  }
  throw new NothingThere('There are too many redirects.');
}

async function get(url: URL, { guard, accept, signal }: Wanted): Promise<IncomingMessage> {
  const lookup = guard.admit(url);
  const headers = {
    Accept: accept,
    'Accept-Encoding': 'identity',
    'User-Agent': USER_AGENT,
  };
  const options = { headers, lookup, signal, agent: false, maxHeaderSize: MAX_HEADER_BYTES, insecureHTTPParser: false };
  const request = url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options);
  request.end();
  const [response] = (await once(request, 'response', { signal })) as [IncomingMessage];
  // Errors of a connection that is no longer read have no other listener.
  for (const one of [request, response]) one.on('error', () => undefined);
  return response;
}

function redirectOf({ statusCode = 0, headers: { location } }: IncomingMessage, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode)) return undefined;
  if (location === undefined || !URL.canParse(location, from.href)) throw new NothingThere('A redirect leads nowhere.');
  return new URL(location, from);
}

/** @throws NothingThere, and Error for statuses that may be others later */
function typeOf({ statusCode = 0, headers }: IncomingMessage, { isWanted }: Wanted): string {
  if (statusCode >= 500 || PASSING.has(statusCode)) throw new Error(`The site answered with status ${statusCode}.`);
  if (statusCode !== 200) throw new NothingThere(`The site answered with status ${statusCode}.`);
  const coding = headers['content-encoding'];
  // Nothing is ever decompressed: a small answer could become a large one.
  if (coding !== undefined && coding !== 'identity') throw new NothingThere('The site compresses what it must not.');
  const contentType = headers['content-type'] ?? '';
  if (!isWanted(contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''))
    throw new NothingThere('The answer has another type.');
  return contentType;
}

/** Counts the bytes that arrive, whatever length the site announces. */
async function bytesOf(response: IncomingMessage, { maxBytes, isCut, isEnough }: Wanted): Promise<Uint8Array> {
  const read: Uint8Array[] = [];
  let count = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    read.push(chunk);
    count += chunk.length;
    if (count > maxBytes && !isCut) throw new NothingThere('The answer is too long.');
    if (count >= maxBytes || isEnough?.(read)) break;
  }
  return Buffer.concat(read).subarray(0, maxBytes);
}
