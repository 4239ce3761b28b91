import { makeMemoryErasureList } from '../../src/adapters/memory/erasure-list.ts';
import { noBudgets } from '../../src/adapters/rate-limiter/budgets.ts';
import { MemoryLimiter } from '../../src/adapters/rate-limiter/memory-limiter.ts';
import { makeRateLimits, noRateLimits, type Rates } from '../../src/adapters/rate-limiter/rate-limits.ts';
import { noMeasurements } from '../../src/adapters/system/no-measurements.ts';
import { BulkTurns } from '../../src/application/feed/bulk-turns.ts';
import { makeFeeds } from '../../src/application/feed/feeds.ts';
import { JobWorker } from '../../src/application/jobs/job-worker.ts';
import { makeJobHandlers } from '../../src/application/jobs/make-job-handlers.ts';
import { noticeJobs } from '../../src/application/jobs/notice-jobs.ts';
import type { Blobs } from '../../src/application/ports/blobs.ts';
import type { Broadcast } from '../../src/application/ports/broadcast.ts';
import type { Clock } from '../../src/application/ports/clock.ts';
import type { ErasureList } from '../../src/application/ports/erasure-list.ts';
import type { Log } from '../../src/application/ports/log.ts';
import type { PasskeyVerifier } from '../../src/application/ports/passkey-verifier.ts';
import type { PasswordHasher } from '../../src/application/ports/password-hasher.ts';
import type { Presence } from '../../src/application/ports/presence.ts';
import type { PushSender } from '../../src/application/ports/push-sender.ts';
import type { Secrets } from '../../src/application/ports/secrets.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import type { Thumbnails } from '../../src/application/ports/thumbnails.ts';
import type { Timer } from '../../src/application/ports/timer.ts';
import type { WebPages } from '../../src/application/ports/web-pages.ts';
import { makeCreateResetLink } from '../../src/application/use-cases/administration/create-reset-link.ts';
import { makeSetAdministrator } from '../../src/application/use-cases/administration/set-administrator.ts';
import { makeSetDeactivated } from '../../src/application/use-cases/administration/set-deactivated.ts';
import { makeSettleDeadJob } from '../../src/application/use-cases/administration/settle-dead-job.ts';
import { makeSignOutUser } from '../../src/application/use-cases/administration/sign-out-user.ts';
import { makeTurnOffTwoStep } from '../../src/application/use-cases/administration/turn-off-two-step.ts';
import { makeViewAdministratorActs } from '../../src/application/use-cases/administration/view-administrator-acts.ts';
import { makeViewDeadJobs } from '../../src/application/use-cases/administration/view-dead-jobs.ts';
import { makeViewInstallation } from '../../src/application/use-cases/administration/view-installation.ts';
import { makeViewLargestChats } from '../../src/application/use-cases/administration/view-largest-chats.ts';
import { makeViewLiveInvites } from '../../src/application/use-cases/administration/view-live-invites.ts';
import { makeViewPeople } from '../../src/application/use-cases/administration/view-people.ts';
import { makeWithdrawInvite } from '../../src/application/use-cases/administration/withdraw-invite.ts';
import { makeRehearseNotifications } from '../../src/application/use-cases/attention/rehearse-notifications.ts';
import { makeSetNotifications } from '../../src/application/use-cases/attention/set-notifications.ts';
import { makeViewNotifications } from '../../src/application/use-cases/attention/view-notifications.ts';
import type { CardRules } from '../../src/application/use-cases/cards/card-rules.ts';
import { makeRemoveCard } from '../../src/application/use-cases/cards/remove-card.ts';
import { makeCreateChat } from '../../src/application/use-cases/chats/create-chat.ts';
import { makeCreateInvite } from '../../src/application/use-cases/chats/create-invite.ts';
import { makeExportChat } from '../../src/application/use-cases/chats/export-chat.ts';
import { makeFollowUser } from '../../src/application/use-cases/chats/follow-user.ts';
import { makeLeaveChat } from '../../src/application/use-cases/chats/leave-chat.ts';
import { makeOpenChat } from '../../src/application/use-cases/chats/open-chat.ts';
import { makeRedeemInvite } from '../../src/application/use-cases/chats/redeem-invite.ts';
import { makeRemoveMember } from '../../src/application/use-cases/chats/remove-member.ts';
import { makeRenameChat } from '../../src/application/use-cases/chats/rename-chat.ts';
import { makeRevokeInvite } from '../../src/application/use-cases/chats/revoke-invite.ts';
import { makeSetRole } from '../../src/application/use-cases/chats/set-role.ts';
import { makeViewArchivedChats } from '../../src/application/use-cases/chats/view-archived-chats.ts';
import { makeViewChat } from '../../src/application/use-cases/chats/view-chat.ts';
import { makeViewChatSummaries } from '../../src/application/use-cases/chats/view-chat-summaries.ts';
import { makeViewInvite } from '../../src/application/use-cases/chats/view-invite.ts';
import { makeViewInvites } from '../../src/application/use-cases/chats/view-invites.ts';
import { makeViewMembers } from '../../src/application/use-cases/chats/view-members.ts';
import { makeOpenDirectChat } from '../../src/application/use-cases/direct/open-direct-chat.ts';
import { makeSetBlock } from '../../src/application/use-cases/direct/set-block.ts';
import { makeViewBlocks } from '../../src/application/use-cases/direct/view-blocks.ts';
import { makeDescribeFile } from '../../src/application/use-cases/files/describe-file.ts';
import { makeOpenFile } from '../../src/application/use-cases/files/open-file.ts';
import { type FileRules, makeStageFile } from '../../src/application/use-cases/files/stage-file.ts';
import { makeSweepFiles } from '../../src/application/use-cases/files/sweep-files.ts';
import { makeViewFiles } from '../../src/application/use-cases/files/view-files.ts';
import { makeAddPasskey } from '../../src/application/use-cases/identity/add-passkey.ts';
import { makeAuthenticate } from '../../src/application/use-cases/identity/authenticate.ts';
import { makeBeginPasskey } from '../../src/application/use-cases/identity/begin-passkey.ts';
import { makeBeginPasskeyConfirmation } from '../../src/application/use-cases/identity/begin-passkey-confirmation.ts';
import { makeBeginPasskeySignIn } from '../../src/application/use-cases/identity/begin-passkey-sign-in.ts';
import { makeBeginTwoStep } from '../../src/application/use-cases/identity/begin-two-step.ts';
import { makeChangePassword } from '../../src/application/use-cases/identity/change-password.ts';
import { makeChangeUsername } from '../../src/application/use-cases/identity/change-username.ts';
import { makeConfirmByPasskey } from '../../src/application/use-cases/identity/confirm-by-passkey.ts';
import { makeConfirmIdentity } from '../../src/application/use-cases/identity/confirm-identity.ts';
import { makeCreateSignInLink } from '../../src/application/use-cases/identity/create-sign-in-link.ts';
import { makeDeleteAccount } from '../../src/application/use-cases/identity/delete-account.ts';
import { makeDisableTwoStep } from '../../src/application/use-cases/identity/disable-two-step.ts';
import { makeEnableTwoStep } from '../../src/application/use-cases/identity/enable-two-step.ts';
import { makeEndOtherSessions, makeEndSession } from '../../src/application/use-cases/identity/end-session.ts';
import { makeExportAccount } from '../../src/application/use-cases/identity/export-account.ts';
import { makeFinishSignIn } from '../../src/application/use-cases/identity/finish-sign-in.ts';
import type { DelayCaps } from '../../src/application/use-cases/identity/guess-delays.ts';
import { makeIdentifySession } from '../../src/application/use-cases/identity/identify-session.ts';
import { makeMayUndoRegistration } from '../../src/application/use-cases/identity/may-undo-registration.ts';
import { OpenSessions } from '../../src/application/use-cases/identity/open-sessions.ts';
import { makePurgeExpired } from '../../src/application/use-cases/identity/purge-expired.ts';
import { makeRecoverAccount } from '../../src/application/use-cases/identity/recover-account.ts';
import { makeRemovePasskey } from '../../src/application/use-cases/identity/remove-passkey.ts';
import { makeRenamePasskey } from '../../src/application/use-cases/identity/rename-passkey.ts';
import { makeRenewRecoveryCodes } from '../../src/application/use-cases/identity/renew-recovery-codes.ts';
import { makeReplayErasures } from '../../src/application/use-cases/identity/replay-erasures.ts';
import { makeResetPassword, makeViewResetLink } from '../../src/application/use-cases/identity/reset-password.ts';
import { makeSettleRecovery } from '../../src/application/use-cases/identity/settle-recovery.ts';
import { makeSignInByPasskey } from '../../src/application/use-cases/identity/sign-in-by-passkey.ts';
import { makeSignOut } from '../../src/application/use-cases/identity/sign-out.ts';
import { makeUndoRegistration } from '../../src/application/use-cases/identity/undo-registration.ts';
import { makeUseSignInLink, makeViewSignInLink } from '../../src/application/use-cases/identity/use-sign-in-link.ts';
import { makeViewDeletion } from '../../src/application/use-cases/identity/view-deletion.ts';
import { makeViewPasskeys } from '../../src/application/use-cases/identity/view-passkeys.ts';
import { makeViewRecovery } from '../../src/application/use-cases/identity/view-recovery.ts';
import { makeViewRegistration } from '../../src/application/use-cases/identity/view-registration.ts';
import { makeViewSessions } from '../../src/application/use-cases/identity/view-sessions.ts';
import { makeViewTwoStep } from '../../src/application/use-cases/identity/view-two-step.ts';
import { makeAssertMayFollow } from '../../src/application/use-cases/messages/assert-may-follow.ts';
import { makeDeleteMessage } from '../../src/application/use-cases/messages/delete-message.ts';
import { makeEditMessage } from '../../src/application/use-cases/messages/edit-message.ts';
import { makeEraseVersion } from '../../src/application/use-cases/messages/erase-version.ts';
import { makeFindMoment } from '../../src/application/use-cases/messages/find-moment.ts';
import { makeFollowChat } from '../../src/application/use-cases/messages/follow-chat.ts';
import { makeOpenMessage } from '../../src/application/use-cases/messages/open-message.ts';
import { makePostMessage } from '../../src/application/use-cases/messages/post-message.ts';
import { makeReadHistory } from '../../src/application/use-cases/messages/read-history.ts';
import { makeRestoreMessage } from '../../src/application/use-cases/messages/restore-message.ts';
import { makeViewMessage } from '../../src/application/use-cases/messages/view-message.ts';
import { makeViewVersions } from '../../src/application/use-cases/messages/view-versions.ts';
import { makeBanMember } from '../../src/application/use-cases/moderation/ban-member.ts';
import { makeDismissReports } from '../../src/application/use-cases/moderation/dismiss-reports.ts';
import { makeLiftBan } from '../../src/application/use-cases/moderation/lift-ban.ts';
import { makeReportMessage } from '../../src/application/use-cases/moderation/report-message.ts';
import { makeSetArchived } from '../../src/application/use-cases/moderation/set-archived.ts';
import { makeSetRetention } from '../../src/application/use-cases/moderation/set-retention.ts';
import { makeSetSlowMode } from '../../src/application/use-cases/moderation/set-slow-mode.ts';
import { makeUndoAct } from '../../src/application/use-cases/moderation/undo-act.ts';
import { makeViewAudit } from '../../src/application/use-cases/moderation/view-audit.ts';
import { makeViewReports } from '../../src/application/use-cases/moderation/view-reports.ts';
import { makeViewPast } from '../../src/application/use-cases/past/view-past.ts';
import { makeOpenPicture } from '../../src/application/use-cases/pictures/open-picture.ts';
import { makeRemovePicture } from '../../src/application/use-cases/pictures/remove-picture.ts';
import { makeSetPicture } from '../../src/application/use-cases/pictures/set-picture.ts';
import { makeViewPicture } from '../../src/application/use-cases/pictures/view-picture.ts';
import { makeViewPictures } from '../../src/application/use-cases/pictures/view-pictures.ts';
import { makeSetPin } from '../../src/application/use-cases/pins/set-pin.ts';
import { makeViewPins } from '../../src/application/use-cases/pins/view-pins.ts';
import { makeSetAway } from '../../src/application/use-cases/presence/set-away.ts';
import { makeViewAway } from '../../src/application/use-cases/presence/view-away.ts';
import { makeAddPushDevice } from '../../src/application/use-cases/push/add-push-device.ts';
import { makeRemovePushDevice } from '../../src/application/use-cases/push/remove-push-device.ts';
import { makeTestPushDevice } from '../../src/application/use-cases/push/test-push-device.ts';
import { makeViewNotified } from '../../src/application/use-cases/push/view-notified.ts';
import { makeViewPushDevice } from '../../src/application/use-cases/push/view-push-device.ts';
import { makeReactToMessage } from '../../src/application/use-cases/reactions/react-to-message.ts';
import { makeMarkRead } from '../../src/application/use-cases/reading/mark-read.ts';
import { makeMarkUnread } from '../../src/application/use-cases/reading/mark-unread.ts';
import { makeSetLevel } from '../../src/application/use-cases/reading/set-level.ts';
import { makeSetPinned } from '../../src/application/use-cases/reading/set-pinned.ts';
import { makeViewChatSummary } from '../../src/application/use-cases/reading/view-chat-summary.ts';
import { makeViewMissed } from '../../src/application/use-cases/reading/view-missed.ts';
import { makeSearchMessages } from '../../src/application/use-cases/search/search-messages.ts';
import { makeAssertReady } from '../../src/application/use-cases/status/assert-ready.ts';
import { makeViewStatus } from '../../src/application/use-cases/status/view-status.ts';
import { makeSignalTyping } from '../../src/application/use-cases/typing/signal-typing.ts';
import type { PacedCommands, UseCases } from '../../src/application/use-cases.ts';
import type { Registration } from '../../src/domain/identity/registration.ts';

