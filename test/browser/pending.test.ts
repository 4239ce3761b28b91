import { expect, test } from 'vitest';
import {
  find,
  isOutboxFull,
  MAX_PENDING,
  type PendingPost,
  type PendingPosts,
  parsePending,
  unsent,
  withoutPost,
  withPost,
} from '../../src/adapters/browser/composer/pending.ts';

const post = (clientId: string): PendingPost => ({
  clientId,
  text: `text of ${clientId}`,
  sentAt: '2026-01-01T00:00:00.000Z',
  tab: 'tab',
});
const failed = (clientId: string): PendingPost => ({ ...post(clientId), failure: 'No room.' });
const posts = (...ids: string[]): PendingPosts => ids.map(post);

test('posts wait in the order in which they were written', () => {
  const waiting = withPost(withPost([], post('a')), post('b'));
  expect(unsent(waiting).map(({ clientId }) => clientId)).toEqual(['a', 'b']);
});

test('what was acknowledged waits no more, and the others go on', () => {
  expect(withoutPost(posts('a', 'b', 'c'), 'b')).toEqual(posts('a', 'c'));
});

test('a post of another tab comes in its place, and a new state of one in place of the old', () => {
  expect(withPost(posts('a', 'c'), post('b'))).toEqual(posts('a', 'b', 'c'));
  expect(withPost(posts('a', 'b'), failed('a'))).toEqual([failed('a'), post('b')]);
});

test('what failed is kept with its reason, and is not sent by itself again', () => {
  const waiting = withPost(posts('a', 'b'), failed('a'));
  expect(find(waiting, 'a')?.failure).toBe('No room.');
  expect(unsent(waiting)).toEqual(posts('b'));
});

test('only so many posts wait at a time, those that failed not counted', () => {
  const many = posts(...Array.from({ length: MAX_PENDING }, (_, index) => `id${index}`));
  expect(isOutboxFull(many)).toBe(true);
  expect(isOutboxFull(withPost(many, failed('id0')))).toBe(false);
});

test('stored posts come back as they were', () => {
  for (const each of [post('a'), failed('b')]) expect(parsePending(JSON.stringify(each))).toEqual(each);
});

test.each([undefined, '', 'nonsense', '{}', 'null', '{"clientId":"a"}', '{"clientId":1,"text":"x","sentAt":"y"}'])(
  'whatever else is stored, such as %j, counts as no post',
  (stored) => {
    expect(parsePending(stored)).toBeUndefined();
  },
);
