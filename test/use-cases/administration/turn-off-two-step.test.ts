import { describe, expect, it } from 'vitest';
import { systemSecrets } from '../../../src/adapters/system/secrets.ts';
import { NOW } from '../../builders.ts';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

const PLACE = { presentedTokens: [], deviceName: 'curl', deviceTokens: [], address: '192.0.2.1' };

/** Ada administers, and Bob has two-step sign-in. */
async function withTwoStep() {
  const world = await aWorld();
  const { ada, bob, useCases, storage, clock } = world;
  await storage.unitOfWork.run(({ administration }) => administration.setAdministrator(ada.user.id, NOW));
  const secret = await useCases.beginTwoStep(bob);
  await useCases.enableTwoStep(bob, systemSecrets.timeCode(secret, Math.floor(clock.now() / 30_000)));
  return world;
}

describe('turn-off-two-step', () => {
  it('turns it off once, and writes that down', async () => {
    const { ada, bob, useCases, storage } = await withTwoStep();
    const off = () => useCases.turnOffTwoStep(ada, bob.user.id);
    expect([await off(), await off()]).toEqual([true, false]);
    expect(await useCases.viewTwoStep(bob)).toMatchObject({ isEnabled: false, recoveryLeft: 0 });
    const acts = await storage.view.administration.acts({ before: undefined, limit: 9 });
    expect(acts).toMatchObject([{ kind: 'two_step_off', about: bob.user, by: ada.user }]);
  });

  it('does nothing for an outsider', async () => {
    const { bob, eve, useCases } = await withTwoStep();
    expect(await refusal(useCases.turnOffTwoStep(eve, bob.user.id))).toBe('not_found');
    expect(await useCases.viewTwoStep(bob)).toMatchObject({ isEnabled: true });
  });
});

describe('a reset link of somebody with two-step sign-in', () => {
  it('sets the password, and does not stand for the code', async () => {
    const { ada, bob, useCases } = await withTwoStep();
    const { token } = await useCases.createResetLink(ada, bob.user.id);
    const reset = await useCases.resetPassword({ ...PLACE, token, password: 'battery staple' });
    expect([reset.token, reset.ended]).toEqual([undefined, 1]);
    const signIn = { ...PLACE, username: 'bob', password: 'battery staple', network: '192.0.2.0/24' };
    expect(await refusal(useCases.authenticate(signIn))).toBe('code_needed');
  });
});
