import { makeRehearseNotifications } from '../application/use-cases/attention/rehearse-notifications.ts';
import { makeSetNotifications } from '../application/use-cases/attention/set-notifications.ts';
import { makeViewNotifications } from '../application/use-cases/attention/view-notifications.ts';
import { makeRemoveCard } from '../application/use-cases/cards/remove-card.ts';
import { makeAssertMayConnect } from '../application/use-cases/chats/assert-may-connect.ts';
import { makeCreateChat } from '../application/use-cases/chats/create-chat.ts';
import { makeCreateInvite } from '../application/use-cases/chats/create-invite.ts';
import { makeExportChat } from '../application/use-cases/chats/export-chat.ts';
import { makeFollowUser } from '../application/use-cases/chats/follow-user.ts';
import { makeLeaveChat } from '../application/use-cases/chats/leave-chat.ts';
import { makeOpenChat } from '../application/use-cases/chats/open-chat.ts';
import { makeRedeemInvite } from '../application/use-cases/chats/redeem-invite.ts';
import { makeRemoveMember } from '../application/use-cases/chats/remove-member.ts';
import { makeRenameChat } from '../application/use-cases/chats/rename-chat.ts';
import { makeRevokeInvite } from '../application/use-cases/chats/revoke-invite.ts';
import { makeSetRole } from '../application/use-cases/chats/set-role.ts';
import { makeViewChat } from '../application/use-cases/chats/view-chat.ts';
import { makeViewChatSummaries } from '../application/use-cases/chats/view-chat-summaries.ts';
import { makeViewInvite } from '../application/use-cases/chats/view-invite.ts';
import { makeViewInvites } from '../application/use-cases/chats/view-invites.ts';
import { makeViewMembers } from '../application/use-cases/chats/view-members.ts';
import { makeOpenDirectChat } from '../application/use-cases/direct/open-direct-chat.ts';
import { makeSetBlock } from '../application/use-cases/direct/set-block.ts';
import { makeViewBlocks } from '../application/use-cases/direct/view-blocks.ts';
import { makeDescribeFile } from '../application/use-cases/files/describe-file.ts';
import { makeOpenFile } from '../application/use-cases/files/open-file.ts';
import { makeStageFile } from '../application/use-cases/files/stage-file.ts';
import { makeSweepFiles } from '../application/use-cases/files/sweep-files.ts';
import { makeViewFiles } from '../application/use-cases/files/view-files.ts';
import { OpenSessions } from '../application/use-cases/identity/open-sessions.ts';
import { makeTakeTurn } from '../application/use-cases/identity/take-turn.ts';
import { makeAssertMayFollow } from '../application/use-cases/messages/assert-may-follow.ts';
import { makeDeleteMessage } from '../application/use-cases/messages/delete-message.ts';
import { makeEditMessage } from '../application/use-cases/messages/edit-message.ts';
import { makeEraseVersion } from '../application/use-cases/messages/erase-version.ts';
import { makeFindMoment } from '../application/use-cases/messages/find-moment.ts';
import { makeFollowChat } from '../application/use-cases/messages/follow-chat.ts';
import { makeOpenMessage } from '../application/use-cases/messages/open-message.ts';
import { makePostMessage } from '../application/use-cases/messages/post-message.ts';
import { makeReadHistory } from '../application/use-cases/messages/read-history.ts';
import { makeRestoreMessage } from '../application/use-cases/messages/restore-message.ts';
import { makeViewMessage } from '../application/use-cases/messages/view-message.ts';
import { makeViewVersions } from '../application/use-cases/messages/view-versions.ts';
import { makeViewPast } from '../application/use-cases/past/view-past.ts';
import { makeSetPin } from '../application/use-cases/pins/set-pin.ts';
import { makeViewPins } from '../application/use-cases/pins/view-pins.ts';
import { makeAddPushDevice } from '../application/use-cases/push/add-push-device.ts';
import { makeRemovePushDevice } from '../application/use-cases/push/remove-push-device.ts';
import { makeTestPushDevice } from '../application/use-cases/push/test-push-device.ts';
import { makeViewNotified } from '../application/use-cases/push/view-notified.ts';
import { makeViewPushDevice } from '../application/use-cases/push/view-push-device.ts';
import { makeReactToMessage } from '../application/use-cases/reactions/react-to-message.ts';
import { makeMarkRead } from '../application/use-cases/reading/mark-read.ts';
import { makeMarkUnread } from '../application/use-cases/reading/mark-unread.ts';
import { makeSetLevel } from '../application/use-cases/reading/set-level.ts';
import { makeSetPinned } from '../application/use-cases/reading/set-pinned.ts';
import { makeViewChatSummary } from '../application/use-cases/reading/view-chat-summary.ts';
import { makeViewMissed } from '../application/use-cases/reading/view-missed.ts';
import { makeSearchMessages } from '../application/use-cases/search/search-messages.ts';
import { makeAssertReady } from '../application/use-cases/status/assert-ready.ts';
import { makeViewStatus } from '../application/use-cases/status/view-status.ts';
import { makeSignalTyping } from '../application/use-cases/typing/signal-typing.ts';
import type { UseCases } from '../application/use-cases.ts';
import { administrationUseCases } from './administration.ts';
import type { Get } from './container.ts';
import { identityUseCases } from './identity-use-cases.ts';
import { moderationUseCases } from './moderation-use-cases.ts';
import { passkeyUseCases } from './passkey-use-cases.ts';
import { pictureUseCases } from './picture-use-cases.ts';
import { FEEDS } from './tokens.ts';
import { type Budgeted, budgetedBy, type UseCasePorts as Ports, type Rules, useCasePorts } from './use-case-ports.ts';

