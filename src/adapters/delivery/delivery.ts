import type { ChatDetails, EndReason, Follower } from '../../application/ports/follower.ts';
import type { Following } from '../../application/use-cases/messages/follow-chat.ts';
import type { UseCases } from '../../application/use-cases.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Message } from '../../domain/messages/message.ts';
import type { Admission } from './admission.ts';
import type { Dialect } from './dialect.ts';
import type { Outbound } from './outbound.ts';
import type { UnsentChunks } from './unsent-chunks.ts';

/** The connection that a delivery goes to. */
export interface Peer {
  /** Whether anything that is written can still arrive. */
  readonly isOpen: boolean;
  /** Enough is unsent: nothing that would be answered should be taken in until `release`. */
  hold(): void;
  release(): void;
  /** The last call there is. */
  end(reason: EndReason): void;
  /** Of work that nobody awaits. */
  watch(work: Promise<void>): void;
}

/** Time without a frame after which a peer is told that the connection works. */
const QUIET_MS = 25_000;

/** One follower of one chat, served over one connection: what is written, how far it got, and when it waits. */
export class Delivery implements Follower {
  readonly #peer: Peer;
  readonly #outbound: Outbound;
  readonly #dialect: Dialect;
  readonly #unsentChunks: UnsentChunks;
  readonly #admission: Admission;
  readonly #following: Following;
  /** The last revision that was delivered. */
  #seen: Revision;
  #isReady = false;
  /** Enough is unsent: the peer is not listened to. */
  #isHeld = false;
  /** What is unsent is waited for. */
  #isWaiting = false;
  /** The following waits to be resumed. */
  #isBehind = false;

  constructor(opened: {
    readonly peer: Peer;
    readonly outbound: Outbound;
    readonly dialect: Dialect;
    readonly unsentChunks: UnsentChunks;
    readonly admission: Admission;
    readonly followChat: UseCases['followChat'];
  }) {
    this.#peer = opened.peer;
    this.#outbound = opened.outbound;
    this.#dialect = opened.dialect;
    this.#unsentChunks = opened.unsentChunks;
    this.#admission = opened.admission;
    this.#seen = opened.admission.after ?? revision(0);
    this.#following = opened.followChat(opened.admission.actor, opened.admission, this);
  }

  join(): Promise<void> {
    return this.#following.join();
  }

  /** The peer did something, which prolongs the session. */
  used(): void {
    this.#following.used();
  }

  /** Delivers now what is held back for a moment, so that what is written next comes after it. */
  flush(): void {
    this.#following.flush();
  }

  stop(): void {
    this.#following.stop();
    this.#unsentChunks.remove(this);
  }

  giveUp(): void {
    this.#peer.end('unavailable');
  }

  /** To be called once a second; `now` never steps back. False: the peer has been too slow for too long. */
  keepAlive(now: number): boolean {
    if (this.#outbound.isTooSlow(now)) return false;
    if (this.#outbound.quietFor(now) >= QUIET_MS && this.#isReady) this.#write(this.#dialect.alive);
    return true;
  }

  /** Delivers a stored message again to the author who sent it again. */
  repeat(message: Message): void {
    this.flush();
    // Not seen means that it is on its way, in its place.
    if (message.revision <= this.#seen) this.#write(this.#dialect.messages([message]));
  }

  /** Gives a sign of life. */
  alive(): void {
    this.#write(this.#dialect.alive);
  }

  refuse(refusal: DomainError, clientId: string | undefined): void {
    this.flush();
    this.#write(this.#dialect.refused(refusal, clientId));
  }

  ready(revision: Revision): void {
    this.#isReady = true;
    if (this.#admission.after === undefined) this.#seen = revision;
    this.#write(this.#dialect.ready(revision, this.#admission));
  }

  deliver(messages: readonly Message[]): boolean {
    this.#seen = messages.at(-1)?.revision ?? this.#seen;
    const takesMore = this.#write(this.#dialect.messages(messages), messages.length);
    this.#isBehind = !takesMore;
    return takesMore;
  }

  catchUp(messages: readonly Message[]): boolean {
    this.#seen = messages.at(-1)?.revision ?? this.#seen;
    const chunk = this.#dialect.messages(messages);
    this.#write(chunk, messages.length);
    this.#isBehind = !this.#outbound.hasLeft;
    if (!this.#isBehind) return true;
    this.#awaitDrain();
    this.#unsentChunks.add(this, chunk.length);
    return false;
  }

  reset(revision: Revision): void {
    this.#seen = revision;
    this.#write(this.#dialect.reset(revision));
  }

  details(details: ChatDetails): void {
    this.#write(this.#dialect.details(details));
  }

  end(reason: EndReason): void {
    this.#peer.end(reason);
  }

  #write(buffer: Buffer, frames = 1): boolean {
    if (buffer.length === 0 || !this.#peer.isOpen) return true;
    const takesMore = this.#outbound.write(buffer, frames);
    if (!takesMore) this.#hold();
    return takesMore;
  }

  /** A peer that does not read what it is sent is not listened to either: every answer would add to what is unsent. */
  #hold(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    this.#peer.hold();
    this.#awaitDrain();
  }

  #awaitDrain(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#outbound.onDrained(() => {
      this.#isWaiting = false;
      this.#unsentChunks.remove(this);
      if (this.#isHeld) this.#peer.release();
      this.#isHeld = false;
      if (!this.#isBehind) return;
      this.#isBehind = false;
      this.#peer.watch(this.#following.resume(this.#seen));
    });
  }
}