export interface Ports {
  readonly storage: Storage;
  readonly blobs: Blobs;
  readonly thumbnails: Thumbnails;
  readonly broadcast: Broadcast;
  readonly presence: Presence;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly passwordHasher: PasswordHasher;
  readonly passkeyVerifier: PasskeyVerifier;
  readonly pushSender: PushSender;
  /** One in memory where a test has none of its own. */
  readonly erasureList?: ErasureList;
  readonly webPages?: WebPages;
  readonly stopping: AbortController;
}

export interface Rules {
  readonly registration: Registration;
  /** Undefined when nothing is limited. */
  readonly rates: Rates | undefined;
  readonly delayCaps: DelayCaps;
  readonly fileRules: FileRules;
  /** Off where a test says nothing. */
  readonly cardRules?: CardRules;
}

/** Without those that differ only by their budgets, which the composition adds. */
export type WiredUseCases = Omit<UseCases, 'paced' | 'assertMayResume' | 'assertMayConnect'> &
  Pick<PacedCommands, 'signalTyping'>;

/** The use cases by hand, without the container, on the ports that a test has. */
export function wired(ports: Ports, rules: Rules): { readonly useCases: WiredUseCases; readonly jobWorker: JobWorker } {
  const deps = depsOf(ports, rules, () => jobWorker.wake());
  const jobWorker = new JobWorker({
    ...deps,
    unitOfWork: ports.storage.unitOfWork,
    random: Math.random,
    handlers: makeJobHandlers({ ...deps, deviceUse: deps.livePresence }),
  });
  return {
    jobWorker,
    useCases: {
      ...identityUseCases(deps),
      ...passkeyUseCases(deps),
      ...chatUseCases(deps),
      ...messageUseCases(deps),
      ...moderationUseCases(deps),
      ...pushUseCases(deps),
      stageFile: makeStageFile(deps),
      openFile: makeOpenFile(deps),
      describeFile: makeDescribeFile(deps),
      viewFiles: makeViewFiles(deps),
      removeCard: makeRemoveCard(deps),
      sweepFiles: makeSweepFiles(deps),
      ...pictureUseCases(deps),
      ...administrationUseCases(deps),
      followChat: makeFollowChat(deps),
      followUser: makeFollowUser(deps),
    },
  };
}

