import type { AddPasskey } from './use-cases/identity/add-passkey.ts';
import type { BeginPasskey } from './use-cases/identity/begin-passkey.ts';
import type { BeginPasskeyConfirmation } from './use-cases/identity/begin-passkey-confirmation.ts';
import type { BeginPasskeySignIn } from './use-cases/identity/begin-passkey-sign-in.ts';
import type { ConfirmByPasskey } from './use-cases/identity/confirm-by-passkey.ts';
import type { RecoverAccount } from './use-cases/identity/recover-account.ts';
import type { RemovePasskey } from './use-cases/identity/remove-passkey.ts';
import type { RenamePasskey } from './use-cases/identity/rename-passkey.ts';
import type { SettleRecovery } from './use-cases/identity/settle-recovery.ts';
import type { SignInByPasskey } from './use-cases/identity/sign-in-by-passkey.ts';
import type { ViewPasskeys } from './use-cases/identity/view-passkeys.ts';
import type { ViewRecovery } from './use-cases/identity/view-recovery.ts';

/** Passkeys, and recovering an account. */
export interface PasskeyUseCases {
  readonly recoverAccount: RecoverAccount;
  readonly settleRecovery: SettleRecovery;
  readonly viewRecovery: ViewRecovery;
  readonly addPasskey: AddPasskey;
  readonly beginPasskey: BeginPasskey;
  readonly beginPasskeyConfirmation: BeginPasskeyConfirmation;
  readonly beginPasskeySignIn: BeginPasskeySignIn;
  readonly confirmByPasskey: ConfirmByPasskey;
  readonly removePasskey: RemovePasskey;
  readonly renamePasskey: RenamePasskey;
  readonly signInByPasskey: SignInByPasskey;
  readonly viewPasskeys: ViewPasskeys;
}
