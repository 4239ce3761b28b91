import type { Revision } from '../../domain/chats/chat.ts';
import type { PresentUser } from '../../domain/identity/renaming.ts';
import { isAsPosted, type Message } from '../../domain/messages/message.ts';
import type { ChatChange } from '../../domain/reactions/reactions-change.ts';
import { MissedMessages } from './missed-messages.ts';
import { RecentMessages } from './recent-messages.ts';

/** What a feed does when messages are erased. */
interface ErasingFeed {
  flush(): void;
  readonly details: { changed(): void };
}

/** The last states of a chat's messages, in order of revision: recent ones from memory, earlier ones from the store. */
export class LatestChanges {
  readonly #recent = new RecentMessages();
  readonly #missed: MissedMessages;
  #erasedTo = 0;

  constructor(read: (after: Revision, limit: number) => Promise<readonly Message[]>) {
    this.#missed = new MissedMessages(read);
  }

  /** Changes up to this revision will not be added. */
  startAfter(revision: Revision): void {
    this.#recent.startAfter(revision);
  }

  /** Takes the next change of the chat, in order of revision. */
  add(change: ChatChange): void {
    this.#recent.add(change);
    if (!isAsPosted(change)) this.#missed.clear();
  }

  /** The messages at this position and before are erased: they are not sent any more, and the feed's details say so. */
  erase(upTo: Revision, feed: ErasingFeed): void {
    if (upTo <= this.#erasedTo) return;
    this.#erasedTo = upTo;
    feed.flush();
    this.#recent.erase(upTo);
    this.#missed.clear();
    feed.details.changed();
  }

  /** Somebody has another name. */
  renamed(present: PresentUser): void {
    this.#recent.renamed(present);
    this.#missed.clear();
  }

  /** The first of the changes after a revision, of which there must be some: as many as fit a chunk. */
  after(revision: Revision): readonly ChatChange[] | Promise<readonly ChatChange[]> {
    return this.#recent.after(revision) ?? this.#missed.after(revision);
  }
}
