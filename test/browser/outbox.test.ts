import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Outbox } from '../../src/adapters/browser/outbox.ts';
import type { PendingPosts } from '../../src/adapters/browser/pending.ts';
import type { ClientFrame } from '../../src/adapters/wire/frames.ts';

const ada = { id: 7, username: 'ada' };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a post without an answer is missed after ten seconds', () => {
  const { outbox, missed } = online();
  outbox.post('hello');
  vi.advanceTimersByTime(9_999);
  expect(missed()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(missed()).toBe(1);
});

test('a post that was sent again and has no answer is missed too', () => {
  const { outbox, missed } = online();
  outbox.post('hello');
  vi.advanceTimersByTime(10_000);
  outbox.sendAll();
  vi.advanceTimersByTime(10_000);
  expect(missed()).toBe(2);
});

test('many posts without an answer are missed once', () => {
  const { outbox, missed } = online();
  for (const text of ['one', 'two', 'three']) outbox.post(text);
  vi.advanceTimersByTime(60_000);
  expect(missed()).toBe(1);
});

test('each answer is a sign of life for the posts behind it', () => {
  const { outbox, sent, missed } = online();
  outbox.post('one');
  outbox.post('two');
  vi.advanceTimersByTime(9_000);
  answer(outbox, sent[0]);
  vi.advanceTimersByTime(9_000);
  expect(missed()).toBe(0);
  vi.advanceTimersByTime(1_000);
  expect(missed()).toBe(1);
});

test('nothing is missed once all is stored or refused', () => {
  const { outbox, sent, missed } = online();
  outbox.post('one');
  outbox.post('two');
  answer(outbox, sent[0]);
  outbox.refuse(sent[1]?.client_id ?? '', 'No room.');
  vi.advanceTimersByTime(60_000);
  expect(missed()).toBe(0);
});

test('what could not be sent is not missed', () => {
  const { outbox, missed } = outboxThatSends(() => false);
  outbox.post('hello');
  vi.advanceTimersByTime(60_000);
  expect(missed()).toBe(0);
});

test('an answer to a post that was sent again is told from any other', () => {
  const { outbox, sent } = online();
  outbox.post('one');
  outbox.sendAll();
  outbox.post('two');
  expect(answer(outbox, sent[1])).toBe(true);
  expect(answer(outbox, sent[2])).toBe(false);
});

const online = () => outboxThatSends(() => true);

function outboxThatSends(sends: () => boolean) {
  const sent: ClientFrame[] = [];
  const unanswered = vi.fn<() => void>();
  let stored: PendingPosts = [];
  const outbox = new Outbox({
    viewer: ada,
    timeline: { hasStored: () => false, showPending: nothing, showFailure: nothing, removePending: nothing },
    storage: {
      load: () => stored,
      save: (posts) => {
        stored = posts;
      },
    },
    send: (frame) => {
      sent.push(frame);
      return sends();
    },
    unanswered,
  });
  return { outbox, sent, missed: () => unanswered.mock.calls.length };
}

const nothing = () => {};

function answer(outbox: Outbox, post: ClientFrame | undefined): boolean {
  return outbox.acknowledge({
    id: 1,
    chat_id: 1,
    position: 1,
    revision: 1,
    client_id: post?.client_id ?? null,
    kind: 'text',
    author: ada,
    text: post?.text ?? '',
    sent_at: '2026-01-01T00:00:00.000Z',
  });
}
