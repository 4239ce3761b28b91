import { describe, expect, it } from 'vitest';
import { systemSecrets } from '../../../src/adapters/system/secrets.ts';
import { readLimits } from '../../../src/composition/limits.ts';
import { passkeyId, passkeyName } from '../../../src/domain/identity/passkey.ts';
import { sessionHandle } from '../../../src/domain/identity/session.ts';
import { aSessionOf, NOW } from '../../builders.ts';
import { HOUR } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

const FROM = { address: '192.0.2.1', network: '192.0.2.0/24', presentedTokens: [] };
const PLACE = { ...FROM, deviceName: 'curl', deviceTokens: [] };
const LIMITED = { rates: readLimits({}).rates };
const NEW_PASSWORD = 'battery staple';
const [PHONE, KEY] = [passkeyId('phone'), passkeyId('key')];

/** Bob has two-step sign-in with its recovery codes, two passkeys, and one session. */
async function withCodes(rules: Parameters<typeof aWorld>[0] = {}) {
  const world = await aWorld(rules);
  const { bob, useCases, storage, clock } = world;
  const secret = await useCases.beginTwoStep(bob);
  const codeNow = () => systemSecrets.timeCode(secret, Math.floor(clock.now() / 30_000));
  const codes = await useCases.enableTwoStep(bob, codeNow());
  const { id: userId } = bob.user;
  await storage.unitOfWork.run(async ({ passkeys }) => {
    await passkeys.settleHandle(userId, 'handle');
    for (const [id, name] of [
      [PHONE, 'Phone'],
      [KEY, 'Key'],
    ] as const) {
      const kept = { publicKey: 'x', counter: 0, transports: [], createdAt: NOW, usedAt: null, heldAt: null };
      await passkeys.add({ id, userId, name: passkeyName(name), ...kept });
    }
  });
  const recover = (code = codes[0] ?? '', username = 'bob', password = NEW_PASSWORD) =>
    useCases.recoverAccount({ ...FROM, username, code, password });
  return {
    ...world,
    codes,
    recover,
    /** Bob recovers the account, and signs in with another code. */
    async recovered() {
      const { ticket } = await recover();
      const { token } = await useCases.finishSignIn({ ...PLACE, ticket, code: codes[1] ?? '' });
      const identified = await useCases.identifySession(token);
      if (!identified) throw new Error('The session has ended.');
      return identified.actor;
    },
  };
}

describe('recover-account', () => {
  it('sets the password, ends all sessions, holds the passkeys, and still asks for a code', async () => {
    const { bob, useCases, storage, broadcast, codes, recover } = await withCodes();
    const { user, ended, ticket } = await recover();
    expect([user, ended]).toEqual([bob.user, 1]);
    const sessionId = bob.credential.id;
    expect(broadcast.published).toContainEqual({ type: 'session_ended', userId: bob.user.id, sessionId });
    expect((await storage.view.passkeys.ofUser(bob.user.id)).map(({ heldAt }) => heldAt)).toEqual([NOW, NOW]);
    const signIn = (code?: string) =>
      useCases.authenticate({ ...PLACE, username: 'bob', password: NEW_PASSWORD, code });
    expect(await refusal(signIn())).toBe('code_needed');
    expect(await refusal(signIn(codes[0]))).toBe('wrong_code');
    expect((await useCases.finishSignIn({ ...PLACE, ticket, code: codes[1] ?? '' })).user).toEqual(bob.user);
  });

  it('tells an outsider nothing: unknown names, wrong and used codes, no codes, and deactivated accounts look alike', async () => {
    const { bob, codes, recover, storage } = await withCodes();
    const sentence = (code: string, name: string) =>
      recover(code, name).then(
        () => 'recovered',
        (error: Error) => error.message,
      );
    const unknown = await sentence(codes[0] ?? '', 'nobody');
    expect(await sentence(codes[0] ?? '', 'ada')).toBe(unknown);
    expect(await sentence('aaaa-aaaa-aaaa-aaaa-aaaa-aaaa', 'bob')).toBe(unknown);
    expect(await sentence('123456', 'bob')).toBe(unknown);
    await storage.unitOfWork.run(({ administration }) => administration.setDeactivated(bob.user.id, NOW));
    expect(await sentence(codes[0] ?? '', 'bob')).toBe(unknown);
    await storage.unitOfWork.run(({ administration }) => administration.setDeactivated(bob.user.id, null));
    expect(await sentence(codes[0] ?? '', 'bob')).toBe('recovered');
    expect(await sentence(codes[0] ?? '', 'bob')).toBe(unknown);
  });

  it('uses no code up for a password that is refused, and hashes nothing for a wrong code', async () => {
    const { codes, recover, passwordHasher } = await withCodes();
    expect(await refusal(recover(codes[0], 'bob', 'short'))).toBe('invalid_password');
    const before = passwordHasher.hashed.length;
    expect(await refusal(recover('wrong'))).toBe('wrong_credentials');
    expect(passwordHasher.hashed).toHaveLength(before);
    expect(await refusal(recover(codes[0]))).toBeUndefined();
  });

  it('takes a code once, of two at the same time', async () => {
    const { recover } = await withCodes();
    const both = await Promise.all([refusal(recover()), refusal(recover())]);
    expect(both.toSorted()).toEqual(['wrong_credentials', undefined]);
  });

  it('counts wrong codes as wrong passwords, for known and unknown names', async () => {
    const { codes, recover } = await withCodes(LIMITED);
    for (const name of ['bob', 'nobody']) {
      for (let count = 0; count < 5; count += 1)
        expect(await refusal(recover('wrong', name))).toBe('wrong_credentials');
      expect(await refusal(recover(codes[0], name))).toBe('too_many_requests');
    }
  });
});

