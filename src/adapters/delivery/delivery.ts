import type { Following } from '../../application/feed/chat-following.ts';
import type { ChatDetails, ConnectedFollower, EndReason } from '../../application/ports/follower.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { ChatChange } from '../../domain/reactions/reactions-change.ts';
import type { Admission } from './admission.ts';
import type { Dialect } from './dialect.ts';
import type { Line, Waiting } from './line.ts';
import type { UnsentChunks } from './unsent-chunks.ts';

/** Told when the following of a chat ends. */
export interface DeliveryOwner {
  /** The last call of a delivery. */
  ended(chatId: ChatId, reason: EndReason): void;
}

/** One chat followed over one connection: what is written of it, how far it got, and when it waits. */
export class Delivery implements ConnectedFollower, Waiting {
  readonly #owner: DeliveryOwner;
  readonly #line: Line;
  readonly #dialect: Dialect;
  readonly #unsentChunks: UnsentChunks;
  readonly #admission: Admission;
  readonly #following: Following;
  /** The last revision that was delivered. */
  #seen: Revision;
  /** What comes after this revision is delivered; undefined until that is known. */
  #beginning: Revision | undefined;
  /** The last revision that a command of this peer made. */
  #answered: Revision = revision(0);

  constructor(opened: {
    readonly owner: DeliveryOwner;
    readonly line: Line;
    readonly dialect: Dialect;
    readonly unsentChunks: UnsentChunks;
    readonly admission: Admission;
    readonly follow: (admission: Admission, follower: ConnectedFollower) => Following;
  }) {
    this.#owner = opened.owner;
    this.#line = opened.line;
    this.#dialect = opened.dialect;
    this.#unsentChunks = opened.unsentChunks;
    this.#admission = opened.admission;
    this.#beginning = opened.admission.after;
    this.#seen = opened.admission.after ?? revision(0);
    this.#following = opened.follow(opened.admission, this);
  }

  /** The last revision that was delivered; undefined while it is not known at which this begins. */
  get delivered(): Revision | undefined {
    return this.#beginning === undefined ? undefined : this.#seen;
  }

  join(): Promise<void> {
    return this.#following.join();
  }

  /** Delivers now what is held back for a moment, so that what is written next comes after it. */
  flush(): void {
    this.#following.flush();
  }

  stop(): void {
    this.#following.stop();
    this.#line.leave(this);
    this.#unsentChunks.remove(this);
  }

  giveUp(): void {
    this.#owner.ended(this.#admission.chatId, 'unavailable');
  }

  /**
   * Answers a command by the change that it led to. `since` is what had been `delivered` when the command came; undefined when the
   * chat was not followed then. A newer change comes, or came, in its place among the others; any other is delivered again.
   */
  answer(change: ChatChange, since: Revision | undefined): void {
    const beginning = since ?? this.#beginning;
    if (beginning !== undefined && change.revision > Math.max(beginning, this.#answered)) {
      this.#answered = change.revision;
      return;
    }
    this.flush();
    // Later than what was delivered means that it is on its way, unless this delivery begins after it.
    if (since === undefined || change.revision <= this.#seen) this.#line.write(this.#dialect.changes([change]));
  }

  ready(revision: Revision): void {
    if (this.#admission.after === undefined) {
      this.#seen = revision;
      this.#beginning = revision;
    }
    this.#line.write(this.#dialect.ready(revision, this.#admission));
  }

  deliver(changes: readonly ChatChange[]): boolean {
    this.#seen = changes.at(-1)?.revision ?? this.#seen;
    const takesMore = this.#line.write(this.#dialect.changes(changes), changes.length);
    if (!takesMore) this.#line.wait(this);
    return takesMore;
  }

  catchUp(changes: readonly ChatChange[]): boolean {
    this.#seen = changes.at(-1)?.revision ?? this.#seen;
    const chunk = this.#dialect.changes(changes);
    this.#line.write(chunk, changes.length);
    if (this.#line.hasLeft) return true;
    this.#line.wait(this);
    this.#unsentChunks.add(this, chunk.length);
    return false;
  }

  drained(): void {
    this.#unsentChunks.remove(this);
  }

  goOn(): Promise<void> {
    return this.#following.resume(this.#seen);
  }

  reset(revision: Revision): void {
    this.#seen = revision;
    this.#line.write(this.#dialect.reset(revision, this.#admission.chatId));
  }

  details(details: ChatDetails): void {
    this.#line.write(this.#dialect.details(details, this.#admission.chatId));
  }

  renamed(user: User): void {
    this.#line.write(this.#dialect.user(user));
  }

  end(reason: EndReason): void {
    this.#owner.ended(this.#admission.chatId, reason);
  }
}
