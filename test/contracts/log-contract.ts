import { describe, expect, it } from 'vitest';
import type { Log } from '../../src/application/ports/log.ts';

export interface WrittenLine {
  readonly level: string;
  readonly event: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface LogHome {
  readonly log: Log;
  /** What was written so far, in order. */
  written(): readonly WrittenLine[];
}

/** Every log runs this. */
export function logContract(name: string, makeHome: () => LogHome): void {
  describe(`the log of ${name}`, () => {
    it('writes one line a call, in order, at its level', () => {
      const { log, written } = makeHome();
      log.info({ event: 'began' }, 'it began');
      log.warn({ event: 'went_on' }, 'it went on');
      log.error({ event: 'ended' }, 'it ended');
      expect(written().map(({ level, event, message }) => [level, event, message])).toEqual([
        ['info', 'began', 'it began'],
        ['warn', 'went_on', 'it went on'],
        ['error', 'ended', 'it ended'],
      ]);
    });

    it('keeps the details of a line', () => {
      const { log, written } = makeHome();
      log.warn({ event: 'refused', address: '192.0.2.1', code: 'forbidden', count: 3, isLast: true }, 'refused');
      expect(written()[0]?.details).toMatchObject({
        address: '192.0.2.1',
        code: 'forbidden',
        count: 3,
        isLast: true,
      });
    });

    it.each([
      ['an error', new TypeError('broken')],
      ['an error with a cause', new Error('broken', { cause: new Error('deeper') })],
      ['a text', 'broken'],
      ['nothing', undefined],
      ['null', null],
      ['an object that contains itself', circular()],
    ])('takes whatever was thrown: %s', (_what, err) => {
      const { log, written } = makeHome();
      log.error({ event: 'failed', err }, 'it failed');
      expect(written()).toMatchObject([{ level: 'error', event: 'failed', message: 'it failed' }]);
    });
  });
}

function circular(): object {
  const object: { self?: object } = {};
  object.self = object;
  return object;
}
