import { makeAddPasskey } from '../application/use-cases/identity/add-passkey.ts';
import { makeBeginPasskey } from '../application/use-cases/identity/begin-passkey.ts';
import { makeBeginPasskeyConfirmation } from '../application/use-cases/identity/begin-passkey-confirmation.ts';
import { makeBeginPasskeySignIn } from '../application/use-cases/identity/begin-passkey-sign-in.ts';
import { makeConfirmByPasskey } from '../application/use-cases/identity/confirm-by-passkey.ts';
import { makeRecoverAccount } from '../application/use-cases/identity/recover-account.ts';
import { makeRemovePasskey } from '../application/use-cases/identity/remove-passkey.ts';
import { makeRenamePasskey } from '../application/use-cases/identity/rename-passkey.ts';
import { makeSettleRecovery } from '../application/use-cases/identity/settle-recovery.ts';
import { makeSignInByPasskey } from '../application/use-cases/identity/sign-in-by-passkey.ts';
import { makeViewPasskeys } from '../application/use-cases/identity/view-passkeys.ts';
import { makeViewRecovery } from '../application/use-cases/identity/view-recovery.ts';
import type { Budgeted, UseCasePorts as Ports } from './use-case-ports.ts';

/** Passkeys, and recovering an account. */
export const passkeyUseCases = (ports: Ports, { writes, reads }: Budgeted) => ({
  recoverAccount: makeRecoverAccount(ports),
  settleRecovery: writes(makeSettleRecovery(ports)),
  viewRecovery: reads(makeViewRecovery(ports)),
  addPasskey: writes(makeAddPasskey(ports)),
  beginPasskey: writes(makeBeginPasskey(ports)),
  beginPasskeyConfirmation: writes(makeBeginPasskeyConfirmation(ports)),
  beginPasskeySignIn: makeBeginPasskeySignIn(ports),
  confirmByPasskey: writes(makeConfirmByPasskey(ports)),
  removePasskey: writes(makeRemovePasskey(ports)),
  renamePasskey: writes(makeRenamePasskey(ports)),
  signInByPasskey: makeSignInByPasskey(ports),
  viewPasskeys: reads(makeViewPasskeys(ports)),
});
