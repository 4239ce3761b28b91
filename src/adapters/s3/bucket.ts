import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import type { Clock } from '../../application/ports/clock.ts';
import { type Credentials, EMPTY_DIGEST, pathOf, queryOf, signed } from './signature.ts';

/** A bucket of a server that speaks S3, addressed by paths. */
export interface BucketAddress extends Credentials {
  readonly protocol: 'http:' | 'https:';
  /** With the port where it is not the usual one. */
  readonly host: string;
  readonly bucket: string;
}

export interface Asked {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** The name of an object; empty for the bucket itself. */
  readonly name: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
}

export interface Body {
  readonly bytes: number;
  /** SHA-256, in hex. The server refuses other bytes. */
  readonly digest: string;
  /** From the beginning, at each call. */
  open(): Readable;
}

/** An error without the cause being a missing object. Its message has no secret. */
export class BucketError extends Error {
  override readonly name = 'BucketError';
  /** Undefined where the server did not answer. */
  readonly status: number | undefined;
  /** As S3 names it, e.g. `SignatureDoesNotMatch`; or the code of the connection's error. */
  readonly code: string;

  constructor(status: number | undefined, code: string) {
    super(`${status ?? 'no answer'}: ${code}`);
    this.status = status;
    this.code = code;
  }
}

/** Open connections to the server. More requests wait for one. */
const MAX_CONNECTIONS = 64;
/** Of an answer that is read as a whole: a listing, or an error. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024;
/** A connection is cut when nothing has moved on it for this long. */
export const STALLED_AFTER_MS = 30_000;

export type Bucket = ReturnType<typeof openBucket>;

export interface BucketOptions {
  /** Signatures name the time. */
  readonly clock: Clock;
  readonly stalledAfterMs?: number;
}

/** `node:http` and not `fetch`: the length of a body from a stream is announced, which S3 demands, and a stalled connection is seen both ways. */
export function openBucket(address: BucketAddress, { clock, stalledAfterMs = STALLED_AFTER_MS }: BucketOptions) {
  const options = { keepAlive: true, maxSockets: MAX_CONNECTIONS, maxFreeSockets: 8 };
  const agent = address.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
  const transport = { address, agent, clock, stalledAfterMs };

  /** The answer to a request, with status 2xx or 404. The caller reads or destroys it. @throws BucketError */
  async function send(asked: Asked): Promise<IncomingMessage> {
    const answer = await exchange(transport, asked).catch((error: unknown) => {
      // The server closed a connection that was idle, just when it was used again. Every request may be repeated.
      if (isStale(error)) return exchange(transport, asked);
      throw error;
    });
    const status = answer.statusCode ?? 0;
    if ((status >= 200 && status < 300) || status === 404) return answer;
    throw new BucketError(status, errorCodeIn(await textOf(answer)) ?? `HTTP ${status}`);
  }

  return {
    send,
    /** The answer's text, and its status. @throws BucketError also for an error that was announced as a success */
    async ask(asked: Asked): Promise<{ readonly status: number; readonly text: string }> {
      const answer = await send(asked);
      const text = await textOf(answer);
      const code = errorCodeIn(text);
      const isMissing = answer.statusCode === 404 && code !== 'NoSuchBucket';
      if (code !== undefined && !isMissing) throw new BucketError(answer.statusCode, code);
      return { status: answer.statusCode ?? 0, text };
    },
    copySource: (name: string) => pathOf(`/${address.bucket}/${name}`),
    stalledAfterMs,
    close: () => agent.destroy(),
  };
}

interface Transport {
  readonly address: BucketAddress;
  readonly agent: HttpAgent;
  readonly clock: Clock;
  readonly stalledAfterMs: number;
}

class StaleConnection extends BucketError {}

const isStale = (error: unknown): boolean => error instanceof StaleConnection;

function exchange({ address, agent, clock, stalledAfterMs }: Transport, asked: Asked): Promise<IncomingMessage> {
  const { method, name, query = {}, body } = asked;
  const path = pathOf(`/${address.bucket}${name && `/${name}`}`);
  const bodyDigest = body?.digest ?? EMPTY_DIGEST;
  const length = body === undefined ? undefined : { 'content-length': `${body.bytes}` };
  const headers = { ...signedHeaders(), ...length };
  const search = queryOf(query);
  const url = `${address.protocol}//${address.host}${path}${search && `?${search}`}`;
  const request = (address.protocol === 'https:' ? requestHttps : requestHttp)(url, { method, agent, headers });
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    request.setTimeout(stalledAfterMs, () => {
      // While the answer is read, its reader sets the pace.
      if (!isAnswered) request.destroy(new BucketError(undefined, 'timed out'));
    });
    request.once('response', (answer) => {
      isAnswered = true;
      resolve(answer);
    });
    request.on('error', (error) => {
      const isReused = request.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
      reject(isReused ? new StaleConnection(undefined, 'ECONNRESET') : unanswered(error));
    });
    if (!body) request.end();
    // The error is the request's.
    else pipeline(body.open(), request, () => undefined);
  });

  function signedHeaders() {
    const host = { host: address.host, ...asked.headers };
    return signed({ method, path, query, headers: host, bodyDigest, at: clock.now() }, address);
  }
}

/** Of an error of the connection only its code: a message may have anything in it. */
function unanswered(error: unknown): BucketError {
  if (error instanceof BucketError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'the connection failed';
  return new BucketError(undefined, code);
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Its error is thrown by the loop.
  answer.setTimeout(STALLED_AFTER_MS, () => answer.destroy(new BucketError(undefined, 'timed out')));
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_TEXT_BYTES) throw new BucketError(answer.statusCode, 'the answer is too large');
      chunks.push(chunk);
    }
  } catch (error) {
    throw unanswered(error);
  }
  return Buffer.concat(chunks).toString();
}

const errorCodeIn = (text: string): string | undefined => /<Error>.*?<Code>(\w{1,64})<\/Code>/s.exec(text)?.[1];
