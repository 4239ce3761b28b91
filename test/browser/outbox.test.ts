import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { Outbox } from '../../src/adapters/browser/composer/outbox.ts';
import type { PendingPost, PendingPosts } from '../../src/adapters/browser/composer/pending.ts';
import type { PostFrame } from '../../src/adapters/wire/client-frames.ts';
import { NO_DETAILS } from '../../src/adapters/wire/message.ts';

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

describe('what other pages of the same reader have written', () => {
  it('is shown here, and sent by the page that wrote it', () => {
    const { outbox, sent, rows } = outboxThatSends(() => true, [elsewhere('a')]);
    outbox.sendAll();
    expect(rows).toEqual(['pending a']);
    expect(sent).toEqual([]);
  });

  it('GS-3: is sent by this page once the other one is gone, in order and once', () => {
    const { outbox, sent, gone } = outboxThatSends(() => true, [elsewhere('a'), elsewhere('b')]);
    gone('elsewhere');
    outbox.sendAll();
    expect(sent.map(({ client_id }) => client_id)).toEqual(['a', 'b']);
  });

  it('is sent at once when the other one goes while there is a connection', () => {
    const { outbox, sent, gone, changed } = outboxThatSends(() => true);
    outbox.sendAll();
    changed('a', elsewhere('a'));
    expect(sent).toEqual([]);
    gone('elsewhere');
    expect(sent.map(({ client_id }) => client_id)).toEqual(['a']);
  });

  it('is not sent when the other one saw it stored before it went', () => {
    const { outbox, sent, gone, changed, stored } = outboxThatSends(() => true, [elsewhere('a')]);
    outbox.sendAll();
    stored.delete('a');
    changed('a', undefined);
    gone('elsewhere');
    expect(sent).toEqual([]);
  });

  it('fails and goes here as it does there', () => {
    const { rows, changed } = outboxThatSends(() => true, [elsewhere('a')]);
    changed('a', { ...elsewhere('a'), failure: 'No room.' });
    changed('a', undefined);
    expect(rows).toEqual(['pending a', 'failed a', 'removed a']);
  });
});

it('GS-3: keeps what is on its way until it is stored', () => {
  const { outbox, sent, stored } = online();
  outbox.post('one');
  outbox.post('two');
  answer(outbox, sent[0]);
  expect([...stored.values()].map(({ text }) => text)).toEqual(['two']);
});

it('says which post failed last', () => {
  const { outbox, sent } = online();
  outbox.post('one');
  outbox.post('two');
  expect(outbox.lastFailed).toBeUndefined();
  outbox.refuse(sent[0]?.client_id ?? '', 'No room.');
  expect(outbox.lastFailed?.text).toBe('one');
});

const elsewhere = (clientId: string): PendingPost => ({
  clientId,
  text: `text of ${clientId}`,
  sentAt: '2026-01-01T00:00:00.000Z',
  tab: 'elsewhere',
});

const online = () => outboxThatSends(() => true);

function outboxThatSends(sends: () => boolean, kept: PendingPosts = []) {
  const sent: PostFrame[] = [];
  const rows: string[] = [];
  const unanswered = vi.fn<() => void>();
  const stored = new Map(kept.map((post) => [post.clientId, post]));
  const heirs = new Map<string, () => void>();
  let changed: (clientId: string, post: PendingPost | undefined) => void = () => {};
  let made = 0;
  const outbox = new Outbox({
    viewer: ada,
    timeline: {
      hasStored: () => false,
      showPending: ({ clientId }) => rows.push(`pending ${clientId}`),
      showFailure: (clientId) => rows.push(`failed ${clientId}`),
      removePending: (clientId) => rows.push(`removed ${clientId}`),
    },
    storage: {
      load: () => [...stored.values()],
      put: (post) => stored.set(post.clientId, post),
      remove: (clientId) => stored.delete(clientId),
      onChange: (listener) => {
        changed = (clientId, post) => {
          if (post) stored.set(clientId, post);
          listener(clientId, post);
        };
      },
    },
    tabs: { own: 'here', inherit: (tab, take) => heirs.set(tab, take) },
    newClientId: () => {
      made += 1;
      return `id${made}`;
    },
    send: (frame) => {
      sent.push(frame);
      return sends();
    },
    unanswered,
  });
  return {
    outbox,
    sent,
    rows,
    stored,
    changed: (clientId: string, post: PendingPost | undefined) => changed(clientId, post),
    gone: (tab: string) => heirs.get(tab)?.(),
    missed: () => unanswered.mock.calls.length,
  };
}
function answer(outbox: Outbox, post: PostFrame | undefined): boolean {
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
    ...NO_DETAILS,
  });
}
