import type { NewAdministratorAct } from '../../application/ports/administration.ts';
import type { StoredErasure } from '../../application/ports/erasures.ts';
import type { UserCredentials } from '../../application/ports/users.ts';
import type { NotificationSettings } from '../../domain/attention/settings.ts';
import type { LinkCard } from '../../domain/cards/link-card.ts';
import type { Chat, Revision } from '../../domain/chats/chat.ts';
import type { Block, PeopleKey } from '../../domain/chats/direct.ts';
import type { Invite, InviteId } from '../../domain/chats/invite.ts';
import type { Membership } from '../../domain/chats/membership.ts';
import type { FileId, MessageFile, StoredFile } from '../../domain/files/file.ts';
import type { HeldSession } from '../../domain/identity/held-session.ts';
import type { LinkId, OneTimeLink } from '../../domain/identity/one-time-link.ts';
import type { Passkey, PasskeyId } from '../../domain/identity/passkey.ts';
import type { ChallengeId, PasskeyChallenge } from '../../domain/identity/passkey-challenge.ts';
import type { RenamedUser } from '../../domain/identity/renaming.ts';
import type { Session } from '../../domain/identity/session.ts';
import type { TwoStep } from '../../domain/identity/two-step.ts';
import type { UsernameKey } from '../../domain/identity/username.ts';
import type { ChatId, SessionId, UserId } from '../../domain/ids.ts';
import type { JobId } from '../../domain/jobs/job.ts';
import type { MessageVersion } from '../../domain/messages/changes.ts';
import type { Mention, Message, MessageId } from '../../domain/messages/message.ts';
import type { Act, ActId } from '../../domain/moderation/act.ts';
import type { Ban } from '../../domain/moderation/ban.ts';
import type { Report } from '../../domain/moderation/report.ts';
import type { PastFact } from '../../domain/past/past-fact.ts';
import type { OwnedPicture } from '../../domain/pictures/picture.ts';
import type { PushDevice, PushDeviceId } from '../../domain/push/device.ts';
import type { PushKeys } from '../../domain/push/push-keys.ts';
import type { ReadPointer } from '../../domain/reading/read-pointer.ts';
import type { SearchPlace } from '../../domain/search/search-place.ts';
import type {
  MemoryAnnouncements,
  MemoryJob,
  MemoryLevel,
  MemoryLinkPage,
  MemoryPasskeyOwner,
  MemoryReaction,
  MemoryRestingName,
  MemorySearchEntry,
  PictureKey,
} from './rows.ts';
import { Table } from './table.ts';

export type Tables = ReturnType<typeof makeTables>;

export function makeTables() {
  return {
    chats: new Table<ChatId, Chat>('chats'),
    /** The key is chat and user. */
    members: new Table<`${ChatId}/${UserId}`, Membership>('members'),
    readPointers: new Table<`${ChatId}/${UserId}`, ReadPointer>('read pointers'),
    /** The levels, mutes and pinned chats that members set. */
    levels: new Table<`${ChatId}/${UserId}`, MemoryLevel>('levels'),
    settings: new Table<UserId, NotificationSettings>('notification settings'),
    /** The position at which a member hid the chat. */
    hidden: new Table<`${ChatId}/${UserId}`, Revision>('hidden chats'),
    directChats: new Table<PeopleKey, ChatId>('direct chats'),
    directKeys: new Table<ChatId, PeopleKey>('people of direct chats'),
    blocks: new Table<`${UserId}/${UserId}`, Block>('blocks'),
    memberCounts: new Table<ChatId, number>('member counts'),
    chatsOfUsers: new Table<UserId, readonly ChatId[]>('chats of users'),
    messages: new Table<MessageId, Message>('messages'),
    /** The position of the message that each reply answers. */
    answered: new Table<MessageId, Revision>('answered messages'),
    /** The position of the message that a revision changed, for revisions that are no posts. */
    changes: new Table<`${ChatId}/${Revision}`, Revision>('changes'),
    /** In order of revision. */
    reactions: new Table<MessageId, readonly MemoryReaction[]>('reactions'),
    /** The positions of the pinned messages of a chat. */
    pins: new Table<ChatId, readonly Revision[]>('pins'),
    mentions: new Table<MessageId, readonly Mention[]>('mentions'),
    newestRevisions: new Table<ChatId, Revision>('newest revisions'),
    /** The key is chat, author and client id. */
    sentMessages: new Table<string, MessageId>('sent messages'),
    jobs: new Table<JobId, MemoryJob>('jobs'),
    ...makePastTables(),
    ...makeSearchTables(),
    ...makeUserTables(),
    ...makePasskeyTables(),
    ...makeInviteTables(),
    ...makePushTables(),
    ...makeModerationTables(),
    ...makeFileTables(),
  };
}

