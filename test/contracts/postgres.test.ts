import { afterAll, beforeAll } from 'vitest';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { PostgresServer } from '../postgres/postgres-server.ts';
import { storageContract } from './storage-contract.ts';

let server: PostgresServer;
let made = 0;
/** Schemas whose storage is closed. To empty one takes a third of the time of migrating a new one. */
const unused: string[] = [];

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.remove());

storageContract('postgres', async () => {
  const name = unused.pop() ?? `contract_${made++}`;
  const url = await server.emptySchema(name);
  const storage = await openPostgresStorage(url);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= storage.close().then(() => void unused.push(name));
    return closed;
  };
  return { ...storage, close } satisfies Storage;
});
