import { readdirSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import * as z from 'zod';

const root = new URL('../../', import.meta.url);
const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(name, root), 'utf8'));

const lock = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      hasInstallScript: z.optional(z.boolean()),
      gypfile: z.optional(z.boolean()),
      version: z.optional(z.string()),
      integrity: z.optional(z.string()),
      dev: z.optional(z.boolean()),
    }),
  ),
});
const manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
});

const { packages } = lock.parse(readJson('package-lock.json'));
const { dependencies, allowScripts } = manifest.parse(readJson('package.json'));

it('an install compiles nothing: better-sqlite3 ships its binaries, and older npm versions must be told in the lock', () => {
  // `npm install` drops the line when it writes the lock anew: put it back.
  expect(packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
});

it('every package that would run a script at install has been decided on, and only `node` may', () => {
  const scripted = Object.entries(packages)
    .filter(([path, { hasInstallScript }]) => hasInstallScript && path.lastIndexOf('node_modules/') === 0)
    .map(([path]) => path.replace('node_modules/', ''));
  expect(scripted.filter((name) => !(name in allowScripts) && name !== 'fsevents')).toEqual([]);
  expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(['node']);
});

it.each([
  ['hono', '4.12.25'],
  ['ws', '8.21.0'],
])('SC-2: %s is %s or later: before that it had holes', (name, floor) => {
  const installed = packages[`node_modules/${name}`]?.version ?? '0';
  expect(installed.localeCompare(floor, 'en', { numeric: true })).toBeGreaterThanOrEqual(0);
});

it('SC-2: SQLite is 3.51.3 or later', () => {
  const database = new Database(':memory:');
  const version = String(database.prepare('select sqlite_version()').pluck().get());
  database.close();
  expect(version.localeCompare('3.51.3', 'en', { numeric: true })).toBeGreaterThanOrEqual(0);
});

it('SC-2: every package is checked against the hash of the lock', () => {
  for (const [path, { integrity }] of Object.entries(packages)) {
    if (path !== '') expect(integrity, path).toMatch(/^sha512-/);
  }
});

it('SC-1: what runs needs no install script, and has its binaries for both kinds of Linux on both kinds of processor', () => {
  const inProduction = Object.values(packages).filter(({ dev }) => dev !== true);
  expect(inProduction.filter(({ hasInstallScript }) => hasInstallScript)).toEqual([]);
  const prebuilt = readdirSync(new URL('node_modules/better-sqlite3/prebuilds/', root));
  for (const processor of ['x64', 'arm64']) {
    for (const libc of ['gnu', 'musl']) {
      expect(packages).toHaveProperty([`node_modules/@node-rs/argon2-linux-${processor}-${libc}`]);
      expect(prebuilt).toContain(`linux${libc === 'musl' ? 'musl' : ''}-${processor}.node`);
    }
  }
});

it('SC-2: there are at most 24 direct production dependencies', () => {
  expect(Object.keys(dependencies).length).toBeLessThanOrEqual(24);
});
