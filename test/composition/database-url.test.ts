import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/composition/config.ts';
import { ConfigError } from '../../src/composition/config-error.ts';
import { readDatabaseUrl } from '../../src/composition/database-url.ts';

function problem(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('These make sense.');
}

const root = mkdtempSync(join(tmpdir(), 'shoal-database-url-'));
const before = process.cwd();
beforeAll(() => {
  mkdirSync(join(root, 'data'));
  for (const name of ['there.db', 'a%20b.db', 'c%20d.db', 'c d.db']) writeFileSync(join(root, name), '');
  process.chdir(root);
});
afterAll(() => {
  process.chdir(before);
  rmSync(root, { recursive: true });
});

describe('DATABASE_URL takes what Rust and SQLAlchemy users write', () => {
  it.each([
    ['sqlite:chat.db', 'chat.db'],
    ['sqlite:./chat.db', './chat.db'],
    ['sqlite:/srv/chat.db', '/srv/chat.db'],
    ['sqlite:chat.db?mode=rwc', 'chat.db'],
    ['sqlite:chat.db?', 'chat.db'],
    ['sqlite:chat.db?mode=rwc&cache=private', 'chat.db'],
    ['sqlite://chat.db', 'chat.db'],
    ['sqlite://x/y', 'x/y'],
    ['sqlite://x/y.db?mode=rwc', 'x/y.db'],
    ['sqlite:////srv/chat.db', '/srv/chat.db'],
    ['sqlite+pysqlite:///chat.db', 'chat.db'],
    ['sqlite+aiosqlite:////srv/chat.db', '/srv/chat.db'],
    ['sqlite:my%20chat.db', 'my chat.db'],
    ['sqlite:what%3F.db?mode=rwc', 'what?.db'],
    ['sqlite:100%.db', '100%.db'],
    ['sqlite:100%zz%20x%ff.db', '100%zz x%ff.db'],
    ['sqlite:chat#1.db', 'chat#1.db'],
    // The file with the literal name exists, and the decoded one does not.
    ['sqlite:a%20b.db', 'a%20b.db'],
    ['sqlite:c%20d.db', 'c d.db'],
  ])('%s', (url, path) => {
    expect(readDatabaseUrl(url)).toEqual({ kind: 'sqlite', path });
  });

  it('mode=rw makes no new file', () => {
    expect(readDatabaseUrl('sqlite://chat.db?mode=rw')).toEqual({ kind: 'sqlite', path: 'chat.db', mustExist: true });
  });

  it.each(['sqlite::memory:', 'sqlite://:memory:', 'sqlite:///:memory:', 'sqlite:x?mode=memory', 'sqlite+pysqlite://'])(
    'what is kept in memory: %s',
    (url) => {
      expect(readDatabaseUrl(url)).toEqual({ kind: 'memory' });
    },
  );

  it('three slashes, which Rust and SQLAlchemy read differently, where one of the readings is there', () => {
    expect(readDatabaseUrl('sqlite:///there.db')).toEqual({ kind: 'sqlite', path: 'there.db' });
    expect(readDatabaseUrl('sqlite:///data/new.db?mode=rwc')).toEqual({ kind: 'sqlite', path: 'data/new.db' });
    expect(readDatabaseUrl(`sqlite://${root}/data/new.db`)).toEqual({ kind: 'sqlite', path: `${root}/data/new.db` });
    expect(readDatabaseUrl(`sqlite://${root}/there.db`)).toEqual({ kind: 'sqlite', path: `${root}/there.db` });
  });

  it.each([
    ['postgres://ada:p%40ss@db.example.org/shoal', 'postgres://ada:p%40ss@db.example.org/shoal'],
    ['postgresql://db.example.org/shoal', 'postgresql://db.example.org/shoal'],
    ['postgresql+psycopg://ada@db/shoal?sslmode=require', 'postgresql://ada@db/shoal?sslmode=require'],
    ['postgresql+asyncpg://db/shoal', 'postgresql://db/shoal'],
    ['postgres+psycopg2://db/shoal', 'postgres://db/shoal'],
  ])('%s', (url, read) => {
    expect(readDatabaseUrl(url)).toEqual({ kind: 'postgres', url: read });
  });
});

describe('DATABASE_URL refuses the rest in one line that names it and says what to write', () => {
  it.each<[string, RegExp]>([
    ['sqlite:///database.db', /write sqlite:\/database\.db or sqlite:database\.db\.$/],
    ['sqlite:///nowhere-1/new.db', /write sqlite:\/nowhere-1\/new\.db or sqlite:nowhere-1\/new\.db/],
    ['sqlite:///100%25.db', /write sqlite:\/100%25\.db or sqlite:100%25\.db/],
    ['sqlite:', /a path/],
    ['sqlite://', /a path/],
    ['sqlite:///', /a path/],
    ['sqlite:chat.db?mode=ro', /no mode=ro: the server has to write/],
    ['sqlite:chat.db?mode=rx', /no mode=rx, but only mode=rwc/],
    ['sqlite:chat.db?mode=rwc&mode=rw', /mode once/],
    ['sqlite:chat.db?cache=shared', /no cache=shared/],
    ['sqlite:chat.db?immutable=1', /no immutable=1/],
    ['sqlite:chat.db?timeout=5', /no timeout=5/],
    ['sqlite:chat.db?constructor=x', /no constructor=x/],
    ['sqlite:what?.db', /no \.db, .* in a file name \? is written as %3F/],
    ['sqlite:file:chat.db', /without file:/],
    ['sqlite:chat.db\n', /control characters/],
    ['sqlite:a%00b.db', /control characters/],
    ['sqlite+pysqlite:chat.db', /a path/],
    ['sqlite3:chat.db', /sqlite:PATH, postgres:\/\/… or memory:/],
    ['mysql://db/shoal', /sqlite:PATH, postgres:\/\/… or memory:/],
    ['database.db', /^DATABASE_URL is "database\.db", .* sqlite:PATH/],
    ['postgres:shoal', /postgres:\/\/USER:PASSWORD@HOST\/DATABASE/],
  ])('%j', (url, reason) => {
    const line = problem({ DATABASE_URL: url });
    expect(line).toMatch(/^DATABASE_URL is /);
    expect(line).toMatch(reason);
    expect(line).not.toContain('\n');
  });
});

describe('a password that cannot be read is never printed', () => {
  it.each([
    ['REDIS_URL', 'redis://:50%off@h'],
    ['REDIS_URL', 'redis://ada:50%off@h:6379/0'],
    ['REDIS_URL', 'rediss://50%off@h'],
    ['REDIS_URL', 'redis://:50%off'],
    ['REDIS_URL', 'redis:50%off@h'],
    ['REDIS_URL', 'redis://:50%off/%off?#off@@h/x'],
    ['DATABASE_URL', 'postgres://ada:50%off@h/shoal'],
    ['DATABASE_URL', 'postgres://ada:50#off@h/shoal'],
    ['DATABASE_URL', 'postgres://ada:50/off@h/shoal'],
    ['DATABASE_URL', 'postgres://ada:50?off@h/shoal'],
    ['REDIS_URL', 'redis://:50#off@h'],
    ['DATABASE_URL', 'postgresql+psycopg://ada:50%off@h/shoal'],
    ['DATABASE_URL', 'postgres//ada:50%off@h/shoal'],
    ['DATABASE_URL', 'mysql://ada:50%off@h/shoal?password=50%off'],
  ])('%s=%s', (name, url) => {
    const line = problem({ [name]: url });
    expect(line).toMatch(new RegExp(`^${name} is .* makes no sense: it takes `));
    expect(line).not.toContain('off');
  });
});
