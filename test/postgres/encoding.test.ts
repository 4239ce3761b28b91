import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMovablePostgres } from '../../src/adapters/postgres/movable.ts';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { PostgresServer } from './postgres-server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

it.each(['LATIN1', 'SQL_ASCII'])(
  'a PostgreSQL that is not UTF8 is refused before anything is made in it: %s',
  async (encoding) => {
    const name = `in_${encoding.toLowerCase()}`;
    await server.query(`create database ${name} encoding '${encoding}' template template0 lc_collate 'C' lc_ctype 'C'`);
    const url = server.url.replace(/\/postgres$/, `/${name}`);
    const reason = `The database "${name}" is encoded in ${encoding}, and has to be in UTF8.`;
    await expect(openPostgresStorage(url)).rejects.toThrow(reason);
    await expect(openMovablePostgres(url)).rejects.toThrow(reason);
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query("select relname from pg_class where relnamespace = 'public'::regnamespace");
    await client.end();
    expect(rows).toEqual([]);
  },
);

it('a migrated database has no constraint that lists the kinds and roles, which will grow', async () => {
  const schema = await server.schema('constraints');
  await (await openPostgresStorage(schema)).close();
  const { rows } = await server.query(
    "select conname, pg_get_constraintdef(oid) from pg_constraint where contype = 'c' and connamespace = 'constraints'::regnamespace",
  );
  expect(rows).toEqual([]);
});
