import { describe, expect, it } from 'vitest';
import { makeBuckets, makeLocalBudgets } from '../../../src/adapters/rate-limiter/budgets.ts';
import { makeTakeTurn } from '../../../src/application/use-cases/identity/take-turn.ts';
import { userId } from '../../../src/domain/ids.ts';
import { anActor, aUser } from '../../builders.ts';
import { manualTimer } from '../../fakes.ts';

describe('take-turn', () => {
  it('takes from one budget of the actor alone: an outsider has their own', () => {
    const timer = manualTimer();
    const rate = { count: 2, withinMs: 2_000 };
    const buckets = makeBuckets(
      { writes: rate, reads: rate, signals: rate, typing: rate, presence: rate, stored_bytes: rate },
      timer,
    );
    const useCases = { takeTurn: makeTakeTurn({ budgets: makeLocalBudgets(buckets) }) };
    const [ada, outsider] = [anActor(aUser({ id: userId(1) })), anActor(aUser({ id: userId(2) }))];
    expect([useCases.takeTurn(ada, 'writes'), useCases.takeTurn(ada, 'writes')]).toEqual([0, 0]);
    expect(useCases.takeTurn(ada, 'writes')).toBe(1_000);
    expect(useCases.takeTurn(ada, 'signals')).toBe(0);
    expect(useCases.takeTurn(outsider, 'writes')).toBe(0);
    timer.advance(1_000);
    expect(useCases.takeTurn(ada, 'writes')).toBe(0);
  });
});
