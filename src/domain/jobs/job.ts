import { type Revision, revision } from '../chats/chat.ts';
import { type Branded, type ChatId, chatId } from '../ids.ts';

/** Work that is done later, at least once: its handler must be idempotent. */
export type Job = EraseMessage | Scrub;

/** Erases the text of a deleted message. */
export interface EraseMessage {
  readonly kind: 'erase_message';
  readonly chatId: ChatId;
  readonly position: Revision;
  /** The moment of the deletion. A message that was restored and deleted again is erased by its later job. */
  readonly deletedAt: number;
}

/** Overwrites in the storage's files what was removed from it. */
export interface Scrub {
  readonly kind: 'scrub';
}

export type JobKind = Job['kind'];

export type JobId = Branded<number, 'JobId'>;

export const jobId = (value: number): JobId => value as JobId;

/** Each reads a parsed job; undefined when it is not a job of this kind. */
const READERS: { readonly [Kind in JobKind]: (data: object) => Extract<Job, { kind: Kind }> | undefined } = {
  erase_message(data) {
    const [chat, position, deletedAt] = [
      integerIn(data, 'chatId'),
      integerIn(data, 'position'),
      integerIn(data, 'deletedAt'),
    ];
    if (chat === undefined || position === undefined || deletedAt === undefined) return undefined;
    return { kind: 'erase_message', chatId: chatId(chat), position: revision(position), deletedAt };
  },
  scrub: () => ({ kind: 'scrub' }),
};

/** The kinds that this release knows. A newer release may have stored others, which are left alone. */
export const JOB_KINDS = Object.keys(READERS) as readonly JobKind[];

/** @param data the parsed JSON of a stored job; the result is undefined when it is malformed */
export function readJob(kind: JobKind, data: unknown): Job | undefined {
  return typeof data === 'object' && data !== null ? READERS[kind](data) : undefined;
}

function integerIn(data: object, name: string): number | undefined {
  const value: unknown = Reflect.get(data, name);
  return Number.isSafeInteger(value) ? Number(value) : undefined;
}
