import { describe, expect, it } from 'vitest';
import type { Timer } from '../../src/application/ports/timer.ts';

export interface TimerHome {
  readonly timer: Timer;
  /** Lets this much time pass, for a timer that only tests move. */
  pass(ms: number): void;
}

/** Every timer runs this. */
export function timerContract(name: string, makeHome: () => TimerHome): void {
  describe(`the timer of ${name}`, () => {
    it('runs what comes later no sooner than was asked, to the millisecond', async () => {
      const { timer, pass } = makeHome();
      const begun = timer.elapsed();
      const ran = new Promise<number>((resolve) => timer.after(20, () => resolve(timer.elapsed())));
      pass(20);
      expect(await ran).toBeGreaterThanOrEqual(begun + 19);
    });

    it('runs each thing once, what is due first before what is due later', async () => {
      const { timer, pass } = makeHome();
      const ran: string[] = [];
      const last = new Promise<void>((resolve) => {
        timer.after(30, () => {
          ran.push('late');
          timer.after(30, resolve);
        });
      });
      timer.after(10, () => ran.push('early'));
      pass(10);
      pass(20);
      pass(30);
      await last;
      expect(ran).toEqual(['early', 'late']);
    });

    it('runs nothing within the call that asks for it, not even what is due at once', async () => {
      const { timer, pass } = makeHome();
      const ran: string[] = [];
      const both = Promise.all([
        new Promise<void>((resolve) => timer.soon(() => resolve(void ran.push('soon')))),
        new Promise<void>((resolve) => timer.after(0, () => resolve(void ran.push('after')))),
      ]);
      ran.push('asked');
      await Promise.resolve();
      pass(0);
      await both;
      expect(ran).toEqual(['asked', 'soon', 'after']);
    });

    it('never steps back', () => {
      const { timer, pass } = makeHome();
      const seen = [timer.elapsed()];
      for (let n = 0; n < 100; n += 1) {
        pass(1);
        seen.push(timer.elapsed());
      }
      expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    });
  });
}
