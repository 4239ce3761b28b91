import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { describeError } from '../../src/adapters/pino/describe-error.ts';

const CANARY = 'canary-7d1f';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

describe('LG-1: an error, as it is logged,', () => {
  it.each([
    ['broken JSON', () => JSON.parse(`{"text":"${CANARY}`)],
    ['JSON that is short', () => JSON.parse(CANARY)],
    ['a wrong shape', () => z.strictObject({ [CANARY]: z.enum(['a']) }).parse({ [CANARY]: CANARY, more: CANARY })],
    ['a header that is none', () => new Headers({ cookie: `${CANARY}\n${CANARY}` })],
    ['an address that is none', () => new URL(CANARY)],
    ['a number that is none', () => BigInt(CANARY)],
    ['a missing property', () => (undefined as unknown as Record<string, string>)[CANARY]],
    ['a bad argument', () => Buffer.alloc(CANARY as unknown as number)],
    ['quotes within quotes', () => new Error(`It was 'a' "${CANARY}" 'b'.`).message && JSON.parse(`'"${CANARY}"'`)],
  ])('does not quote what was sent: %s', (_what, work) => {
    const error = thrownBy(work);
    const wrapped = new Error('It failed', {
      cause: Object.assign(new Error(`of ${'"'}${CANARY}"`), { cause: error }),
    });
    expect(JSON.stringify(describeError(error))).not.toContain(CANARY);
    expect(JSON.stringify(describeError(wrapped))).not.toContain(CANARY);
  });

  it('leaves out its properties, and lines of its message that look like frames', () => {
    const error = Object.assign(new Error(`Broken:\n    at ${CANARY} (file.ts:1:1)`), { parameters: [CANARY] });
    expect(JSON.stringify(describeError(error))).not.toContain(CANARY);
    expect(JSON.stringify(describeError(CANARY))).not.toContain(CANARY);
  });

  it('says what it is, where it comes from and what is behind it', () => {
    const cause = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    const described = describeError(new TypeError('That went wrong', { cause }));
    expect(described).toMatchObject({
      kind: 'TypeError',
      message: 'That went wrong',
      cause: { kind: 'Error', code: 'SQLITE_FULL', message: 'database or disk is full' },
    });
    expect(described.frames?.[0]).toMatch(/describe-error\.test\.ts:\d+/);
  });

  it('comes to an end when it is its own cause', () => {
    const error = new Error('round');
    error.cause = error;
    expect(JSON.stringify(describeError(error))).toContain('round');
  });
});
