import { installation } from '../storage/installation.ts';
import { privateStorage } from '../storage/private-storage.ts';
import type { Unread } from './arrangement.ts';

export interface LastSeenOptions {
  readonly userId: number;
  readonly chatId: number;
  /** The chat's revision when the page was made. */
  readonly revision: number;
}

/** How far the reader has read in a chat with this browser. */
export class LastSeen {
  readonly #name: string;
  #seen: number | undefined;
  /** Undefined where nothing was unread, and at the first visit. */
  readonly unread: Unread | undefined;

  constructor({ userId, chatId, revision }: LastSeenOptions) {
    this.#name = `seen:${userId}:${chatId}`;
    const [seen, epoch] = privateStorage.read(this.#name)?.split(' ') ?? [];
    this.#seen = seen !== undefined && epoch === installation.epoch ? Number(seen) : undefined;
    const isNews = this.#seen !== undefined && this.#seen < revision;
    this.unread = isNews && this.#seen !== undefined ? { after: this.#seen, upTo: revision } : undefined;
  }

  /** Notes that the reader sees the end of the chat at this revision. */
  see(revision: number): void {
    if (revision === this.#seen || document.hidden || !document.hasFocus()) return;
    this.#seen = revision;
    privateStorage.write(this.#name, `${revision} ${installation.epoch}`);
  }
}