const makePastTables = () => ({
  /** The earlier texts of a message, newest first. */
  versions: new Table<MessageId, readonly MessageVersion[]>('message versions'),
  /** In order of their beginnings. */
  pastFacts: new Table<MessageId, readonly PastFact[]>('past facts'),
});

const makeSearchTables = () => ({
  /** What the search index has. */
  searched: new Table<MessageId, MemorySearchEntry>('searched messages'),
  searchPlaces: new Table<SearchPlace, MessageId>('places in the search'),
  indexedTo: new Table<ChatId, Revision>('progress of the search index'),
  searchVersion: new Table<'version', number>('version of the search index'),
});

const makeUserTables = () => ({
  users: new Table<UserId, UserCredentials>('users'),
  usersByKey: new Table<UsernameKey, UserId>('users by key'),
  unsettledUsers: new Table<UserId, { readonly key: UsernameKey; readonly undoableUntil: number }>('unsettled users'),
  /** Until when (ms) people are away. */
  awayUsers: new Table<UserId, { readonly id: UserId; readonly until: number }>('away users'),
  /** The last renames of people. */
  renamedUsers: new Table<UserId, RenamedUser>('renamed users'),
  /** The number of the last rename. */
  renames: new Table<'last', number>('renames'),
  /** Former names, and the users for whom they rest until a moment (ms). */
  restingNames: new Table<UsernameKey, MemoryRestingName>('resting names'),
  sessions: new Table<SessionId, Session>('sessions'),
  registeredAt: new Table<UserId, number>('registrations'),
  /** Since when (ms) people are administrators. */
  administrators: new Table<UserId, number>('administrators'),
  /** When (ms) accounts were deactivated. */
  deactivated: new Table<UserId, number>('deactivated users'),
  erasures: new Table<UserId, StoredErasure>('erasures'),
  /** The exports that run, and until when (ms). */
  exports: new Table<UserId, { readonly lease: string; readonly until: number }>('exports'),
  oneTimeLinks: new Table<LinkId, OneTimeLink>('one-time links'),
  /** The acts of administrators, by place. */
  administratorActs: new Table<number, NewAdministratorAct>('acts of administrators'),
  twoStep: new Table<UserId, TwoStep>('two-step sign-in'),
  /** Their digests. */
  recoveryCodes: new Table<UserId, readonly string[]>('recovery codes'),
});

const makePasskeyTables = () => ({
  passkeyOwners: new Table<UserId, MemoryPasskeyOwner>('owners of passkeys'),
  passkeys: new Table<PasskeyId, Passkey>('passkeys'),
  passkeyChallenges: new Table<ChallengeId, PasskeyChallenge>('challenges'),
  heldSessions: new Table<SessionId, HeldSession>('held sessions'),
});

const makeInviteTables = () => ({
  invites: new Table<InviteId, Invite>('invites'),
  /** The invites that let people register. */
  invitedBy: new Table<UserId, InviteId>('invited registrations'),
  /** When the user was removed from the chat. */
  barred: new Table<`${ChatId}/${UserId}`, number>('barred members'),
});

const makeModerationTables = () => ({
  bans: new Table<`${ChatId}/${UserId}`, Ban>('bans'),
  /** When members posted last in a slow chat. */
  slowPosts: new Table<`${ChatId}/${UserId}`, number>('slow posts'),
  reports: new Table<`${ChatId}/${Revision}/${UserId}`, Report>('reports'),
  acts: new Table<ActId, Act>('acts'),
});

const makeFileTables = () => ({
  files: new Table<FileId, StoredFile>('files'),
  lastFile: new Table<'last', FileId>('last file'),
  attached: new Table<MessageId, readonly MessageFile[]>('files of messages'),
  pictures: new Table<PictureKey, OwnedPicture>('pictures'),
  cards: new Table<MessageId, LinkCard | 'removed'>('cards'),
  cardImages: new Table<MessageId, FileId>('images of cards'),
  /** By address. */
  linkPages: new Table<string, MemoryLinkPage>('linked pages'),
});

const makePushTables = () => ({
  pushKeys: new Table<'keys', PushKeys>('push keys'),
  pushDevices: new Table<PushDeviceId, PushDevice>('push devices'),
  announcements: new Table<MessageId, MemoryAnnouncements>('announcements'),
});
