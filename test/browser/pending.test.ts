import { expect, test } from 'vitest';
import {
  find,
  isFull,
  MOST_PENDING,
  type PendingPost,
  type PendingPosts,
  parsePending,
  unsent,
  withFailure,
  withoutPost,
  withPost,
} from '../../src/adapters/browser/pending.ts';

const post = (clientId: string): PendingPost => ({
  clientId,
  text: `text of ${clientId}`,
  sentAt: '2026-01-01T00:00:00.000Z',
});
const posts = (...ids: string[]): PendingPosts => ids.map(post);

test('posts wait in the order in which they were written', () => {
  const waiting = withPost(withPost([], post('a')), post('b'));
  expect(unsent(waiting).map(({ clientId }) => clientId)).toEqual(['a', 'b']);
});

test('what was acknowledged waits no more, and the others go on', () => {
  expect(withoutPost(posts('a', 'b', 'c'), 'b')).toEqual(posts('a', 'c'));
});

test('what failed is kept with its reason, and is not sent by itself again', () => {
  const failed = withFailure(posts('a', 'b'), 'a', 'No room.');
  expect(find(failed, 'a')?.failure).toBe('No room.');
  expect(unsent(failed)).toEqual(posts('b'));
});

test('only so many posts wait at a time, those that failed not counted', () => {
  const many = posts(...Array.from({ length: MOST_PENDING }, (_, index) => `id${index}`));
  expect(isFull(many)).toBe(true);
  expect(isFull(withFailure(many, 'id0', 'No room.'))).toBe(false);
});

test('stored posts come back as they were', () => {
  const stored = withFailure(posts('a', 'b'), 'b', 'No room.');
  expect(parsePending(JSON.stringify(stored))).toEqual(stored);
});

test.each([null, '', 'nonsense', '{}', '[1,null,{"clientId":"a"}]', '[{"clientId":1,"text":"x","sentAt":"y"}]'])(
  'whatever else is stored, such as %j, counts as no posts',
  (stored) => {
    expect(parsePending(stored)).toEqual([]);
  },
);
