import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const ROW = /^\| ([A-Z]{2}-\d+) +\| .* \| `([^`]+)` +\|$/;
/** A title begins with the ids of what its test holds. */
const TITLE = /['"`]((?:[A-Z]{2}-\d+(?:, )?)+)/g;

const promises = new Map(
  readFileSync('docs/security.md', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, id, file] = ROW.exec(line) ?? [];
      return id && file ? [[id, file] as const] : [];
    }),
);
const named = new Map<string, Set<string>>();
for await (const file of glob('test/**/*.test.ts')) {
  if (file.endsWith('promises.test.ts')) continue;
  for (const [, ids = ''] of readFileSync(file, 'utf8').matchAll(TITLE)) {
    for (const id of ids.split(', ')) named.set(id, (named.get(id) ?? new Set()).add(file));
  }
}

describe('the promises of docs/security.md', () => {
  it('are many, and none stands twice', () => {
    const rows = readFileSync('docs/security.md', 'utf8').match(/^\| [A-Z]{2}-\d+ /gm) ?? [];
    expect(promises.size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(70);
  });

  it.each([...promises])('%s is tried in %s, by name', (id, file) => {
    expect([...(named.get(id) ?? [])]).toContain(file);
  });

  it('are all that tests hold by name', () => {
    expect([...named.keys()].filter((id) => !promises.has(id))).toEqual([]);
  });
});
