import type { AdministrationUseCases } from './administration-use-cases.ts';
import type { HistoryUseCases } from './history-use-cases.ts';
import type { LeavingUseCases } from './leaving-use-cases.ts';
import type { ModerationUseCases } from './moderation-use-cases.ts';
import type { PasskeyUseCases } from './passkey-use-cases.ts';
import type { PictureUseCases } from './picture-use-cases.ts';
import type { RehearseNotifications } from './use-cases/attention/rehearse-notifications.ts';
import type { SetNotifications } from './use-cases/attention/set-notifications.ts';
import type { ViewNotifications } from './use-cases/attention/view-notifications.ts';
import type { RemoveCard } from './use-cases/cards/remove-card.ts';
import type { AssertMayConnect } from './use-cases/chats/assert-may-connect.ts';
import type { CreateChat } from './use-cases/chats/create-chat.ts';
import type { CreateInvite } from './use-cases/chats/create-invite.ts';
import type { FollowUser } from './use-cases/chats/follow-user.ts';
import type { LeaveChat } from './use-cases/chats/leave-chat.ts';
import type { OpenChat } from './use-cases/chats/open-chat.ts';
import type { RedeemInvite } from './use-cases/chats/redeem-invite.ts';
import type { RemoveMember } from './use-cases/chats/remove-member.ts';
import type { RenameChat } from './use-cases/chats/rename-chat.ts';
import type { RevokeInvite } from './use-cases/chats/revoke-invite.ts';
import type { SetRole } from './use-cases/chats/set-role.ts';
import type { ViewChat } from './use-cases/chats/view-chat.ts';
import type { ViewChatSummaries } from './use-cases/chats/view-chat-summaries.ts';
import type { ViewInvite } from './use-cases/chats/view-invite.ts';
import type { ViewInvites } from './use-cases/chats/view-invites.ts';
import type { ViewMembers } from './use-cases/chats/view-members.ts';
import type { OpenDirectChat } from './use-cases/direct/open-direct-chat.ts';
import type { SetBlock } from './use-cases/direct/set-block.ts';
import type { ViewBlocks } from './use-cases/direct/view-blocks.ts';
import type { DescribeFile } from './use-cases/files/describe-file.ts';
import type { OpenFile } from './use-cases/files/open-file.ts';
import type { StageFile } from './use-cases/files/stage-file.ts';
import type { SweepFiles } from './use-cases/files/sweep-files.ts';
import type { ViewFiles } from './use-cases/files/view-files.ts';
import type { Authenticate } from './use-cases/identity/authenticate.ts';
import type { BeginTwoStep } from './use-cases/identity/begin-two-step.ts';
import type { ChangePassword } from './use-cases/identity/change-password.ts';
import type { ChangeUsername } from './use-cases/identity/change-username.ts';
import type { ConfirmIdentity } from './use-cases/identity/confirm-identity.ts';
import type { CreateSignInLink } from './use-cases/identity/create-sign-in-link.ts';
import type { DisableTwoStep } from './use-cases/identity/disable-two-step.ts';
import type { EnableTwoStep } from './use-cases/identity/enable-two-step.ts';
import type { EndOtherSessions, EndSession } from './use-cases/identity/end-session.ts';
import type { FinishSignIn } from './use-cases/identity/finish-sign-in.ts';
import type { IdentifySession } from './use-cases/identity/identify-session.ts';
import type { MayUndoRegistration } from './use-cases/identity/may-undo-registration.ts';
import type { PurgeExpired } from './use-cases/identity/purge-expired.ts';
import type { RenewRecoveryCodes } from './use-cases/identity/renew-recovery-codes.ts';
import type { ResetPassword, ViewResetLink } from './use-cases/identity/reset-password.ts';
import type { SignOut } from './use-cases/identity/sign-out.ts';
import type { TakeTurn } from './use-cases/identity/take-turn.ts';
import type { UndoRegistration } from './use-cases/identity/undo-registration.ts';
import type { UseSignInLink, ViewSignInLink } from './use-cases/identity/use-sign-in-link.ts';
import type { ViewRegistration } from './use-cases/identity/view-registration.ts';
import type { ViewSessions } from './use-cases/identity/view-sessions.ts';
import type { ViewTwoStep } from './use-cases/identity/view-two-step.ts';
import type { AssertMayFollow } from './use-cases/messages/assert-may-follow.ts';
import type { DeleteMessage } from './use-cases/messages/delete-message.ts';
import type { EditMessage } from './use-cases/messages/edit-message.ts';
import type { EraseVersion } from './use-cases/messages/erase-version.ts';
import type { FollowChat } from './use-cases/messages/follow-chat.ts';
import type { OpenMessage } from './use-cases/messages/open-message.ts';
import type { PostMessage } from './use-cases/messages/post-message.ts';
import type { RestoreMessage } from './use-cases/messages/restore-message.ts';
import type { ViewMessage } from './use-cases/messages/view-message.ts';
import type { SetPin } from './use-cases/pins/set-pin.ts';
import type { ViewPins } from './use-cases/pins/view-pins.ts';
import type { SetAway } from './use-cases/presence/set-away.ts';
import type { ViewAway } from './use-cases/presence/view-away.ts';
import type { AddPushDevice } from './use-cases/push/add-push-device.ts';
import type { RemovePushDevice } from './use-cases/push/remove-push-device.ts';
import type { TestPushDevice } from './use-cases/push/test-push-device.ts';
import type { ViewNotified } from './use-cases/push/view-notified.ts';
import type { ViewPushDevice } from './use-cases/push/view-push-device.ts';
import type { ReactToMessage } from './use-cases/reactions/react-to-message.ts';
import type { MarkRead } from './use-cases/reading/mark-read.ts';
import type { MarkUnread } from './use-cases/reading/mark-unread.ts';
import type { SetLevel } from './use-cases/reading/set-level.ts';
import type { SetPinned } from './use-cases/reading/set-pinned.ts';
import type { ViewChatSummary } from './use-cases/reading/view-chat-summary.ts';
import type { ViewMissed } from './use-cases/reading/view-missed.ts';
import type { AssertReady } from './use-cases/status/assert-ready.ts';
import type { ViewStatus } from './use-cases/status/view-status.ts';

