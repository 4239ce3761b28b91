import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import type { Installation } from '../../src/domain/installation.ts';
import { insertUser } from '../builders.ts';
import { PostgresServer } from './postgres-server.ts';

let server: PostgresServer;
let places = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

async function aSchema(): Promise<{ name: string; url: string }> {
  places += 1;
  return { name: `home_${places}`, url: await server.schema(`home_${places}`) };
}

async function serve(url: string, use: (storage: Storage) => Promise<void> = async () => {}): Promise<Installation> {
  const storage = await openPostgresStorage(url);
  await use(storage);
  await storage.close();
  return storage.installation;
}

/** What `pg_restore --clean` does: it creates the tables again and inserts the rows of the dump. */
async function restore(name: string): Promise<void> {
  for (const table of ['installation', 'database_marks']) {
    await server.query(`
      set search_path = ${name};
      create temporary table dump as select * from ${table};
      drop table ${table};
      create table ${table} (like dump);
      insert into ${table} select * from dump`);
  }
}

it('ST-1: all instances agree on the installation and its epoch, also when they start together', async () => {
  const { url } = await aSchema();
  const storages = await Promise.all(Array.from({ length: 4 }, () => openPostgresStorage(url)));
  const [first, ...others] = storages.map(({ installation }) => installation);
  for (const other of others) expect(other).toEqual(first);
  for (const storage of storages) await storage.close();
  expect(await serve(url)).toEqual(first);
});

it('ST-1: a database that was restored from a dump keeps its id and has a new epoch, at every instance', async () => {
  const { name, url } = await aSchema();
  const first = await serve(url);
  await restore(name);
  const instances = await Promise.all([serve(url), serve(url), serve(url)]);
  for (const each of instances) {
    expect(each.id).toBe(first.id);
    expect(each.epoch).not.toBe(first.epoch);
    expect(each).toEqual(instances[0]);
  }
  expect(await serve(url)).toEqual(instances[0]);
});

it('ST-1: the documented statement gives a new epoch at the next start', async () => {
  const { name, url } = await aSchema();
  const first = await serve(url);
  await server.query(`delete from ${name}.database_marks`);
  const next = await serve(url);
  expect(next.id).toBe(first.id);
  expect(next.epoch).not.toBe(first.epoch);
});

it('ST-1: after a restore nobody gets the id of a user who is gone', async () => {
  const { name, url } = await aSchema();
  const ids: number[] = [];
  const add = (username: string) => (storage: Storage) =>
    storage.unitOfWork.run(async (store) => void ids.push((await insertUser(store, username)).id));
  await serve(url, add('ada'));
  await restore(name);
  await serve(url, add('eve'));
  expect(ids[1]).toBeGreaterThan((ids[0] ?? 0) + 100);
});

it('starts where the server tells not everybody which one it is', async () => {
  const { url } = await aSchema();
  await server.query('revoke execute on function pg_control_system() from public');
  await server.query('create role guest login; grant all on schema public to guest');
  await server.query('create schema guests authorization guest');
  const asGuest = url.replace('shoal@', 'guest@').replace(/search_path%3D\w+/, 'search_path%3Dguests');
  const first = await serve(asGuest);
  expect(await serve(asGuest)).toEqual(first);
  await server.query('grant execute on function pg_control_system() to public');
});
