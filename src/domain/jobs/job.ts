import { type Revision, revision } from '../chats/chat.ts';
import { type FileId, fileId } from '../files/file.ts';
import { type Branded, type ChatId, chatId, type SessionId, sessionId, type UserId, userId } from '../ids.ts';
import { type PushDeviceId, pushDeviceId } from '../push/device.ts';

/** Work that is done later, at least once: its handler must be idempotent. */
export type Job =
  | MakeThumbnail
  | MakeCard
  | EraseMessage
  | Scrub
  | AnnounceMessage
  | PushMessage
  | WithdrawMessage
  | EndSessions
  | ApplyRetention
  | ForgetPerson;

/** Erases the text of a deleted message. */
export interface EraseMessage extends AboutMessage {
  readonly kind: 'erase_message';
  /** The moment of the deletion. A message that was restored and deleted again is erased by its later job. */
  readonly deletedAt: number;
}

/** Overwrites in the storage's files what was removed from it. */
export interface Scrub {
  readonly kind: 'scrub';
}

/** Decides on which devices a new message is announced. */
export interface AnnounceMessage extends AboutMessage {
  readonly kind: 'announce_message';
}

/** Sends a message to a device, unless it has been read or deleted. */
export interface PushMessage extends AboutMessage {
  readonly kind: 'push_message';
  readonly deviceId: PushDeviceId;
}

/** Replaces what a device shows of a message that was deleted. */
export interface WithdrawMessage extends AboutMessage {
  readonly kind: 'withdraw_message';
  readonly deviceId: PushDeviceId;
}

/** Makes the small picture of an image. */
export interface MakeThumbnail {
  readonly kind: 'make_thumbnail';
  readonly fileId: FileId;
}

/** Shows what the page says that the message links to. */
export interface MakeCard extends AboutMessage {
  readonly kind: 'make_card';
  /** How often it was put off. */
  readonly tries: number;
}

/** Closes what is open with sessions that were removed by a process that may be no server. */
export interface EndSessions {
  readonly kind: 'end_sessions';
  readonly userId: UserId;
  readonly sessionIds: readonly SessionId[];
}

/** Erases the messages of a chat that are older than it keeps them. */
export interface ApplyRetention {
  readonly kind: 'apply_retention';
  readonly chatId: ChatId;
  /** Of the chat's retention. A job whose version is not the chat's does nothing. */
  readonly version: number;
}

/** Leaves the chats of a deleted account, and changes or erases what it left in all chats. */
export interface ForgetPerson {
  readonly kind: 'forget_person';
  readonly userId: UserId;
}

interface AboutMessage {
  readonly chatId: ChatId;
  readonly position: Revision;
}

export type JobKind = Job['kind'];

export type JobId = Branded<number, 'JobId'>;

export const jobId = (value: number): JobId => value as JobId;

/** Each reads a parsed job; undefined when it is not a job of this kind. */
const READERS: { readonly [Kind in JobKind]: (data: object) => Extract<Job, { kind: Kind }> | undefined } = {
  erase_message(data) {
    const [about, deletedAt] = [messageIn(data), integerIn(data, 'deletedAt')];
    if (about === undefined || deletedAt === undefined) return undefined;
    return { kind: 'erase_message', ...about, deletedAt };
  },
  scrub: () => ({ kind: 'scrub' }),
  announce_message(data) {
    const about = messageIn(data);
    return about && { kind: 'announce_message', ...about };
  },
  push_message: (data) => onDevice('push_message', data),
  withdraw_message: (data) => onDevice('withdraw_message', data),
  make_thumbnail(data) {
    const id = integerIn(data, 'fileId');
    return id === undefined ? undefined : { kind: 'make_thumbnail', fileId: fileId(id) };
  },
  make_card(data) {
    const [about, tries] = [messageIn(data), integerIn(data, 'tries')];
    return about === undefined || tries === undefined ? undefined : { kind: 'make_card', ...about, tries };
  },
  end_sessions(data) {
    const [user, ids]: [number | undefined, unknown] = [integerIn(data, 'userId'), Reflect.get(data, 'sessionIds')];
    if (user === undefined || !Array.isArray(ids)) return undefined;
    const sessionIds = ids.filter((id) => typeof id === 'string').map(sessionId);
    return { kind: 'end_sessions', userId: userId(user), sessionIds };
  },
  apply_retention(data) {
    const [chat, version] = [integerIn(data, 'chatId'), integerIn(data, 'version')];
    if (chat === undefined || version === undefined) return undefined;
    return { kind: 'apply_retention', chatId: chatId(chat), version };
  },
  forget_person(data) {
    const user = integerIn(data, 'userId');
    return user === undefined ? undefined : { kind: 'forget_person', userId: userId(user) };
  },
};

/** The kinds that this release knows. A newer release may have stored others, which are left alone. */
export const JOB_KINDS = Object.keys(READERS) as readonly JobKind[];

/**
 * Jobs that only need the storage, jobs that wait for push services, and jobs that wait for any site on the web. The lanes have places of
 * their own, so that a service that answers slowly, or not at all, delays no job that could be done without it.
 */
export type JobLane = 'local' | 'remote' | 'web';

const LANES: { readonly [Kind in JobKind]: JobLane } = {
  erase_message: 'local',
  scrub: 'local',
  announce_message: 'local',
  push_message: 'remote',
  withdraw_message: 'remote',
  end_sessions: 'local',
  make_thumbnail: 'local',
  make_card: 'web',
  apply_retention: 'local',
  forget_person: 'local',
};

export const laneOf = (kind: JobKind): JobLane => LANES[kind];

/** The kinds that this release knows, by lane. */
export const KINDS_OF_LANE: { readonly [Lane in JobLane]: readonly JobKind[] } = {
  local: JOB_KINDS.filter((kind) => laneOf(kind) === 'local'),
  remote: JOB_KINDS.filter((kind) => laneOf(kind) === 'remote'),
  web: JOB_KINDS.filter((kind) => laneOf(kind) === 'web'),
};

/** @param data the parsed JSON of a stored job; the result is undefined when it is malformed */
export function readJob(kind: JobKind, data: unknown): Job | undefined {
  return typeof data === 'object' && data !== null ? READERS[kind](data) : undefined;
}

function onDevice<Kind extends 'push_message' | 'withdraw_message'>(kind: Kind, data: object) {
  const [about, device] = [messageIn(data), integerIn(data, 'deviceId')];
  if (about === undefined || device === undefined) return undefined;
  return { kind, ...about, deviceId: pushDeviceId(device) };
}

function messageIn(data: object): AboutMessage | undefined {
  const [chat, position] = [integerIn(data, 'chatId'), integerIn(data, 'position')];
  return chat === undefined || position === undefined
    ? undefined
    : { chatId: chatId(chat), position: revision(position) };
}

function integerIn(data: object, name: string): number | undefined {
  const value: unknown = Reflect.get(data, name);
  return Number.isSafeInteger(value) ? Number(value) : undefined;
}
