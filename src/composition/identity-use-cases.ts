import { makeAuthenticate } from '../application/use-cases/identity/authenticate.ts';
import { makeBeginTwoStep } from '../application/use-cases/identity/begin-two-step.ts';
import { makeChangePassword } from '../application/use-cases/identity/change-password.ts';
import { makeChangeUsername } from '../application/use-cases/identity/change-username.ts';
import { makeConfirmIdentity } from '../application/use-cases/identity/confirm-identity.ts';
import { makeCreateSignInLink } from '../application/use-cases/identity/create-sign-in-link.ts';
import { makeDeleteAccount } from '../application/use-cases/identity/delete-account.ts';
import { makeDisableTwoStep } from '../application/use-cases/identity/disable-two-step.ts';
import { makeEnableTwoStep } from '../application/use-cases/identity/enable-two-step.ts';
import { makeEndOtherSessions, makeEndSession } from '../application/use-cases/identity/end-session.ts';
import { makeExportAccount } from '../application/use-cases/identity/export-account.ts';
import { makeFinishSignIn } from '../application/use-cases/identity/finish-sign-in.ts';
import { makeIdentifySession } from '../application/use-cases/identity/identify-session.ts';
import { makeMayUndoRegistration } from '../application/use-cases/identity/may-undo-registration.ts';
import { makePurgeExpired } from '../application/use-cases/identity/purge-expired.ts';
import { makeRenewRecoveryCodes } from '../application/use-cases/identity/renew-recovery-codes.ts';
import { makeReplayErasures } from '../application/use-cases/identity/replay-erasures.ts';
import { makeResetPassword, makeViewResetLink } from '../application/use-cases/identity/reset-password.ts';
import { makeSignOut } from '../application/use-cases/identity/sign-out.ts';
import { makeUndoRegistration } from '../application/use-cases/identity/undo-registration.ts';
import { makeUseSignInLink, makeViewSignInLink } from '../application/use-cases/identity/use-sign-in-link.ts';
import { makeViewDeletion } from '../application/use-cases/identity/view-deletion.ts';
import { makeViewRegistration } from '../application/use-cases/identity/view-registration.ts';
import { makeViewSessions } from '../application/use-cases/identity/view-sessions.ts';
import { makeViewTwoStep } from '../application/use-cases/identity/view-two-step.ts';
import { makeSetAway } from '../application/use-cases/presence/set-away.ts';
import { makeViewAway } from '../application/use-cases/presence/view-away.ts';
import type { Budgeted, UseCasePorts as Ports } from './use-case-ports.ts';

/** Accounts, sessions and how people sign in. */
export const identityUseCases = (ports: Ports, { writes, reads }: Budgeted) => ({
  authenticate: makeAuthenticate(ports),
  finishSignIn: makeFinishSignIn(ports),
  identifySession: makeIdentifySession(ports),
  signOut: makeSignOut(ports),
  viewSessions: reads(makeViewSessions(ports)),
  endSession: writes(makeEndSession(ports)),
  endOtherSessions: writes(makeEndOtherSessions(ports)),
  changePassword: writes(makeChangePassword(ports)),
  changeUsername: writes(makeChangeUsername(ports)),
  confirmIdentity: writes(makeConfirmIdentity(ports)),
  createSignInLink: writes(makeCreateSignInLink(ports)),
  viewSignInLink: makeViewSignInLink(ports),
  useSignInLink: makeUseSignInLink(ports),
  viewTwoStep: reads(makeViewTwoStep(ports)),
  beginTwoStep: writes(makeBeginTwoStep(ports)),
  enableTwoStep: writes(makeEnableTwoStep(ports)),
  disableTwoStep: writes(makeDisableTwoStep(ports)),
  renewRecoveryCodes: writes(makeRenewRecoveryCodes(ports)),
  deleteAccount: writes(makeDeleteAccount(ports)),
  viewDeletion: reads(makeViewDeletion(ports)),
  exportAccount: writes(makeExportAccount(ports)),
  replayErasures: makeReplayErasures(ports),
  mayUndoRegistration: makeMayUndoRegistration(ports),
  undoRegistration: writes(makeUndoRegistration(ports)),
  viewResetLink: makeViewResetLink(ports),
  resetPassword: makeResetPassword(ports),
  viewRegistration: makeViewRegistration(ports),
  purgeExpired: makePurgeExpired(ports),
  viewAway: reads(makeViewAway(ports)),
  setAway: writes(makeSetAway(ports)),
});