type Deps = ReturnType<typeof depsOf>;

function depsOf(ports: Ports, rules: Rules, wakeJobs: () => void) {
  const { storage, timer, stopping } = ports;
  const deps = {
    ...ports,
    ...rules,
    view: storage.view,
    unitOfWork: noticeJobs(storage.unitOfWork, wakeJobs),
    cardRules: rules.cardRules ?? { isOn: false, keepsImages: false, ownOrigin: undefined },
    webPages: ports.webPages ?? { visit: async () => 'none' as const },
    erasureList: ports.erasureList ?? makeMemoryErasureList(),
    scrub: () => storage.scrub(),
    assertWritable: () => storage.assertWritable(),
    rateLimits: rules.rates
      ? makeRateLimits(rules.rates, (_limit, rate) => new MemoryLimiter(rate, timer))
      : noRateLimits,
    budgets: noBudgets,
    measurements: noMeasurements,
    pageTurns: new BulkTurns(timer),
    bulkTurns: new BulkTurns(timer),
    maxLiveInvites: Number.POSITIVE_INFINITY,
    stopping: stopping.signal,
  };
  return { ...deps, ...makeFeeds({ ...deps, instance: 'here' }), sessions: new OpenSessions(deps) };
}

const identityUseCases = (deps: Deps) => ({
  authenticate: makeAuthenticate(deps),
  finishSignIn: makeFinishSignIn(deps),
  identifySession: makeIdentifySession(deps),
  signOut: makeSignOut(deps),
  viewSessions: makeViewSessions(deps),
  endSession: makeEndSession(deps),
  endOtherSessions: makeEndOtherSessions(deps),
  changePassword: makeChangePassword(deps),
  changeUsername: makeChangeUsername(deps),
  confirmIdentity: makeConfirmIdentity(deps),
  createSignInLink: makeCreateSignInLink(deps),
  viewSignInLink: makeViewSignInLink(deps),
  useSignInLink: makeUseSignInLink(deps),
  viewTwoStep: makeViewTwoStep(deps),
  beginTwoStep: makeBeginTwoStep(deps),
  enableTwoStep: makeEnableTwoStep(deps),
  disableTwoStep: makeDisableTwoStep(deps),
  renewRecoveryCodes: makeRenewRecoveryCodes(deps),
  deleteAccount: makeDeleteAccount(deps),
  viewDeletion: makeViewDeletion(deps),
  exportAccount: makeExportAccount(deps),
  replayErasures: makeReplayErasures(deps),
  mayUndoRegistration: makeMayUndoRegistration(deps),
  undoRegistration: makeUndoRegistration(deps),
  viewRegistration: makeViewRegistration(deps),
  viewResetLink: makeViewResetLink(deps),
  resetPassword: makeResetPassword(deps),
  purgeExpired: makePurgeExpired(deps),
  viewAway: makeViewAway(deps),
  setAway: makeSetAway(deps),
  assertReady: makeAssertReady(deps),
  viewStatus: makeViewStatus(deps),
});

