import { expect, it } from 'vitest';
import { CommitPace } from '../../src/adapters/kysely/commit-pace.ts';

const PACE = { gatherMs: 3, worthWaitingFor: 2 };

/** A pace that has seen one commit every so many milliseconds, with so many units each; the last one was at `now`. */
function paceOf({ every, units }: { every: number; units: number }): { pace: CommitPace; now: number } {
  const pace = new CommitPace(PACE);
  let now = 0;
  for (; now < 1000; now += every) pace.committed(units, now);
  return { pace, now: now - every };
}

it('a commit does not wait when nothing was committed before', () => {
  expect(new CommitPace(PACE).wait(0)).toBe(0);
});

it('a commit does not wait when hardly any unit would join it', () => {
  const { pace, now } = paceOf({ every: 10, units: 1 });
  expect(pace.wait(now + 1)).toBe(0);
});

it('a commit waits for the rest of three milliseconds when units keep coming', () => {
  const { pace, now } = paceOf({ every: 3, units: 3 });
  expect(pace.wait(now + 1)).toBe(2);
  expect(pace.wait(now + 3)).toBe(0);
});

it('a commit does not wait any more once the rush is over', () => {
  const { pace, now } = paceOf({ every: 3, units: 30 });
  pace.committed(1, now + 200);
  expect(pace.wait(now + 201)).toBe(0);
});

it('a lone client, who sends the next unit when it has the answer, is not kept waiting for nobody', () => {
  const pace = new CommitPace(PACE);
  let now = 0;
  let waited = 0;
  for (let unit = 0; unit < 1000; unit += 1) {
    const wait = pace.wait(now);
    waited += wait > 0 ? 1 : 0;
    now += wait + 0.5;
    pace.committed(1, now);
  }
  expect(waited).toBeLessThan(50);
});
