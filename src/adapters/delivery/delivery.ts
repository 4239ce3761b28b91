import type { Following } from '../../application/feed/chat-following.ts';
import type { ChatDetails, EndReason, Follower } from '../../application/ports/follower.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Message } from '../../domain/messages/message.ts';
import type { Admission } from './admission.ts';
import type { Dialect } from './dialect.ts';
import type { Line, Waiting } from './line.ts';
import type { UnsentChunks } from './unsent-chunks.ts';

/** Who is told when the following of a chat ends. */
export interface DeliveryOwner {
  /** The last call of a delivery. */
  ended(chatId: ChatId, reason: EndReason): void;
}

/** One chat followed over one connection: what is written of it, how far it got, and when it waits. */
export class Delivery implements Follower, Waiting {
  readonly #owner: DeliveryOwner;
  readonly #line: Line;
  readonly #dialect: Dialect;
  readonly #unsentChunks: UnsentChunks;
  readonly #admission: Admission;
  readonly #following: Following;
  /** The last revision that was delivered. */
  #seen: Revision;
  /** The last revision that a command of this peer made. */
  #answered: Revision = revision(0);

  constructor(opened: {
    readonly owner: DeliveryOwner;
    readonly line: Line;
    readonly dialect: Dialect;
    readonly unsentChunks: UnsentChunks;
    readonly admission: Admission;
    readonly follow: (admission: Admission, follower: Follower) => Following;
  }) {
    this.#owner = opened.owner;
    this.#line = opened.line;
    this.#dialect = opened.dialect;
    this.#unsentChunks = opened.unsentChunks;
    this.#admission = opened.admission;
    this.#seen = opened.admission.after ?? revision(0);
    this.#following = opened.follow(opened.admission, this);
  }

  /** The last revision that was delivered. */
  get seen(): Revision {
    return this.#seen;
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
   * Answers a command by the message that it led to. `since` is what was delivered when the command came. A change that is newer
   * comes, or came, in its place among the others; one that was made before is delivered again.
   */
  answer(message: Message, since: Revision): void {
    const isNew = message.revision > Math.max(since, this.#answered);
    if (isNew) this.#answered = message.revision;
    else this.#repeat(message);
  }

  #repeat(message: Message): void {
    this.flush();
    // Not seen means that it is on its way, in its place.
    if (message.revision <= this.#seen) this.#line.write(this.#dialect.messages([message]));
  }

  ready(revision: Revision): void {
    if (this.#admission.after === undefined) this.#seen = revision;
    this.#line.write(this.#dialect.ready(revision, this.#admission));
  }

  deliver(messages: readonly Message[]): boolean {
    this.#seen = messages.at(-1)?.revision ?? this.#seen;
    const takesMore = this.#line.write(this.#dialect.messages(messages), messages.length);
    if (!takesMore) this.#line.wait(this);
    return takesMore;
  }

  catchUp(messages: readonly Message[]): boolean {
    this.#seen = messages.at(-1)?.revision ?? this.#seen;
    const chunk = this.#dialect.messages(messages);
    this.#line.write(chunk, messages.length);
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

  end(reason: EndReason): void {
    this.#owner.ended(this.#admission.chatId, reason);
  }
}
