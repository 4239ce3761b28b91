import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROW = /^\| ([\d., ]+) \| (met|not yet|n\/a) \| (.+) \|$/;

const rows = readFileSync('docs/asvs.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, numbers = '', state, why = ''] = ROW.exec(line) ?? [];
    return state === undefined ? [] : [{ numbers, state, why }];
  });

const testsIn = (why: string): readonly string[] => [...why.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file);

/** The promises that a row names; `CS-1 to CS-4` stands for four. */
function promisesIn(why: string): readonly string[] {
  const single = [...why.matchAll(/\b[A-Z]{2}-\d+\b/g)].map(([id]) => id);
  const ranges = [...why.matchAll(/\b([A-Z]{2})-(\d+) to [A-Z]{2}-(\d+)\b/g)].flatMap(([, area, first, last]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${area}-${Number(first) + index}`),
  );
  return [...new Set([...single, ...ranges])];
}

describe('docs/asvs.md', () => {
  it('has each of the 253 requirements once, and security.md has the right totals', () => {
    const counts = { met: 0, 'not yet': 0, 'n/a': 0 };
    const numbers = rows.flatMap(({ numbers, state }) => {
      const all = numbers.split(', ');
      counts[state as keyof typeof counts] += all.length;
      return all;
    });
    expect([numbers.length, new Set(numbers).size]).toEqual([253, 253]);
    expect(readFileSync('docs/security.md', 'utf8')).toContain(
      `${counts.met} are met, ${counts['n/a']} do not apply, and ${counts['not yet']} are not met yet`,
    );
  });

  it.each(rows.filter(({ state, why }) => state === 'met' && testsIn(why).length > 0))(
    'names tests that hold what it says of $numbers',
    ({ why }) => {
      const tests = testsIn(why);
      expect(tests.filter((file) => !existsSync(file))).toEqual([]);
      const texts = tests.map((file) => readFileSync(file, 'utf8')).join('\n');
      expect(promisesIn(why).filter((id) => !texts.includes(id))).toEqual([]);
    },
  );
});