/**
 * Everything that driving adapters may call. `composition/use-cases.ts` wraps some use cases so that they take one unit of the actor's
 * budget first; these throw DomainError `too_many_requests` when the budget is empty.
 */
export interface UseCases
  extends AdministrationUseCases,
    HistoryUseCases,
    LeavingUseCases,
    ModerationUseCases,
    PasskeyUseCases,
    PictureUseCases {
  readonly authenticate: Authenticate;
  readonly finishSignIn: FinishSignIn;
  readonly identifySession: IdentifySession;
  readonly signOut: SignOut;
  readonly viewSessions: ViewSessions;
  readonly endSession: EndSession;
  readonly endOtherSessions: EndOtherSessions;
  readonly changePassword: ChangePassword;
  readonly changeUsername: ChangeUsername;
  readonly confirmIdentity: ConfirmIdentity;
  readonly createSignInLink: CreateSignInLink;
  readonly viewSignInLink: ViewSignInLink;
  readonly useSignInLink: UseSignInLink;
  readonly viewTwoStep: ViewTwoStep;
  readonly beginTwoStep: BeginTwoStep;
  readonly enableTwoStep: EnableTwoStep;
  readonly disableTwoStep: DisableTwoStep;
  readonly renewRecoveryCodes: RenewRecoveryCodes;
  readonly mayUndoRegistration: MayUndoRegistration;
  readonly undoRegistration: UndoRegistration;
  readonly viewRegistration: ViewRegistration;
  readonly viewResetLink: ViewResetLink;
  readonly resetPassword: ResetPassword;
  readonly purgeExpired: PurgeExpired;
  readonly createChat: CreateChat;
  readonly viewChatSummaries: ViewChatSummaries;
  readonly viewChat: ViewChat;
  readonly openChat: OpenChat;
  readonly createInvite: CreateInvite;
  readonly viewInvite: ViewInvite;
  readonly redeemInvite: RedeemInvite;
  readonly viewInvites: ViewInvites;
  readonly revokeInvite: RevokeInvite;
  readonly viewMembers: ViewMembers;
  readonly renameChat: RenameChat;
  readonly removeMember: RemoveMember;
  readonly leaveChat: LeaveChat;
  readonly openDirectChat: OpenDirectChat;
  readonly setBlock: SetBlock;
  readonly viewBlocks: ViewBlocks;
  readonly postMessage: PostMessage;
  readonly viewMessage: ViewMessage;
  readonly openMessage: OpenMessage;
  readonly eraseVersion: EraseVersion;
  readonly editMessage: EditMessage;
  readonly deleteMessage: DeleteMessage;
  readonly restoreMessage: RestoreMessage;
  readonly removeCard: RemoveCard;
  readonly describeFile: DescribeFile;
  readonly viewFiles: ViewFiles;
  readonly reactToMessage: ReactToMessage;
  readonly setPin: SetPin;
  readonly viewPins: ViewPins;
  readonly markRead: MarkRead;
  readonly markUnread: MarkUnread;
  readonly setLevel: SetLevel;
  readonly setPinned: SetPinned;
  readonly setRole: SetRole;
  readonly viewChatSummary: ViewChatSummary;
  readonly viewMissed: ViewMissed;
  readonly viewNotifications: ViewNotifications;
  readonly setNotifications: SetNotifications;
  readonly rehearseNotifications: RehearseNotifications;
  readonly viewAway: ViewAway;
  readonly setAway: SetAway;
  readonly addPushDevice: AddPushDevice;
  readonly removePushDevice: RemovePushDevice;
  readonly testPushDevice: TestPushDevice;
  readonly viewPushDevice: ViewPushDevice;
  readonly viewNotified: ViewNotified;
  readonly stageFile: StageFile;
  readonly openFile: OpenFile;
  readonly sweepFiles: SweepFiles;
  readonly assertMayFollow: AssertMayFollow;
  /** The same, counted as a read: for event streams, and for sockets that resume and read what they missed. */
  readonly assertMayResume: AssertMayFollow;
  readonly followChat: FollowChat;
  readonly followUser: FollowUser;
  /** For a connection that is about to follow a user's chats: it takes one from the budget of reads. */
  readonly assertMayConnect: AssertMayConnect;
  readonly assertReady: AssertReady;
  readonly viewStatus: ViewStatus;
  readonly paced: PacedCommands;
}

import type { SignalTyping } from './use-cases/typing/signal-typing.ts';

/** Commands for callers that wait for their turn instead of being refused. Call `takeTurn` until it answers 0 first. */
export interface PacedCommands {
  readonly takeTurn: TakeTurn;
  readonly postMessage: PostMessage;
  readonly editMessage: EditMessage;
  readonly deleteMessage: DeleteMessage;
  readonly restoreMessage: RestoreMessage;
  readonly reactToMessage: ReactToMessage;
  readonly markRead: MarkRead;
  readonly markUnread: MarkUnread;
  readonly signalTyping: SignalTyping;
}
