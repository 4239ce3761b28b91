import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { Writer } from '../../src/adapters/postgres/writer.ts';
import { PostgresServer } from './postgres-server.ts';

let server: PostgresServer;
let writer: Writer;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.remove());

beforeEach(async () => {
  writer = new Writer(server.url);
  await writer.connect();
  onTestFinished(() => writer.close());
});

const DOUBLE = 'select $1::bigint * 2 as twice';

it('reads rows as the columns say: numbers, texts, arrays, and nothing', async () => {
  const sql =
    'select $1::bigint as number, $2::text as text, $3::text as missing, array_length($4::text[], 1) as length';
  const values = [2 ** 53 - 1, 'O\'Hara "\\"', null, ['a', '{"b",\\}', null, '', 'NULL']];
  for (let times = 0; times < 2; times += 1) {
    const { rows, command } = await writer.ask(sql, values);
    expect(rows).toEqual([{ number: 2 ** 53 - 1, text: 'O\'Hara "\\"', missing: null, length: 5 }]);
    expect(command).toBe('SELECT');
  }
});

it('answers what is asked in one turn in its order', async () => {
  const answers = await Promise.all([1, 2, 3].map((value) => writer.ask<{ twice: number }>(DOUBLE, [value])));
  expect(answers.map(({ rows }) => rows[0]?.twice)).toEqual([2, 4, 6]);
});

it('what fails takes with it what comes after it in this turn, and what came before stands', async () => {
  const outcomes = await Promise.allSettled([
    writer.ask(DOUBLE, [1]),
    writer.ask('select 1 / $1::bigint', [0]),
    writer.ask(DOUBLE, [2]),
    writer.ask('select $1::text as never_prepared', ['x']),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
  expect((await writer.ask(DOUBLE, [4])).rows).toEqual([{ twice: 8 }]);
});

it('a statement that failed can be asked again, wherever it did', async () => {
  await expect(writer.ask('select $1::bigint as value', ['none'])).rejects.toThrow('invalid input syntax');
  expect((await writer.ask('select $1::bigint as value', [1])).rows).toEqual([{ value: 1 }]);
  await expect(writer.ask('select $1::bigint as value', ['none'])).rejects.toThrow('invalid input syntax');
  expect((await writer.ask('select $1::bigint as value', [2])).rows).toEqual([{ value: 2 }]);
  await expect(writer.ask('select $1::nothing', [1])).rejects.toThrow('does not exist');
  await expect(writer.ask('select $1::nothing', [1])).rejects.toThrow('does not exist');
});

it('PG-1: what is asked of a connection that is lost fails, and on another one it is asked anew', async () => {
  expect((await writer.ask(DOUBLE, [1])).rows).toEqual([{ twice: 2 }]);
  const asked = writer.ask('select pg_sleep($1)', [60]);
  // At once: the server has said that it ends the connection, which may still be open.
  const askedAgain = expect(asked.catch(() => writer.ask(DOUBLE, [2]))).rejects.toThrow('stored');
  await expect.poll(() => endSleepers()).toBe(1);
  await askedAgain;
  await writer.connect();
  expect((await writer.ask(DOUBLE, [3])).rows).toEqual([{ twice: 6 }]);
});

async function endSleepers(): Promise<number> {
  const sql = "select pg_terminate_backend(pid) from pg_stat_activity where query like 'select pg_sleep%'";
  return (await server.query(sql)).rowCount ?? 0;
}

it.each([
  ['together with it', async () => undefined],
  ['before it', () => new Promise(setImmediate)],
])(
  'says of a commit that it was none when something in the transaction that was sent %s had failed',
  async (_, moment) => {
    await writer.ask('create temporary table kept (value bigint)');
    writer.begin('insert into kept values ($1)', [1]);
    expect(await writer.commit()).toBe(true);
    writer.begin('insert into kept values ($1)', [2]);
    await writer.begun;
    writer.send('insert into kept values ($1 / 0)', [3]);
    await moment();
    expect(await writer.commit()).toBe(false);
    writer.begin('insert into kept values ($1)', [4]);
    expect(await writer.commit()).toBe(true);
    expect((await writer.ask('select value from kept')).rows).toEqual([{ value: 1 }, { value: 4 }]);
  },
);
