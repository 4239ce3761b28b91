import { assertWayInLeft, noSuchPasskey, passkeyId } from '../../../domain/identity/passkey.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { confirmedUser } from './own-two-step.ts';
import { settleAccount } from './settle-account.ts';

/**
 * Removes one of the actor's passkeys. Sessions that it began stay.
 * @throws DomainError `confirmation_needed`; `not_found`, also for one of somebody else; `conflict` for the last way to sign in
 */
export type RemovePasskey = (actor: Actor, id: string) => Promise<void>;

export function makeRemovePasskey(deps: { readonly unitOfWork: UnitOfWork; readonly clock: Clock }): RemovePasskey {
  const { unitOfWork, clock } = deps;

  return (actor, id) =>
    unitOfWork.run(async (store) => {
      const user = await confirmedUser(store, actor, clock);
      // Locks the account: of two removals at the same time the second counts what the first has left.
      await settleAccount(store, user);
      const removed = await store.passkeys.remove(user.id, passkeyId(id));
      if (!removed) throw noSuchPasskey();
      const [credentials, left] = [await store.users.credentialsById(user.id), await store.passkeys.ofUser(user.id)];
      assertWayInLeft({ hasPassword: (credentials?.passwordHash ?? '') !== '', passkeys: left.length });
      await store.passkeys.noteChange(user.id, { kind: 'removed', name: removed.name, at: clock.now() });
    });
}
