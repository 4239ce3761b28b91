import { join } from 'node:path';
import { makeDiskBlobs } from '../../src/adapters/disk/blobs.ts';
import { makeMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { blobsContract } from './blobs-contract.ts';

blobsContract('memory', async () => makeMemoryBlobs());
blobsContract('disk', async () => makeDiskBlobs(join(scratchDirectory('blobs-'), 'files')));
