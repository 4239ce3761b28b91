import { describe, expect, it } from 'vitest';
import { makeBuckets, makeLocalBudgets } from '../../../src/adapters/rate-limiter/budgets.ts';
import { makeTakeWrite } from '../../../src/application/use-cases/identity/take-write.ts';
import { userId } from '../../../src/domain/ids.ts';
import { anActor, aUser } from '../../builders.ts';
import { manualTimer } from '../../fakes.ts';

describe('take-write', () => {
  it('takes from the budget of the actor alone: an outsider has their own', () => {
    const timer = manualTimer();
    const rate = { count: 2, withinMs: 2_000 };
    const budgets = makeLocalBudgets(makeBuckets({ writes: rate, reads: rate, stored_bytes: rate }, timer));
    const useCases = { takeWrite: makeTakeWrite({ budgets }) };
    const [ada, outsider] = [anActor(aUser({ id: userId(1) })), anActor(aUser({ id: userId(2) }))];
    expect([useCases.takeWrite(ada), useCases.takeWrite(ada)]).toEqual([0, 0]);
    expect(useCases.takeWrite(ada)).toBe(1_000);
    expect(useCases.takeWrite(outsider)).toBe(0);
    timer.advance(1_000);
    expect(useCases.takeWrite(ada)).toBe(0);
  });
});
