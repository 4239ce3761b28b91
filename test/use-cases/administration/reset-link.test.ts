import { describe, expect, it } from 'vitest';
import { NOW } from '../../builders.ts';
import { HOUR } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld, type World } from '../world.ts';

const browser = { presentedTokens: [], deviceName: 'Firefox on Linux', address: '192.0.2.1' };
const signIn = ({ useCases }: World, password: string) =>
  useCases.authenticate({ ...browser, username: 'bob', password, network: '192.0.2.0/24', deviceTokens: [] });

async function withLink() {
  const world = await aWorld();
  const { ada, bob, useCases } = world;
  await world.storage.unitOfWork.run(({ administration }) => administration.setAdministrator(ada.user.id, NOW));
  const { token } = await useCases.createResetLink(ada, bob.user.id);
  const reset = (password = 'battery staple', of = token) =>
    useCases.resetPassword({ ...browser, token: of, password });
  return { ...world, world, token, reset };
}

describe('create-reset-link', () => {
  it('makes a link for an hour, in place of an earlier one, and writes that down', async () => {
    const { useCases, ada, bob, token, storage } = await withLink();
    const second = await useCases.createResetLink(ada, bob.user.id);
    expect(second.expiresAt).toBe(NOW + HOUR);
    expect(await refusal(useCases.viewResetLink(token))).toBe('not_found');
    expect(await useCases.viewResetLink(second.token)).toEqual({ user: bob.user, expiresAt: NOW + HOUR });
    const acts = await storage.view.administration.acts({ before: undefined, limit: 9 });
    expect(acts).toMatchObject([{ kind: 'reset_link', about: bob.user }, { kind: 'reset_link' }]);
  });

  it('makes none for outsiders, and none to a deactivated account', async () => {
    const { useCases, ada, bob, eve } = await withLink();
    for (const outsider of [eve, bob])
      expect(await refusal(useCases.createResetLink(outsider, ada.user.id))).toBe('not_found');
    await useCases.setDeactivated(ada, { userId: bob.user.id, on: true });
    expect(await refusal(useCases.createResetLink(ada, bob.user.id))).toBe('conflict');
  });
});

describe('view-reset-link', () => {
  it('tells outsiders without a link nothing: unknown, expired, and of a deactivated account look alike', async () => {
    const { useCases, ada, bob, clock, token } = await withLink();
    expect((await useCases.viewResetLink(token)).user).toEqual(bob.user);
    const unknown = await useCases.viewResetLink('unknown').catch((error: Error) => error.message);
    await useCases.setDeactivated(ada, { userId: bob.user.id, on: true });
    expect(await useCases.viewResetLink(token).catch((error: Error) => error.message)).toBe(unknown);
    await useCases.setDeactivated(ada, { userId: bob.user.id, on: false });
    expect(await useCases.viewResetLink(token).catch((error: Error) => error.message)).toBe(unknown);
    const { token: late } = await useCases.createResetLink(ada, bob.user.id);
    clock.advance(HOUR);
    expect(await useCases.viewResetLink(late).catch((error: Error) => error.message)).toBe(unknown);
  });
});

describe('reset-password', () => {
  it('sets the password, ends all sessions, and signs in', async () => {
    const { world, bob, useCases, broadcast, reset } = await withLink();
    const { user, token: session, ended } = await reset();
    expect([user, ended]).toEqual([bob.user, 1]);
    expect((await useCases.identifySession(session ?? ''))?.actor.user).toEqual(bob.user);
    const sessionId = bob.credential.id;
    expect(broadcast.published).toContainEqual({ type: 'session_ended', userId: bob.user.id, sessionId });
    expect((await signIn(world, 'battery staple')).user).toEqual(bob.user);
    expect(await refusal(signIn(world, 'hash of bob'))).toBe('wrong_credentials');
  });

  it('lets one of several at once use the link, and the link stays after a password that is refused', async () => {
    const { reset } = await withLink();
    expect(await refusal(reset('short'))).toBe('invalid_password');
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => reset(`battery staple ${n}`)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusal(reset())).toBe('not_found');
  });

  it('is refused to outsiders without a link, before anything is hashed', async () => {
    const { reset, passwordHasher } = await withLink();
    const before = passwordHasher.hashed.length;
    expect(await refusal(reset('battery staple', 'guessed'))).toBe('not_found');
    expect(passwordHasher.hashed).toHaveLength(before);
  });
});
