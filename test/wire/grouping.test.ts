import { describe, expect, it } from 'vitest';
import { continues, type Utterance } from '../../src/adapters/wire/grouping.ts';

const MINUTE = 60_000;
const before: Utterance = { kind: 'text', authorId: 7, sentAt: 0, day: '2026-03-01', isReply: false };

describe('a message under the header of the one before', () => {
  it('is the same author’s, within five minutes', () => {
    expect(continues({ ...before, sentAt: 5 * MINUTE }, before)).toBe(true);
    expect(continues({ ...before, sentAt: 5 * MINUTE + 1 }, before)).toBe(false);
  });

  it.each<[string, Partial<Utterance>]>([
    ['another author', { authorId: 8 }],
    ['a notice', { kind: 'notice' }],
    ['a new day', { day: '2026-03-02' }],
  ])('is not one of %s', (_, change) => {
    expect(continues({ ...before, ...change }, before)).toBe(false);
    expect(continues(before, { ...before, ...change })).toBe(false);
  });

  it('is no reply, but may follow one', () => {
    expect(continues({ ...before, isReply: true }, before)).toBe(false);
    expect(continues(before, { ...before, isReply: true })).toBe(true);
  });

  it('is not the first', () => {
    expect(continues(before, undefined)).toBe(false);
  });
});