/** Each use case gets all ports, and its own type lets it use only those that it names. */
export function makeUseCases(get: Get, rules: Rules): UseCases {
  const ports = useCasePorts(get, rules);
  const budgets = budgetedBy(ports);
  return {
    ...identityUseCases(ports, budgets),
    ...passkeyUseCases(ports, budgets),
    ...pictureUseCases(ports, budgets),
    ...chatUseCases(ports, budgets),
    ...messageUseCases(ports, budgets),
    ...historyUseCases(ports, budgets),
    ...followingUseCases(get, ports, budgets),
    ...moderationUseCases(ports, budgets),
    ...pushUseCases(ports, budgets),
    ...fileUseCases(ports, budgets),
    ...administrationUseCases(ports, budgets),
    assertReady: makeAssertReady(ports),
    viewStatus: makeViewStatus(ports),
  };
}

const chatUseCases = (ports: Ports, { writes, reads }: Budgeted) => ({
  createChat: writes(makeCreateChat(ports)),
  createInvite: writes(makeCreateInvite(ports)),
  redeemInvite: writes(makeRedeemInvite(ports)),
  viewInvites: reads(makeViewInvites(ports)),
  revokeInvite: writes(makeRevokeInvite(ports)),
  renameChat: writes(makeRenameChat(ports)),
  removeMember: writes(makeRemoveMember(ports)),
  setRole: writes(makeSetRole(ports)),
  leaveChat: writes(makeLeaveChat(ports)),
  viewChatSummaries: reads(makeViewChatSummaries(ports)),
  viewChat: reads(makeViewChat(ports)),
  openChat: reads(makeOpenChat(ports)),
  viewInvite: reads(makeViewInvite(ports)),
  viewMembers: reads(makeViewMembers(ports)),
  // Most openings find the chat. New chats have a limit of their own.
  openDirectChat: reads(makeOpenDirectChat(ports)),
  setBlock: writes(makeSetBlock(ports)),
  viewBlocks: reads(makeViewBlocks(ports)),
});

function messageUseCases(ports: Ports, { writes, reads, signals }: Budgeted) {
  const paced = {
    takeTurn: makeTakeTurn(ports),
    postMessage: makePostMessage(ports),
    editMessage: makeEditMessage(ports),
    deleteMessage: makeDeleteMessage(ports),
    restoreMessage: makeRestoreMessage(ports),
    reactToMessage: makeReactToMessage(ports),
    markRead: makeMarkRead(ports),
    markUnread: makeMarkUnread(ports),
    signalTyping: makeSignalTyping(ports),
  };
  return {
    paced,
    postMessage: writes(paced.postMessage),
    editMessage: writes(paced.editMessage),
    deleteMessage: writes(paced.deleteMessage),
    restoreMessage: writes(paced.restoreMessage),
    reactToMessage: writes(paced.reactToMessage),
    markRead: signals(paced.markRead),
    markUnread: writes(paced.markUnread),
    setLevel: writes(makeSetLevel(ports)),
    setPinned: writes(makeSetPinned(ports)),
    viewChatSummary: makeViewChatSummary(ports),
    viewMissed: reads(makeViewMissed(ports)),
    viewNotifications: reads(makeViewNotifications(ports)),
    setNotifications: writes(makeSetNotifications(ports)),
    rehearseNotifications: reads(makeRehearseNotifications(ports)),
    setPin: writes(makeSetPin(ports)),
    viewPins: reads(makeViewPins(ports)),
    viewMessage: reads(makeViewMessage(ports)),
    openMessage: reads(makeOpenMessage(ports)),
    eraseVersion: writes(makeEraseVersion(ports)),
  };
}

const historyUseCases = (ports: Ports, { writes, reads }: Budgeted) => ({
  viewVersions: reads(makeViewVersions(ports)),
  viewPast: reads(makeViewPast(ports)),
  searchMessages: reads(makeSearchMessages(ports)),
  exportChat: writes(makeExportChat(ports)),
  readHistory: reads(makeReadHistory(ports)),
  findMoment: reads(makeFindMoment(ports)),
});

function followingUseCases(get: Get, ports: Ports, { reads }: Budgeted) {
  const deps = { ...ports, ...get(FEEDS), sessions: new OpenSessions(ports) };
  const assertMayFollow = makeAssertMayFollow(ports);
  return {
    assertMayFollow,
    assertMayResume: reads(assertMayFollow),
    assertMayConnect: reads(makeAssertMayConnect()),
    followChat: makeFollowChat(deps),
    followUser: makeFollowUser(deps),
  };
}

const fileUseCases = (ports: Ports, { writes, reads }: Budgeted) => ({
  stageFile: writes(makeStageFile(ports)),
  openFile: reads(makeOpenFile(ports)),
  describeFile: writes(makeDescribeFile(ports)),
  viewFiles: reads(makeViewFiles(ports)),
  removeCard: writes(makeRemoveCard(ports)),
  sweepFiles: makeSweepFiles(ports),
});

const pushUseCases = (ports: Ports, { writes, reads }: Budgeted) => ({
  addPushDevice: writes(makeAddPushDevice(ports)),
  removePushDevice: writes(makeRemovePushDevice(ports)),
  testPushDevice: writes(makeTestPushDevice(ports)),
  viewPushDevice: reads(makeViewPushDevice(ports)),
  viewNotified: reads(makeViewNotified(ports)),
});
