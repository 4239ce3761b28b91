import { describe, expect, it } from 'vitest';
import { BulkTurns } from '../../../src/application/feed/bulk-turns.ts';
import { manualTimer, settled } from '../../fakes.ts';

/** Pieces of work of several parties; `done` has them in the order in which they were done. */
function recordingWork(turns: BulkTurns) {
  const done: string[] = [];
  const run = (party: string) => void turns.run(party, async () => void done.push(party));
  return { done, run };
}

describe('bulk work', () => {
  it('is done at once while its turn of the event loop has time left, and otherwise in a later one', async () => {
    const timer = manualTimer();
    let now = 0;
    const { done, run } = recordingWork(new BulkTurns({ ...timer, elapsed: () => now }));
    run('ada');
    run('bob');
    await settled();
    expect(done).toEqual(['ada', 'bob']);
    now = 5;
    run('carl');
    await settled();
    expect(done).toEqual(['ada', 'bob']);
    timer.advance(1);
    await settled();
    expect(done).toEqual(['ada', 'bob', 'carl']);
  });

  it('of one party does not delay that of another', async () => {
    const { done, run } = recordingWork(new BulkTurns(manualTimer()));
    for (let n = 0; n < 50; n += 1) run('ada');
    run('bob');
    await settled();
    expect(done.indexOf('bob')).toBeLessThan(6);
    expect(done).toHaveLength(51);
  });

  it('that fails makes room for the next', async () => {
    const turns = new BulkTurns(manualTimer());
    const fail = () => turns.run('ada', () => Promise.reject(new Error('no')));
    for (let n = 0; n < 10; n += 1) await expect(fail()).rejects.toThrow('no');
    expect(await turns.run('ada', async () => 'done')).toBe('done');
  });
});