const passkeyUseCases = (deps: Deps) => ({
  recoverAccount: makeRecoverAccount(deps),
  settleRecovery: makeSettleRecovery(deps),
  viewRecovery: makeViewRecovery(deps),
  addPasskey: makeAddPasskey(deps),
  beginPasskey: makeBeginPasskey(deps),
  beginPasskeyConfirmation: makeBeginPasskeyConfirmation(deps),
  beginPasskeySignIn: makeBeginPasskeySignIn(deps),
  confirmByPasskey: makeConfirmByPasskey(deps),
  removePasskey: makeRemovePasskey(deps),
  renamePasskey: makeRenamePasskey(deps),
  signInByPasskey: makeSignInByPasskey(deps),
  viewPasskeys: makeViewPasskeys(deps),
});

const chatUseCases = (deps: Deps) => ({
  createChat: makeCreateChat(deps),
  viewChatSummaries: makeViewChatSummaries(deps),
  viewChat: makeViewChat(deps),
  openChat: makeOpenChat(deps),
  createInvite: makeCreateInvite(deps),
  viewInvite: makeViewInvite(deps),
  redeemInvite: makeRedeemInvite(deps),
  viewInvites: makeViewInvites(deps),
  revokeInvite: makeRevokeInvite(deps),
  viewMembers: makeViewMembers(deps),
  renameChat: makeRenameChat(deps),
  removeMember: makeRemoveMember(deps),
  setRole: makeSetRole(deps),
  leaveChat: makeLeaveChat(deps),
  openDirectChat: makeOpenDirectChat(deps),
  setBlock: makeSetBlock(deps),
  viewBlocks: makeViewBlocks(deps),
});

