import pg from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { anErasure } from '../contracts/storage/jobs.ts';
import { HOUR } from '../fakes.ts';
import { PostgresServer } from './postgres-server.ts';

const ROUNDS = 50;
const INSTANCES = 4;

let server: PostgresServer;
let schemas = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

const aSchema = () => {
  schemas += 1;
  return server.schema(`jobs_${schemas}`);
};

async function instance(schema: string) {
  const storage = await openPostgresStorage(schema);
  onTestFinished(() => storage.close());
  const claim = (limit = 10) =>
    storage.unitOfWork.run(({ jobs }) => jobs.claim({ lane: 'local', limit, leaseMs: HOUR }));
  return { ...storage, claim };
}

it('gives a job to one of several instances, however often they claim at the same moment', async () => {
  const schema = await aSchema();
  const instances = await Promise.all(Array.from({ length: INSTANCES }, () => instance(schema)));
  const [first] = instances;
  for (let round = 0; round < ROUNDS; round += 1) {
    await first?.unitOfWork.run(async ({ jobs }) => {
      for (let position = 1; position <= 7; position += 1) await jobs.add(anErasure(position), { delayMs: 0 });
    });
    const claims = (await Promise.all(instances.map(({ claim }) => claim(3)))).flat();
    const left = (await first?.claim()) ?? [];
    const ids = [...claims, ...left].map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([7, 7]);
  }
});

it('passes over what another instance is about to claim instead of waiting for it', async () => {
  const schema = await aSchema();
  const { unitOfWork, claim } = await instance(schema);
  await unitOfWork.run(async ({ jobs }) => {
    await jobs.add(anErasure(1), { delayMs: -2_000 });
    await jobs.add(anErasure(2), { delayMs: -1_000 });
  });
  const other = new pg.Client(schema);
  await other.connect();
  onTestFinished(() => other.end());
  await other.query('begin; select 1 from jobs order by due_at limit 1 for update');
  expect(await claim()).toEqual([expect.objectContaining({ job: anErasure(2) })]);
  await other.query('rollback');
  expect(await claim()).toEqual([expect.objectContaining({ job: anErasure(1) })]);
});

it('leaves jobs of kinds alone that only a newer release knows, and claims poisoned data without a job', async () => {
  const schema = await aSchema();
  const { claim, view } = await instance(schema);
  const other = new pg.Client(schema);
  await other.connect();
  onTestFinished(() => other.end());
  await other.query(`
    insert into jobs (kind, data, due_at, written_at, attempts)
    values ('send_by_pigeon', '{}', 0, 0, 0), ('erase_message', '{', 0, 0, 0)`);
  expect(await claim()).toEqual([expect.objectContaining({ job: undefined })]);
  expect(await claim()).toEqual([]);
  expect(await view.jobs.count()).toEqual({ due: 1, dead: 0 });
});
