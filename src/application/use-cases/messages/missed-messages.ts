import type { Revision } from '../../../domain/chats/chat.ts';
import type { Message } from '../../../domain/messages/message.ts';
import { CHUNK_BYTES, firstWithin } from './within-bytes.ts';

type Read = (after: Revision) => Promise<readonly Message[]>;

/** Chunks that are kept: 1 MiB. */
const MAX_CHUNKS = 8;

/** What followers missed longer ago, read in chunks: once for all who missed the same and come back together. */
export class MissedMessages {
  readonly #read: Read;
  readonly #chunks = new Map<Revision, Promise<readonly Message[]>>();

  constructor(read: Read) {
    this.#read = read;
  }

  /** The first of the changes after a revision; there must be some. */
  after(revision: Revision): Promise<readonly Message[]> {
    const cached = this.#chunks.get(revision);
    if (cached !== undefined) return cached;
    if (this.#chunks.size >= MAX_CHUNKS) this.#chunks.clear();
    const chunk = this.#read(revision).then((messages) => firstWithin(messages, CHUNK_BYTES));
    this.#chunks.set(revision, chunk);
    // What failed is read again by the next one.
    chunk.catch(() => this.#chunks.delete(revision));
    return chunk;
  }
}
