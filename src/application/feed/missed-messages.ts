import type { Revision } from '../../domain/chats/chat.ts';
import type { Message } from '../../domain/messages/message.ts';
import { CHUNK_BYTES, firstWithin } from './within-bytes.ts';

type Read = (after: Revision, limit: number) => Promise<readonly Message[]>;

/** Maximum chunks kept: 1 MiB. */
const MAX_CHUNKS = 8;
/** Messages read first: the longest ones fill a chunk. Each further read of a chunk that has room is twice as large. */
const FIRST_READ = 3;
/** Maximum messages of a chunk. */
const MAX_MESSAGES = 100;

/** What followers missed longer ago, read in chunks: once for all followers that missed the same and come back together. */
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
    const chunk = this.#readChunk(revision);
    this.#chunks.set(revision, chunk);
    // What failed is read again by the next one.
    chunk.catch(() => this.#chunks.delete(revision));
    return chunk;
  }

  /** A message changed: what was read before would show it as it was. */
  clear(): void {
    this.#chunks.clear();
  }

  async #readChunk(after: Revision): Promise<readonly Message[]> {
    let chunk: readonly Message[] = [];
    for (let limit = FIRST_READ; chunk.length < MAX_MESSAGES; limit *= 2) {
      const more = await this.#read(chunk.at(-1)?.revision ?? after, limit);
      const all = chunk.length === 0 ? more : [...chunk, ...more];
      chunk = firstWithin(all, CHUNK_BYTES);
      if (more.length < limit || chunk.length < all.length) break;
    }
    return chunk;
  }
}
