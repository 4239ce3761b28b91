import { installation } from '../storage/installation.ts';
import { privateStorage } from '../storage/private-storage.ts';
import type { Unread } from './arrangement.ts';

export interface LastSeenOptions {
  readonly userId: number;
  readonly chatId: number;
  /** Up to which there was something when the page was made. */
  readonly revision: number;
}

/** How far somebody has read in a chat, by this browser. */
export class LastSeen {
  readonly #name: string;
  #seen: number | undefined;
  /** What had not been seen when the chat was opened; unknown at the first visit. */
  readonly unread: Unread | undefined;

  constructor({ userId, chatId, revision }: LastSeenOptions) {
    this.#name = `seen:${userId}:${chatId}`;
    const [seen, epoch] = privateStorage.read(this.#name)?.split(' ') ?? [];
    this.#seen = seen !== undefined && epoch === installation.epoch ? Number(seen) : undefined;
    const isNews = this.#seen !== undefined && this.#seen < revision;
    this.unread = isNews && this.#seen !== undefined ? { after: this.#seen, upTo: revision } : undefined;
  }

  /** To be told when the end of the chat, at that revision, is before the reader. */
  see(revision: number): void {
    if (revision === this.#seen || document.hidden || !document.hasFocus()) return;
    this.#seen = revision;
    privateStorage.write(this.#name, `${revision} ${installation.epoch}`);
  }
}
