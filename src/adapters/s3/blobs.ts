import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Blobs } from '../../application/ports/blobs.ts';
import { DomainError } from '../../domain/errors.ts';
import { type BlobKey, blobKey } from '../../domain/files/file.ts';
import { translateDiskError } from '../disk/errors.ts';
import { type BucketAddress, BucketError, type BucketOptions, openBucket } from './bucket.ts';
import { listed } from './listing.ts';
import { spool } from './spool.ts';

export interface S3Blobs extends Blobs {
  /**
   * Asks whether the bucket is there and may be listed.
   * @throws BucketError
   */
  probe(): Promise<void>;
  close(): void;
}

/** What is on its way out. */
const TEMPORARY = 'tmp/';
const OUTGOING = /^tmp\/out-([0-9a-f]{64})-/;

/**
 * Blobs as objects of a bucket, under the same names as the files of `disk`, behind a prefix. An upload is spooled to a file of this machine,
 * so that its digest and length are known before the first byte goes to the bucket: then one request stores it whole or not at all, and the
 * server compares the digest. Parts of a multipart upload would need a copy to their final name, and stay, and cost, where a process is killed.
 */
export function makeS3Blobs(
  { prefix, spoolDirectory, ...address }: BucketAddress & { readonly prefix: string; readonly spoolDirectory: string },
  options: BucketOptions,
): S3Blobs {
  const bucket = openBucket(address, options);
  const nameOf = (key: BlobKey) => `${prefix}${key.slice(0, 2)}/${key}`;

  const copy = async (from: string, to: string): Promise<boolean> => {
    const headers = { 'x-amz-copy-source': bucket.copySource(from) };
    return (await bucket.ask({ method: 'PUT', name: to, headers })).status !== 404;
  };
  const erase = (name: string) => bucket.ask({ method: 'DELETE', name });

  async function settle(outgoing: string, key: BlobKey, isNamed: () => Promise<boolean>): Promise<void> {
    if (await isNamed()) await copy(outgoing, nameOf(key));
    await erase(outgoing);
  }

  return {
    async receive(chunks, maxBytes) {
      const { key, bytes, head, open, close } = await spool(spoolDirectory, chunks, maxBytes).catch(translateDiskError);
      return {
        ...{ key, bytes, head },
        async keep() {
          const body = { bytes, digest: key, open };
          const { status } = await bucket.ask({ method: 'PUT', name: nameOf(key), body }).catch(translate);
          if (status === 404) throw unavailable(new BucketError(status, 'not stored'));
          await close();
        },
        discard: close,
      };
    },

    async open(key, range) {
      const headers = range && { range: `bytes=${range.first}-${range.last}` };
      const answer = await bucket
        .send({ method: 'GET', name: nameOf(key), ...(headers && { headers }) })
        .catch(translate);
      if (answer.statusCode !== 404) return streamOf(answer, bucket.stalledAfterMs);
      answer.resume();
      return undefined;
    },

    async size(key) {
      const answer = await bucket.send({ method: 'HEAD', name: nameOf(key) }).catch(translate);
      answer.resume();
      return answer.statusCode === 404 ? undefined : Number(answer.headers['content-length']);
    },

    async remove(key, isNamed) {
      const outgoing = `${prefix}${TEMPORARY}out-${key}-${randomUUID()}`;
      if (!(await copy(nameOf(key), outgoing).catch(translate))) return;
      await erase(nameOf(key)).catch(translate);
      await settle(outgoing, key, isNamed).catch(translate);
    },

    async *keys() {
      for await (const { name } of listed(bucket, prefix)) {
        const key = blobKey(name.slice(prefix.length + '00/'.length));
        if (key && name === nameOf(key)) yield key;
      }
    },

    async clear(before, isNamed) {
      for await (const { name, at } of listed(bucket, `${prefix}${TEMPORARY}`)) {
        const key = blobKey(OUTGOING.exec(name.slice(prefix.length))?.[1] ?? '');
        if (key && at < before) await settle(name, key, () => isNamed(key));
      }
    },

    async probe() {
      const query = { 'list-type': '2', 'max-keys': '1', prefix };
      const { status } = await bucket.ask({ method: 'GET', name: '', query });
      if (status === 404) throw new BucketError(status, 'NoSuchBucket');
    },

    close: bucket.close,
  };
}

/** Reads no more of the answer than its reader asks for. The connection is cut when the reader stops, or when the server does. */
function streamOf(answer: IncomingMessage, stalledAfterMs: number): ReadableStream<Uint8Array> {
  const chunks = (answer as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  const cut = () => answer.destroy(new BucketError(undefined, 'timed out'));
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const patience = setTimeout(cut, stalledAfterMs);
        try {
          const { done, value } = await chunks.next();
          if (done) controller.close();
          else controller.enqueue(value);
        } finally {
          clearTimeout(patience);
        }
      },
      cancel: () => void answer.destroy(),
    },
    { highWaterMark: 0 },
  );
}

const FULL: ReadonlySet<string> = new Set(['QuotaExceeded', 'StorageFull', 'XMinioStorageFull', 'InsufficientStorage']);

function translate(error: unknown): never {
  if (!(error instanceof BucketError)) throw error;
  if (error.status === 507 || FULL.has(error.code)) {
    const refusal = new DomainError('no_room', 'The server has no room for this file.');
    refusal.cause = error;
    throw refusal;
  }
  throw unavailable(error);
}

function unavailable(cause: BucketError): DomainError {
  const refusal = new DomainError('unavailable', 'The store of files cannot be reached. Try again soon.');
  refusal.cause = cause;
  return refusal;
}
