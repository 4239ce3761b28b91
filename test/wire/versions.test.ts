import { expect, it } from 'vitest';
import { VERSIONS_PER_PAGE, versionRows } from '../../src/adapters/wire/versions.ts';

/** A sequence that repeats only after a long time, so that no two texts are alike. */
function texts(words: readonly string[], length: number): () => string {
  let seed = 11;
  return () =>
    Array.from({ length }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return words[seed % words.length];
    }).join('');
}

it.each([
  ['emoji', ['😀', '👍', '🎉', '🐙'], 5_000],
  ['ideographs', ['世', '界', '和', '平'], 10_000],
  ['short words', ['a ', 'b ', 'c ', 'd '], 5_000],
] as const)(
  'a page of versions of the longest texts, all different, is compared within 750 ms of CPU time: %s',
  (_what, words, length) => {
    const text = texts(words, length);
    const versions = Array.from({ length: VERSIONS_PER_PAGE + 1 }, (_, index) => {
      return { revision: VERSIONS_PER_PAGE + 1 - index, text: text(), written_at: '2026-11-29T12:00:00.000Z' };
    });
    const began = process.cpuUsage();
    const rows = versionRows(versions);
    const { user, system } = process.cpuUsage(began);
    expect(rows).toHaveLength(VERSIONS_PER_PAGE);
    expect((user + system) / 1_000).toBeLessThan(750);
  },
);
