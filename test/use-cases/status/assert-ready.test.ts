import { describe, expect, it } from 'vitest';
import { makeAssertReady } from '../../../src/application/use-cases/status/assert-ready.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import { manualTimer } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

describe('assert-ready', () => {
  it('tells anybody, outsiders included, whether something can be stored', async () => {
    const { useCases, storage, timer } = await aWorld();
    expect(await refusal(useCases.assertReady())).toBeUndefined();
    storage.failCommits = true;
    timer.advance(1_000);
    expect(await refusal(useCases.assertReady())).toBe('unavailable');
    storage.failCommits = false;
    timer.advance(1_000);
    expect(await refusal(useCases.assertReady())).toBeUndefined();
  });

  it('asks the storage once a second at the most, however often and however many ask', async () => {
    const timer = manualTimer();
    let asked = 0;
    const answers: (() => void)[] = [];
    const assertWritable = () => {
      asked += 1;
      return new Promise<void>((resolve) => answers.push(resolve));
    };
    const assertReady = makeAssertReady({ assertWritable, timer });
    const slow = [assertReady(), assertReady()];
    timer.advance(5_000);
    slow.push(assertReady());
    expect(asked).toBe(1);
    answers[0]?.();
    await Promise.all(slow);
    timer.advance(999);
    await assertReady();
    expect(asked).toBe(1);
    timer.advance(1);
    void assertReady();
    expect(asked).toBe(2);
  });

  it('holds a bad answer as long as a good one', async () => {
    let asked = 0;
    const assertWritable = async () => {
      asked += 1;
      throw new DomainError('unavailable', 'full');
    };
    const assertReady = makeAssertReady({ assertWritable, timer: manualTimer() });
    for (let n = 0; n < 3; n += 1) expect(await refusal(assertReady())).toBe('unavailable');
    expect(asked).toBe(1);
  });
});
