import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { makeS3Blobs } from '../../src/adapters/s3/blobs.ts';
import { BucketError } from '../../src/adapters/s3/bucket.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { DomainError } from '../../src/domain/errors.ts';
import { TcpProxy } from '../tcp-proxy.ts';
import { findS3Server, S3Server } from './s3-server.ts';

const s3 = findS3Server();

async function* chunksOf(bytes: Uint8Array) {
  yield bytes;
}

const codeOf = (doing: Promise<unknown>) =>
  doing.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError || error instanceof BucketError ? error.code : String(error)),
  );

/** Descriptors of files without a name: uploads that wait. */
const spooled = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).includes('shoal-upload-');
    } catch {
      return false;
    }
  }).length;

describe.skipIf(s3.isMissing)('a bucket that fails', async () => {
  if (s3.isMissing) return;
  const server = await S3Server.start(s3.path);
  const proxy = await TcpProxy.start(server.port);
  afterAll(async () => {
    await proxy.close();
    await server.stop();
  });
  const open = (changes: { secretKey?: string; bucket?: string; host?: string } = {}, stalledAfterMs = 500) =>
    makeS3Blobs({ ...server.address, prefix: `${randomUUID()}/`, ...changes }, { clock: systemClock, stalledAfterMs });
  const byProxy = () => ({ host: new URL(proxy.urlOf(`http://127.0.0.1:${server.port}`)).host });

  it('is told apart when it is asked for', async () => {
    expect(await codeOf(open().probe())).toBe('done');
    expect(await codeOf(open({ secretKey: 'wrong' }).probe())).toBe('SignatureDoesNotMatch');
    expect(await codeOf(open({ bucket: 'none' }).probe())).toBe('NoSuchBucket');
    expect(await codeOf(open({ host: '127.0.0.1:1' }).probe())).toBe('ECONNREFUSED');
  });

  it('stores nothing with a wrong secret or in a bucket that is missing', async () => {
    for (const changes of [{ secretKey: 'wrong' }, { bucket: 'none' }]) {
      const blobs = open(changes);
      const received = await blobs.receive(chunksOf(randomBytes(1_000)), 1_000);
      expect(await codeOf(received.keep())).toBe('unavailable');
      await received.discard();
    }
    expect(spooled()).toBe(0);
  });

  it('is unavailable while it says nothing, and takes the same bytes afterwards', async () => {
    const blobs = open(byProxy());
    const received = await blobs.receive(chunksOf(randomBytes(500_000)), 1_000_000);
    proxy.isMute = true;
    expect(await codeOf(received.keep())).toBe('unavailable');
    expect(await codeOf(blobs.size(received.key))).toBe('unavailable');
    proxy.isMute = false;
    // What the proxy had held may have stored it since. Storing it again changes nothing.
    await received.keep();
    expect(await blobs.size(received.key)).toBe(500_000);
    expect(spooled()).toBe(0);
  });

  it('keeps nothing of an upload whose connection is cut', async () => {
    const blobs = open(byProxy());
    const received = await blobs.receive(chunksOf(randomBytes(2_000_000)), 2_000_000);
    const cut = proxy.cutAt('PUT /shoal', { arrives: true });
    expect(await codeOf(received.keep())).toBe('unavailable');
    await cut;
    expect(await blobs.size(received.key)).toBeUndefined();
    await received.discard();
    expect(spooled()).toBe(0);
  });

  it('goes on after a restart, with connections that were idle meanwhile', async () => {
    const blobs = open();
    const received = await blobs.receive(chunksOf(randomBytes(1_000)), 1_000);
    await received.keep();
    await server.pause();
    expect(await codeOf(blobs.size(received.key))).toBe('unavailable');
    await server.resume();
    expect(await blobs.size(received.key)).toBe(1_000);
  });

  it('says so to the reader of a file when it stops in the middle, and waits for a slow reader', async () => {
    const blobs = open(byProxy());
    const received = await blobs.receive(chunksOf(randomBytes(32_000_000)), 32_000_000);
    await received.keep();
    const stream = await blobs.open(received.key);
    const reader = stream?.getReader();
    await reader?.read();
    proxy.isMute = true;
    const rest = async () => {
      for (;;) if ((await reader?.read())?.done) return;
    };
    expect(await codeOf(rest())).toBe('timed out');
    proxy.isMute = false;
  });
});
