import { describe, expect, it } from 'vitest';
import { NOW } from '../../builders.ts';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

const MINUTE = 60_000;
const PHONE = { presentedTokens: [], deviceName: 'Safari on iPhone', deviceTokens: [], address: '192.0.2.1' };

async function withLink() {
  const world = await aWorld();
  const { useCases, ada } = world;
  const { token } = await useCases.createSignInLink(ada);
  return { ...world, token, use: (of = token) => useCases.useSignInLink({ ...PHONE, token: of }) };
}

describe('create-sign-in-link', () => {
  it('makes a link for ten minutes, in place of an earlier one', async () => {
    const { useCases, ada, token } = await withLink();
    const second = await useCases.createSignInLink(ada);
    expect(second.expiresAt).toBe(NOW + 10 * MINUTE);
    expect(await refusal(useCases.viewSignInLink(token))).toBe('not_found');
    expect(await useCases.viewSignInLink(second.token)).toEqual({ user: ada.user, expiresAt: NOW + 10 * MINUTE });
  });

  it('is refused to an outsider with the session alone, ten minutes after it began', async () => {
    const { useCases, ada, clock } = await withLink();
    clock.advance(10 * MINUTE);
    expect(await refusal(useCases.createSignInLink(ada))).toBe('confirmation_needed');
  });
});

describe('use-sign-in-link', () => {
  it('signs its maker in once, also of two at the same time, and ends no session', async () => {
    const { useCases, ada, use } = await withLink();
    const both = await Promise.allSettled([use(), use()]);
    const [signedIn, ...others] = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect([signedIn?.user, signedIn?.ended, others]).toEqual([ada.user, 0, []]);
    expect((await useCases.identifySession(signedIn?.token ?? ''))?.actor.user).toEqual(ada.user);
    expect(await useCases.viewSessions(ada)).toMatchObject([{ isCurrent: true }, { device: 'Safari on iPhone' }]);
  });

  it('tells outsiders without a link nothing: unknown, used, expired, and of a deactivated account look alike', async () => {
    const { ada, clock, storage, token, use } = await withLink();
    const sentence = (of: string) => use(of).catch((error: Error) => error.message);
    const unknown = await sentence('unknown');
    clock.advance(10 * MINUTE);
    expect(await sentence(token)).toBe(unknown);
    clock.advance(-10 * MINUTE);
    await storage.unitOfWork.run(({ administration }) => administration.setDeactivated(ada.user.id, NOW));
    expect(await sentence(token)).toBe(unknown);
    await storage.unitOfWork.run(({ administration }) => administration.setDeactivated(ada.user.id, null));
    await use();
    expect(await sentence(token)).toBe(unknown);
  });

  it('takes no link that resets a password', async () => {
    const { useCases, ada, bob, storage, use } = await withLink();
    await storage.unitOfWork.run(({ administration }) => administration.setAdministrator(bob.user.id, NOW));
    const { token } = await useCases.createResetLink(bob, ada.user.id);
    expect(await refusal(use(token))).toBe('not_found');
    expect((await useCases.viewResetLink(token)).user).toEqual(ada.user);
  });
});
