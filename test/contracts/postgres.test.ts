import { afterAll, beforeAll } from 'vitest';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { PostgresServer } from '../postgres/postgres-server.ts';
import { storageContract } from './storage-contract.ts';

let server: PostgresServer;
let opened = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.remove());

storageContract('postgres', async () => {
  opened += 1;
  return openPostgresStorage(await server.schema(`contract_${opened}`));
});
