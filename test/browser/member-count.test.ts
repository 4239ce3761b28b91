import { expect, test } from 'vitest';
import { MemberCount } from '../../src/adapters/browser/member-count.ts';

function counting(): { readonly counts: number[]; readonly members: MemberCount } {
  const counts: number[] = [];
  return { counts, members: new MemberCount({ count: 1, asOf: 4, changed: (count) => counts.push(count) }) };
}

test('each notice is one more member', () => {
  const { counts, members } = counting();
  members.see({ kind: 'notice', position: 5 });
  members.see({ kind: 'notice', position: 6 });
  expect(counts).toEqual([2, 3]);
});

test('what people say is none', () => {
  const { counts, members } = counting();
  members.see({ kind: 'text', position: 5 });
  expect(counts).toEqual([]);
});

test('who was counted already is not counted again', () => {
  const { counts, members } = counting();
  members.see({ kind: 'notice', position: 4 });
  members.see({ kind: 'notice', position: 5 });
  members.see({ kind: 'notice', position: 5 });
  expect(counts).toEqual([2]);
});
