import { wrongPasskey } from '../../../domain/identity/passkey.ts';
import type { Actor } from '../../actor.ts';
import { type PasskeyUse, type PasskeyUseDeps, PasskeyUses } from './passkey-uses.ts';

/**
 * Notes that the actor has shown in this session who they are, by a passkey that verified them: like `confirm-identity`, and in place of the
 * password and the code.
 * @throws DomainError `wrong_passkey`, also for a passkey of somebody else; `too_many_requests`
 */
export type ConfirmByPasskey = (actor: Actor, use: PasskeyUse) => Promise<void>;

export function makeConfirmByPasskey(deps: PasskeyUseDeps): ConfirmByPasskey {
  const { unitOfWork, clock } = deps;
  const uses = new PasskeyUses(deps);

  return ({ user, credential }, use) =>
    uses.counted(use, { purpose: 'confirm', holder: credential.id }, ({ passkey, store: storeUse }) => {
      if (passkey.userId !== user.id) throw wrongPasskey();
      return unitOfWork.run(async (store) => {
        await storeUse(store);
        await store.sessions.confirm(credential.id, clock.now());
      });
    });
}