describe('view-recovery', () => {
  it('shows what is on hold, and an outsider nothing of it', async () => {
    const { bob, eve, useCases, recovered, clock } = await withCodes();
    const actor = await recovered();
    const { passkeys, sessions } = await useCases.viewRecovery(actor);
    expect(passkeys.map(({ id }) => id).toSorted()).toEqual([KEY, PHONE]);
    expect(sessions.map(({ id }) => id)).toEqual([bob.credential.id]);
    expect(await useCases.viewRecovery(eve)).toEqual({ passkeys: [], sessions: [] });
    clock.advance(24 * HOUR);
    expect((await useCases.viewRecovery(actor)).sessions).toEqual([]);
  });
});

describe('settle-recovery', () => {
  it('makes good what is kept, and removes the rest', async () => {
    const { bob, useCases, storage, recovered } = await withCodes();
    const actor = await recovered();
    expect(await storage.view.sessions.find(bob.credential.id)).toBeUndefined();
    const sessions = [sessionHandle(bob.credential)];
    expect(await useCases.settleRecovery(actor, { passkeys: [PHONE, 'unknown'], sessions })).toEqual({
      ...{ passkeys: 1, sessions: 1 },
    });
    const { passkeys } = await useCases.viewPasskeys(actor);
    expect(passkeys).toMatchObject([{ id: PHONE, heldAt: null }]);
    expect((await storage.view.sessions.find(bob.credential.id))?.user).toEqual(bob.user);
    expect(await useCases.viewRecovery(actor)).toEqual({ passkeys: [], sessions: [] });
    expect(await useCases.settleRecovery(actor, { passkeys: [], sessions: [] })).toEqual({ passkeys: 0, sessions: 0 });
    expect((await useCases.viewPasskeys(actor)).passkeys).toHaveLength(1);
  });

  it('keeps nothing by default, no session after its time, and takes nothing from an outsider', async () => {
    const { bob, eve, useCases, clock, storage, recovered } = await withCodes();
    const actor = await recovered();
    const kept = { passkeys: [PHONE, KEY], sessions: [sessionHandle(bob.credential)] };
    expect(await useCases.settleRecovery(eve, kept)).toEqual({ passkeys: 0, sessions: 0 });
    expect((await useCases.viewRecovery(actor)).passkeys).toHaveLength(2);
    clock.advance(HOUR);
    expect(await refusal(useCases.settleRecovery(actor, kept))).toBe('confirmation_needed');
    clock.advance(23 * HOUR);
    await storage.unitOfWork.run(({ sessions }) => sessions.confirm(actor.credential.id, clock.now()));
    expect(await useCases.settleRecovery(actor, { ...kept, passkeys: [] })).toEqual({ passkeys: 0, sessions: 0 });
    expect(await storage.view.sessions.find(bob.credential.id)).toBeUndefined();
    expect((await useCases.viewPasskeys(actor)).lastChange).toMatchObject({ kind: 'removed' });
  });

  it('is asked after a reset link of an administrator too, of all sessions but that of the browser itself', async () => {
    const { ada, bob, useCases, storage } = await withCodes();
    await storage.unitOfWork.run(async ({ administration, sessions }) => {
      await administration.setAdministrator(ada.user.id, NOW);
      const { confirmedAt: _, ...session } = aSessionOf(bob.user);
      await sessions.add({ ...session, id: systemSecrets.digest('presented') as typeof session.id });
    });
    await useCases.turnOffTwoStep(ada, bob.user.id);
    const { token } = await useCases.createResetLink(ada, bob.user.id);
    const reset = await useCases.resetPassword({ ...PLACE, token, password: NEW_PASSWORD });
    expect(reset.ended).toBe(2);
    const actor = (await useCases.identifySession(reset.token ?? ''))?.actor;
    if (!actor) throw new Error('The session has ended.');
    const { passkeys, sessions } = await useCases.viewRecovery(actor);
    expect([passkeys.length, sessions.length]).toEqual([2, 2]);
  });
});
