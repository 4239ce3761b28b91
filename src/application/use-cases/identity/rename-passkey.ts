import { noSuchPasskey, passkeyId, passkeyName } from '../../../domain/identity/passkey.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { confirmedUser } from './own-two-step.ts';

/**
 * Gives one of the actor's passkeys another name.
 * @throws DomainError `confirmation_needed`, `invalid_passkey`; `not_found`, also for one of somebody else
 */
export type RenamePasskey = (actor: Actor, renamed: { readonly id: string; readonly name: string }) => Promise<void>;

export function makeRenamePasskey(deps: { readonly unitOfWork: UnitOfWork; readonly clock: Clock }): RenamePasskey {
  return (actor, { id, ...given }) =>
    deps.unitOfWork.run(async (store) => {
      const user = await confirmedUser(store, actor, deps.clock);
      const name = passkeyName(given.name);
      if (await store.passkeys.rename(user.id, passkeyId(id), name)) return;
      throw noSuchPasskey();
    });
}
