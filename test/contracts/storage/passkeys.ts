import { expect, it } from 'vitest';
import { type Passkey, passkeyId, passkeyName } from '../../../src/domain/identity/passkey.ts';
import { challengeId, type PasskeyChallenge } from '../../../src/domain/identity/passkey-challenge.ts';
import { type UserId, userId } from '../../../src/domain/ids.ts';
import { NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

const [FIRST, SECOND] = [passkeyId('first'), passkeyId('second')];

const aPasskey = (owner: UserId, changes: Partial<Passkey> = {}): Passkey => ({
  ...{ id: FIRST, userId: owner, publicKey: 'pQECAyYg', counter: 0, transports: ['internal', 'hybrid'] },
  ...{ name: passkeyName('Phone'), createdAt: NOW, usedAt: null, heldAt: null },
  ...changes,
});

const aChallenge = (changes: Partial<PasskeyChallenge> = {}): PasskeyChallenge => ({
  ...{ id: challengeId('one'), purpose: 'sign_in', holder: 'holder', expiresAt: NOW },
  ...changes,
});

async function opened(open: OpenStorage) {
  const world = await openedWithChat(open);
  await world.unitOfWork.run(async ({ passkeys }) => {
    await passkeys.settleHandle(world.ada.id, 'handle of ada');
    await passkeys.settleHandle(world.bob.id, 'handle of bob');
  });
  return world;
}

export function passkeysContract(open: OpenStorage): void {
  it('gives a user one handle for good', async () => {
    const { unitOfWork, view, ada } = await openedWithChat(open);
    expect(await view.passkeys.handleOf(ada.id)).toBeUndefined();
    const settle = (handle: string) => unitOfWork.run(({ passkeys }) => passkeys.settleHandle(ada.id, handle));
    expect([await settle('one'), await settle('two')]).toEqual(['one', 'one']);
    expect(await view.passkeys.handleOf(ada.id)).toBe('one');
    await expectMistake(unitOfWork.run(({ passkeys }) => passkeys.settleHandle(userId(ada.id + 100), 'x')));
  });

  it('adds passkeys once, and lists those of a user, the oldest first', async () => {
    const { unitOfWork, view, ada, bob } = await opened(open);
    const [first, second] = [aPasskey(ada.id), aPasskey(ada.id, { id: SECOND, transports: [], createdAt: NOW - 1 })];
    const add = (passkey: Passkey) => unitOfWork.run(({ passkeys }) => passkeys.add(passkey));
    expect([await add(first), await add(second)]).toEqual([true, true]);
    expect([await add(first), await add(aPasskey(bob.id))]).toEqual([false, false]);
    expect(await view.passkeys.ofUser(ada.id)).toEqual([second, first]);
    expect(await view.passkeys.ofUser(bob.id)).toEqual([]);
    expect(await view.passkeys.find(FIRST)).toEqual(first);
    expect(await view.passkeys.find(passkeyId('unknown'))).toBeUndefined();
  });

  it('stores a use where the counter is the one that was read, and not on hold', async () => {
    const { unitOfWork, view, ada } = await opened(open);
    await unitOfWork.run(({ passkeys }) => passkeys.add(aPasskey(ada.id, { counter: 3 })));
    const use = (from: number, counter: number) =>
      unitOfWork.run(({ passkeys }) => passkeys.use(FIRST, { from, counter, usedAt: NOW + 5 }));
    const both = await Promise.all([use(3, 4), use(3, 4)]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(await view.passkeys.find(FIRST)).toMatchObject({ counter: 4, usedAt: NOW + 5 });
    await unitOfWork.run(({ passkeys }) => passkeys.setHeld(ada.id, NOW));
    expect(await use(4, 5)).toBe(false);
    await unitOfWork.run(({ passkeys }) => passkeys.setHeld(ada.id, null));
    // A counter of an authenticator takes 32 bits.
    expect(await use(4, 4_294_967_295)).toBe(true);
  });

  it("renames and removes the user's own", async () => {
    const { unitOfWork, view, ada, bob } = await opened(open);
    const passkey = aPasskey(ada.id);
    await unitOfWork.run(({ passkeys }) => passkeys.add(passkey));
    const name = passkeyName('Blue 🔑');
    const rename = (owner: UserId) => unitOfWork.run(({ passkeys }) => passkeys.rename(owner, FIRST, name));
    const remove = (owner: UserId) => unitOfWork.run(({ passkeys }) => passkeys.remove(owner, FIRST));
    expect([await rename(bob.id), await rename(ada.id)]).toEqual([false, true]);
    expect(await view.passkeys.find(FIRST)).toMatchObject({ name });
    expect(await remove(bob.id)).toBeUndefined();
    expect(await remove(ada.id)).toEqual({ ...passkey, name });
    expect(await remove(ada.id)).toBeUndefined();
  });

  it('notes what was changed last', async () => {
    const { unitOfWork, view, ada } = await opened(open);
    expect(await view.passkeys.lastChange(ada.id)).toBeUndefined();
    const change = { kind: 'added', name: passkeyName('Phone'), at: NOW } as const;
    await unitOfWork.run(({ passkeys }) => passkeys.noteChange(ada.id, change));
    expect(await view.passkeys.lastChange(ada.id)).toEqual(change);
    await unitOfWork.run(({ passkeys }) => passkeys.noteChange(ada.id, { ...change, kind: 'removed' }));
    expect(await view.passkeys.lastChange(ada.id)).toMatchObject({ kind: 'removed' });
  });

  it('gives a challenge to one of those who take it at the same time, and forgets the expired ones', async () => {
    const { unitOfWork } = await opened(open);
    const challenge = aChallenge();
    await unitOfWork.run(({ passkeys }) => passkeys.addChallenge(challenge));
    const take = (id: string) => unitOfWork.run(({ passkeys }) => passkeys.takeChallenge(challengeId(id)));
    const taken = await Promise.all(Array.from({ length: 20 }, () => take('one')));
    expect(taken.filter((one) => one !== undefined)).toEqual([challenge]);
    await unitOfWork.run(async ({ passkeys }) => {
      await passkeys.addChallenge(challenge);
      await passkeys.addChallenge(aChallenge({ id: challengeId('two'), expiresAt: NOW + 1 }));
    });
    expect(await unitOfWork.run(({ passkeys }) => passkeys.removeExpiredChallenges(NOW))).toBe(1);
    expect([await take('one'), (await take('two'))?.id]).toEqual([undefined, 'two']);
  });
}
