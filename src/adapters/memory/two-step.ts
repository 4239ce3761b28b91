import type { TwoSteps, TwoStepView } from '../../application/ports/two-step.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryTwoStep(tables: Tables): TwoSteps {
  const { users, twoStep, recoveryCodes } = tables;
  return {
    ...makeMemoryTwoStepView(tables, 'current'),

    async begin(userId, secret) {
      users.require(userId);
      twoStep.put(userId, { secret, enabledAt: null, lastStep: 0 });
    },

    async enable(userId, { at, step }) {
      const known = twoStep.current.get(userId);
      if (known) twoStep.put(userId, { ...known, enabledAt: at, lastStep: step });
    },

    async use(userId, step) {
      const known = twoStep.current.get(userId);
      if (!known || known.lastStep >= step) return false;
      twoStep.put(userId, { ...known, lastStep: step });
      return true;
    },

    async remove(userId) {
      recoveryCodes.remove(userId);
      if (!twoStep.current.get(userId)) return false;
      twoStep.remove(userId);
      return true;
    },

    async setRecovery(userId, digests) {
      users.require(userId);
      recoveryCodes.put(userId, digests);
    },

    async useRecovery(userId, digest) {
      const codes = recoveryCodes.current.get(userId) ?? [];
      if (!codes.includes(digest)) return false;
      recoveryCodes.put(
        userId,
        codes.filter((code) => code !== digest),
      );
      return true;
    },
  };
}

export function makeMemoryTwoStepView({ twoStep, recoveryCodes }: Tables, moment: Moment): TwoStepView {
  return {
    async of(userId) {
      return twoStep[moment].get(userId);
    },

    async recoveryLeft(userId) {
      return recoveryCodes[moment].get(userId)?.length ?? 0;
    },

    async hasRecovery(userId, digest) {
      return recoveryCodes[moment].get(userId)?.includes(digest) === true;
    },
  };
}
