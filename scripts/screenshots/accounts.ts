import type { Storage } from '../../src/application/ports/storage.ts';
import type { Store } from '../../src/application/ports/store.ts';
import type { UseCases } from '../../src/application/use-cases.ts';
import { passkeyId, passkeyName } from '../../src/domain/identity/passkey.ts';
import { sessionId, type UserId } from '../../src/domain/ids.ts';
import { NOW, type World } from './seed.ts';

const DAY = 24 * 3_600_000;

/** Gives Sanna passkeys, and Tomás what a recovery of his account holds back: without a device no page can make either. */
export async function seedAccounts(
  { unitOfWork }: Pick<Storage, 'unitOfWork'>,
  useCases: Pick<UseCases, 'identifySession'>,
  { token }: Pick<World, 'token'>,
): Promise<void> {
  const idOf = async (name: string) => {
    const session = await useCases.identifySession(await token(name));
    if (!session) throw new Error(`${name} could not sign in.`);
    return session.actor.user.id;
  };
  const [sanna, tomas] = [await idOf('Sanna'), await idOf('Tomás')];
  await unitOfWork.run(async (store) => {
    await addPasskeys(store, sanna, ['Phone', 'Blue key on the ring of the boat house', 'Laptop']);
    await addPasskeys(store, tomas, ['Phone', 'Old laptop']);
    await store.passkeys.setHeld(tomas, NOW);
    for (const [n, device] of ['Firefox on Linux', 'Safari on iPhone', ''].entries()) {
      const seen = { createdAt: NOW - (n + 2) * DAY, seenAt: NOW - n * DAY, heldUntil: NOW + DAY };
      await store.heldSessions.put({
        id: sessionId(`held-${n}`),
        userId: tomas,
        device,
        address: '192.0.2.7',
        ...seen,
      });
    }
  });
}

async function addPasskeys({ passkeys }: Store, userId: UserId, names: readonly string[]): Promise<void> {
  await passkeys.settleHandle(userId, `handle-${userId}`);
  for (const [n, name] of names.entries()) {
    const id = passkeyId(`passkey-${userId}-${n}`);
    const used = { counter: 0, createdAt: NOW - (n + 3) * DAY, usedAt: n === 0 ? NOW - DAY : null, heldAt: null };
    await passkeys.add({ id, userId, publicKey: 'none', transports: [], name: passkeyName(name), ...used });
  }
}
