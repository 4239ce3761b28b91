import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const [, plan = ''] = /## Floor plan\n\n```\n(.*?)```/s.exec(text) ?? [];

const files = ['src', 'test', 'scripts', 'templates', 'static/css', 'docs'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `/${folder}/${name}`),
);
const named = [...text.matchAll(/`([\w./-]+\.(?:ts|eta|css|md))`/g)].map(([, name = '']) => name);

const foldersOf = (layer: string) =>
  readdirSync(join(root, 'src', layer), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

describe('docs/architecture.md', () => {
  it('is read with its floor plan', () => {
    expect([named.length > 50, plan.split('\n').length > 40]).toEqual([true, true]);
  });

  it.each([...new Set(named.filter((name) => name !== 'README.md'))])('names a file that exists: %s', (name) => {
    expect(files.some((file) => file.endsWith(`/${name}`))).toBe(true);
  });

  it.each(['domain', 'application', 'adapters'].flatMap(foldersOf))('has the room %s on its floor plan', (folder) => {
    expect(plan).toMatch(new RegExp(`(^|\\s)${folder}/`, 'm'));
  });
});