const messageUseCases = (deps: Deps) => ({
  postMessage: makePostMessage(deps),
  viewMessage: makeViewMessage(deps),
  openMessage: makeOpenMessage(deps),
  viewVersions: makeViewVersions(deps),
  viewPast: makeViewPast(deps),
  searchMessages: makeSearchMessages(deps),
  exportChat: makeExportChat(deps),
  eraseVersion: makeEraseVersion(deps),
  editMessage: makeEditMessage(deps),
  deleteMessage: makeDeleteMessage(deps),
  restoreMessage: makeRestoreMessage(deps),
  reactToMessage: makeReactToMessage(deps),
  markRead: makeMarkRead(deps),
  markUnread: makeMarkUnread(deps),
  setLevel: makeSetLevel(deps),
  setPinned: makeSetPinned(deps),
  viewChatSummary: makeViewChatSummary(deps),
  viewMissed: makeViewMissed(deps),
  viewNotifications: makeViewNotifications(deps),
  setNotifications: makeSetNotifications(deps),
  rehearseNotifications: makeRehearseNotifications(deps),
  signalTyping: makeSignalTyping(deps),
  setPin: makeSetPin(deps),
  viewPins: makeViewPins(deps),
  readHistory: makeReadHistory(deps),
  findMoment: makeFindMoment(deps),
  assertMayFollow: makeAssertMayFollow(deps),
});

