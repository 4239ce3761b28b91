import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isConfirmed, recoveryCodeIn, shownRecoveryCode, stepOf } from '../../../src/domain/identity/two-step.ts';
import { sessionId, userId } from '../../../src/domain/ids.ts';

const MINUTE = 60_000;
const codeAt = (step: number) => String(step).padStart(6, '0');
const step = (typed: string, now: number, lastStep = -1) => stepOf(typed, { now, lastStep, codeAt });

describe('the code of a time step', () => {
  it('is that of the present step, the one before and the one after', () => {
    const now = 100 * 30_000 + 29_999;
    expect(['000098', '000099', '000100', '000101', '000102'].map((code) => step(code, now))).toEqual([
      ...[undefined, 99, 100, 101, undefined],
    ]);
  });

  it('is none of a step that was used, or of an earlier one', () => {
    const now = 100 * 30_000;
    expect([step('000099', now, 99), step('000099', now, 100), step('000100', now, 99)]).toEqual([
      ...[undefined, undefined, 100],
    ]);
  });

  it('may be typed in groups, and is nothing else than 6 digits', () => {
    const now = 100 * 30_000;
    expect([step('000 100', now), step(' 000-100\n', now)]).toEqual([100, 100]);
    for (const typed of ['', '00100', '0000100', '٠٠٠١٠٠', '000100x', 'abcdef'])
      expect(step(typed, now)).toBeUndefined();
  });
});

describe('a recovery code', () => {
  it('is read as it was shown, whatever the case and the groups', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z2-7]{24}$/), (code) => {
        const shown = shownRecoveryCode(code);
        expect(shown).toMatch(/^([a-z2-7]{4}-){5}[a-z2-7]{4}$/);
        for (const typed of [shown, shown.toUpperCase(), ` ${shown.replaceAll('-', ' ')} `, code])
          expect(recoveryCodeIn(typed)).toBe(code);
      }),
    );
  });

  it('is nothing else', () => {
    for (const typed of ['', '123456', 'a'.repeat(23), `${'a'.repeat(23)}1`, 'ä'.repeat(24)])
      expect(recoveryCodeIn(typed)).toBeUndefined();
  });
});

describe('who a session is', () => {
  it('is confirmed for ten minutes by signing in, and again by a confirmation', () => {
    const from = { device: '', address: '' };
    const session = { id: sessionId('s'), userId: userId(1), createdAt: 0, seenAt: 0, ...from };
    expect([isConfirmed(session, 10 * MINUTE - 1), isConfirmed(session, 10 * MINUTE)]).toEqual([true, false]);
    const confirmed = { ...session, confirmedAt: 60 * MINUTE };
    expect([isConfirmed(confirmed, 70 * MINUTE - 1), isConfirmed(confirmed, 70 * MINUTE)]).toEqual([true, false]);
  });
});
