import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findS3Server, S3Server } from '../s3/s3-server.ts';
import { ServerProcess } from './server-process.ts';

const s3 = findS3Server();

describe.skipIf(s3.isMissing)('files in a bucket', async () => {
  if (s3.isMissing) return;
  const bucket = await S3Server.start(s3.path);
  const directory = mkdtempSync(join(tmpdir(), 'shoal-bucket-'));
  afterAll(async () => {
    rmSync(directory, { recursive: true });
    await bucket.stop();
  });
  const start = (FILES_URL: string) =>
    ServerProcess.start({ DATABASE_URL: `sqlite:${join(directory, 'chat.db')}`, FILES_URL });

  it('LG-1: a wrong secret and a missing bucket stop the start with one line that has no secret', async () => {
    for (const [url, reason] of [
      [bucket.url('', { secret: 'wrong-one' }), 'the secret is wrong'],
      [bucket.url('', { bucket: 'none' }), 'there is no such bucket'],
    ] as const) {
      const said = await start(url).then(
        () => 'started',
        (error: unknown) => String(error),
      );
      expect(said).toMatch(new RegExp(`ended with 1 and said:\nFILES_URL names s3://.*: ${reason}\\.$`));
      expect(said).not.toMatch(/wrong-one|s%2Fe|s\/e/);
    }
  });

  it('are refused with 503 while the bucket is away, and served again afterwards', async () => {
    const server = await start(bucket.url('folder'));
    const cookie = await server.signIn('ada');
    const chatId = await server.newChat(cookie);
    const bytes = new Uint8Array(randomBytes(3_000_000));
    const upload = () =>
      server.fetch(`/chat/${chatId}/files`, { method: 'POST', headers: { cookie, 'x-file-name': 'x' }, body: bytes });
    const read = (range?: string) => server.fetch('/files/1/x', { headers: range ? { cookie, range } : { cookie } });
    expect((await upload()).status).toBe(201);
    expect(Buffer.from(await (await read()).arrayBuffer()).equals(bytes)).toBe(true);
    expect(Buffer.from(await (await read('bytes=-5')).arrayBuffer())).toEqual(Buffer.from(bytes.subarray(-5)));
    await bucket.pause();
    const [refused, unread] = [await upload(), await read()];
    expect([refused.status, unread.status]).toEqual([503, 503]);
    expect(await refused.json()).toMatchObject({ code: 'unavailable' });
    await bucket.resume();
    expect((await read('bytes=0-0')).status).toBe(206);
    const again = await upload();
    expect([again.status, await again.json()]).toEqual([201, expect.objectContaining({ bytes: bytes.length })]);
    expect(server.lines.join('\n')).not.toMatch(/s%2Fe|s\/e\+c/);
    await server.stop();
  });

  it('are no reason not to start while the bucket does not answer', async () => {
    await bucket.pause();
    const server = await start(bucket.url());
    expect(server.lines.some((line) => line.includes('"files_unreachable"'))).toBe(true);
    await server.stop();
    await bucket.resume();
  });
});
