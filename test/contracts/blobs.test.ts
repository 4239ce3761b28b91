import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { makeDiskBlobs } from '../../src/adapters/disk/blobs.ts';
import { makeMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { makeS3Blobs } from '../../src/adapters/s3/blobs.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { findS3Server, S3Server } from '../s3/s3-server.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { blobsContract } from './blobs-contract.ts';

blobsContract('memory', async () => makeMemoryBlobs());
blobsContract('disk', async () => makeDiskBlobs(join(scratchDirectory('blobs-'), 'files')));

const s3 = findS3Server();

describe.skipIf(s3.isMissing)('on a real S3 server', async () => {
  if (s3.isMissing) return;
  const server = await S3Server.start(s3.path);
  afterAll(() => server.stop());
  blobsContract('s3', async () =>
    makeS3Blobs({ ...server.address, prefix: `${randomUUID()}/` }, { clock: systemClock }),
  );
});
