import Database from 'better-sqlite3';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector } from 'kysely';
import { expect, test } from 'vitest';
import { SteadyQueryCompiler } from '../../src/adapters/sqlite/query-compiler.ts';

interface Tables {
  fish: { id: number; name: string };
}

const db = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (of) => new SqliteIntrospector(of),
    createQueryCompiler: () => new SteadyQueryCompiler(),
  },
});

test('hides parameters of conditions and limits from the planner, and no others', () => {
  expect(db.selectFrom('fish').select('id').where('name', '=', 'cod').limit(3).compile()).toMatchObject({
    sql: 'select "id" from "fish" where "name" = (select ?) limit (select ?)',
    parameters: ['cod', 3],
  });
  expect(db.insertInto('fish').values({ id: 1, name: 'cod' }).compile().sql).toBe(
    'insert into "fish" ("id", "name") values (?, ?)',
  );
  expect(db.updateTable('fish').set({ name: 'cod' }).where('id', '=', 1).compile().sql).toBe(
    'update "fish" set "name" = ? where "id" = (select ?)',
  );
});

test('keeps indexes in use', () => {
  const database = new Database(':memory:');
  database.exec('create table fish (id integer primary key, name text) strict; create index by_name on fish (name)');
  const { sql } = db.selectFrom('fish').select('id').where('name', '=', 'cod').orderBy('id').limit(3).compile();
  const plan = database.prepare<[string, number], { detail: string }>(`explain query plan ${sql}`).all('cod', 3);
  expect(plan.map(({ detail }) => detail)).toContain('SEARCH fish USING COVERING INDEX by_name (name=?)');
  database.close();
});