const moderationUseCases = (deps: Deps) => ({
  banMember: makeBanMember(deps),
  liftBan: makeLiftBan(deps),
  setSlowMode: makeSetSlowMode(deps),
  setArchived: makeSetArchived(deps),
  setRetention: makeSetRetention(deps),
  viewArchivedChats: makeViewArchivedChats(deps),
  reportMessage: makeReportMessage(deps),
  viewReports: makeViewReports(deps),
  dismissReports: makeDismissReports(deps),
  viewAudit: makeViewAudit(deps),
  undoAct: makeUndoAct(deps),
});

const pictureUseCases = (deps: Deps) => ({
  setPicture: makeSetPicture(deps),
  removePicture: makeRemovePicture(deps),
  openPicture: makeOpenPicture(deps),
  viewPictures: makeViewPictures(deps),
  viewPicture: makeViewPicture(deps),
});

const pushUseCases = (deps: Deps) => ({
  addPushDevice: makeAddPushDevice(deps),
  removePushDevice: makeRemovePushDevice(deps),
  testPushDevice: makeTestPushDevice(deps),
  viewPushDevice: makeViewPushDevice(deps),
  viewNotified: makeViewNotified(deps),
});

const administrationUseCases = (deps: Deps) => ({
  setAdministrator: makeSetAdministrator(deps),
  setDeactivated: makeSetDeactivated(deps),
  signOutUser: makeSignOutUser(deps),
  createResetLink: makeCreateResetLink(deps),
  turnOffTwoStep: makeTurnOffTwoStep(deps),
  viewPeople: makeViewPeople(deps),
  viewInstallation: makeViewInstallation(deps),
  viewLargestChats: makeViewLargestChats(deps),
  viewLiveInvites: makeViewLiveInvites(deps),
  withdrawInvite: makeWithdrawInvite(deps),
  viewDeadJobs: makeViewDeadJobs(deps),
  settleDeadJob: makeSettleDeadJob(deps),
  viewAdministratorActs: makeViewAdministratorActs(deps),
});
