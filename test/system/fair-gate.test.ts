import { describe, expect, it } from 'vitest';
import { FairGate } from '../../src/adapters/system/fair-gate.ts';

/** A gate whose work ends when it is told to, in the order in which it began. */
function aGate(maxInside = 1, maxWaiting = 6) {
  const gate = new FairGate({ maxInside, maxWaiting });
  const begun: string[] = [];
  const refused: string[] = [];
  const endings: (() => void)[] = [];
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    begun,
    refused,
    async arrive(address: string, ...names: readonly string[]) {
      for (const name of names) {
        const work = () =>
          new Promise<void>((end) => {
            begun.push(name);
            endings.push(end);
          });
        gate.pass(address, work).catch(() => refused.push(name));
      }
      await turn();
    },
    async endAll() {
      for (let end = endings.shift(); end; end = endings.shift()) {
        end();
        await turn();
      }
    },
  };
}

describe('BU-2: the queue for hashing passwords', () => {
  it('serves one address after another, however many one of them sends', async () => {
    const { arrive, begun, endAll } = aGate();
    await arrive('crowd', 'c1', 'c2', 'c3', 'c4');
    await arrive('ada', 'a1', 'a2');
    await arrive('bob', 'b1');
    await endAll();
    expect(begun).toEqual(['c1', 'c2', 'a1', 'b1', 'c3', 'a2', 'c4']);
  });

  it('refuses the newest of the longest queue when it is full, and not the newcomer from elsewhere', async () => {
    const { arrive, begun, refused, endAll } = aGate();
    await arrive('crowd', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7');
    await arrive('ada', 'a1');
    await arrive('bob', 'b1');
    await arrive('crowd', 'c8');
    expect(refused).toEqual(['c7', 'c6', 'c8']);
    await endAll();
    expect(begun).toEqual(['c1', 'c2', 'a1', 'b1', 'c3', 'c4', 'c5']);
  });

  it('refuses the newcomer where all queues are equally long', async () => {
    const { arrive, refused } = aGate(1, 2);
    await arrive('ada', 'a1', 'a2');
    await arrive('bob', 'b1');
    await arrive('cyd', 'd1');
    expect(refused).toEqual(['d1']);
  });

  it('hands a place on when the work fails', async () => {
    const gate = new FairGate({ maxInside: 1, maxWaiting: 1 });
    const failing = gate.pass('ada', () => Promise.reject(new Error('broken')));
    const next = gate.pass('ada', async () => 'done');
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('done');
    expect(await gate.pass('ada', async () => 'again')).toBe('again');
  });
});
