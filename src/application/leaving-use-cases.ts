import type { DeleteAccount } from './use-cases/identity/delete-account.ts';
import type { ExportAccount } from './use-cases/identity/export-account.ts';
import type { ReplayErasures } from './use-cases/identity/replay-erasures.ts';
import type { ViewDeletion } from './use-cases/identity/view-deletion.ts';

/** How people leave for good, and what they take with them. */
export interface LeavingUseCases {
  readonly deleteAccount: DeleteAccount;
  readonly viewDeletion: ViewDeletion;
  readonly replayErasures: ReplayErasures;
  readonly exportAccount: ExportAccount;
}
