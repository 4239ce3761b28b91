import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatId, userId } from '../../../src/domain/ids.ts';
import { NO_SIGNALS, type Typing, tellTyping, withoutTyping, withTyping } from '../../../src/domain/typing/typing.ts';
import { aUser } from '../../builders.ts';

const CHAT = chatId(1);
const by = (id: number): Typing => ({ chatId: CHAT, user: aUser({ id: userId(id) }) });
const idsOf = (due: readonly Typing[]) => due.map(({ user }) => user.id);

describe('typing', () => {
  it('is told at once where few people write', () => {
    const signals = withTyping(withTyping(NO_SIGNALS, by(1), 0), by(2), 0);
    const told = tellTyping(signals, 0);
    expect(idsOf(told.due)).toEqual([1, 2]);
    expect(told.nextAt).toBeUndefined();
  });

  it('waits for the next second where more do, the longest first', () => {
    const signals = [1, 2, 3, 4, 5].reduce((all, id) => withTyping(all, by(id), 0), NO_SIGNALS);
    const first = tellTyping(signals, 0);
    expect(idsOf(first.due)).toEqual([1, 2]);
    expect(first.nextAt).toBe(1_000);
    expect(tellTyping(first.signals, 999).due).toEqual([]);
    const second = tellTyping(withTyping(first.signals, by(1), 500), 1_000);
    expect(idsOf(second.due)).toEqual([3, 4]);
    expect(idsOf(tellTyping(second.signals, 2_000).due)).toEqual([1]);
  });

  it('is not told any more once the person has posted, or 2 s have passed', () => {
    const full = tellTyping(withTyping(withTyping(NO_SIGNALS, by(1), 0), by(2), 0), 0).signals;
    const waiting = withTyping(withTyping(full, by(3), 0), by(4), 0);
    expect(idsOf(tellTyping(withoutTyping(waiting, userId(3)), 1_000).due)).toEqual([4]);
    expect(tellTyping(waiting, 2_000)).toMatchObject({ due: [], nextAt: undefined });
  });

  it('costs a follower at most 2 frames in any second, gives everybody a turn, and tells nobody who is silent', () => {
    const act = fc.record({ id: fc.integer({ min: 1, max: 8 }), posts: fc.boolean(), after: fc.nat(700) });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 120 }), (acts) => {
        let signals = NO_SIGNALS;
        let now = 0;
        const told: { readonly id: number; readonly at: number }[] = [];
        const heard = new Map<number, number>();
        for (const { id, posts, after } of acts) {
          now += after;
          if (posts) heard.delete(id);
          else heard.set(id, now);
          signals = posts ? withoutTyping(signals, userId(id)) : withTyping(signals, by(id), now);
          const telling = tellTyping(signals, now);
          signals = telling.signals;
          for (const { user } of telling.due) {
            expect(now - (heard.get(user.id) ?? Number.NEGATIVE_INFINITY)).toBeLessThan(2_000);
            told.push({ id: user.id, at: now });
          }
          expect(told.filter(({ at }) => at > now - 1_000).length).toBeLessThanOrEqual(2);
          expect(signals.untold.length === 0).toBe(telling.nextAt === undefined);
          if (telling.nextAt !== undefined) expect(telling.nextAt).toBeGreaterThan(now);
        }
      }),
    );
  });
});
