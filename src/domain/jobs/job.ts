import { type Revision, revision } from '../chats/chat.ts';
import { type Branded, type ChatId, chatId } from '../ids.ts';

/** Work that is done later, at least once: what does it must not mind doing it again. */
export type Job = EraseMessage;

/** Removes the words of a deleted message for good. */
export interface EraseMessage {
  readonly kind: 'erase_message';
  readonly chatId: ChatId;
  readonly position: Revision;
  /** The moment of the deletion. A message that was restored and deleted again is erased by its later job. */
  readonly deletedAt: number;
}

export type JobKind = Job['kind'];

export type JobId = Branded<number, 'JobId'>;

export const jobId = (value: number): JobId => value as JobId;

/** Reads what `JSON.stringify` made of a job. Undefined where it is not a job of this kind. */
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
};

/** The kinds that this release knows. A newer release may have stored others, which are left to it. */
export const JOB_KINDS = Object.keys(READERS) as readonly JobKind[];

/** Undefined where the data is not what a job of this kind has. */
export function readJob(kind: JobKind, data: unknown): Job | undefined {
  return typeof data === 'object' && data !== null ? READERS[kind](data) : undefined;
}

function integerIn(data: object, name: string): number | undefined {
  const value: unknown = Reflect.get(data, name);
  return Number.isSafeInteger(value) ? Number(value) : undefined;
}
