import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { ChatDetails, EndReason, Follower } from '../../application/ports/follower.ts';
import type { Following } from '../../application/use-cases/messages/follow-chat.ts';
import type { UseCases } from '../../application/use-cases.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Message } from '../../domain/messages/message.ts';
import { CLOSE } from '../wire/frames.ts';
import type { Admission } from './admission.ts';
import { chatV1, type Dialect } from './dialect.ts';
import { type Answer, type FrameHandler, Inbound } from './inbound.ts';
import { Outbound } from './outbound.ts';
import { PlainAuthor } from './plain-author.ts';
import type { PostLimit } from './post-throttle.ts';
import { Posting, type Replies } from './posting.ts';
import type { Protocol } from './protocol.ts';
import type { SocketReporting } from './reporting.ts';

/** What all connections share. */
export interface ConnectionHost {
  readonly useCases: Pick<UseCases, 'followChat' | 'postMessage'>;
  readonly reporting: SocketReporting;
  /** Undefined when nothing is limited. */
  readonly postLimit: PostLimit | undefined;
  /** Told of what is nobody's fault but ours; it closes the connection. */
  onBug(connection: Connection, error: unknown): void;
}

const CLOSE_FOR: Record<EndReason, number> = {
  session_ended: CLOSE.sessionEnded,
  not_a_member: CLOSE.notAMember,
  unavailable: CLOSE.tooSlow,
};

/** One socket that follows one chat. There is one for every open page, so it holds no closures and no request. */
export class Connection implements Follower, FrameHandler, Replies {
  /** Cleared at each ping, set by the pong. */
  isAlive = true;
  readonly #socket: WebSocket;
  readonly #outbound: Outbound;
  readonly #host: ConnectionHost;
  readonly admission: Admission;
  readonly #inbound: Inbound;
  readonly #posting: Posting;
  readonly #dialect: Dialect;
  readonly #following: Following;
  /** The last revision that was delivered. */
  #seen: Revision;
  /** Nothing more is to be written until what is unsent has gone. */
  #isStalled = false;
  /** The following waits to be resumed. */
  #isBehind = false;

  constructor(opened: {
    readonly socket: WebSocket;
    readonly stream: Duplex;
    readonly host: ConnectionHost;
    readonly admission: Admission;
    readonly protocol: Protocol;
  }) {
    this.#socket = opened.socket;
    this.#outbound = new Outbound(opened.stream);
    this.#host = opened.host;
    this.#inbound = new Inbound(this, this.#host.postLimit);
    this.admission = opened.admission;
    const { actor, chatId, after } = opened.admission;
    this.#seen = after ?? revision(0);
    const plain = opened.protocol === 'plain' ? new PlainAuthor(actor.user.id) : undefined;
    this.#dialect = plain ?? chatV1;
    this.#posting = new Posting(this.#host.useCases.postMessage, { actor, chatId, plain }, this);
    this.#following = this.#host.useCases.followChat(actor, opened.admission, this);
  }

  /** Joins the chat and then handles what came in, and what comes. */
  open(): void {
    this.watch(this.#following.join().then(() => this.#inbound.start()));
  }

  receive(frame: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.watch(this.#inbound.push(frame));
  }

  /** Answers what has come in, and then closes. */
  async finish(code: number, reason: string): Promise<void> {
    await this.#inbound.finish();
    this.#following.flush();
    this.close(code, reason);
  }

  close(code: number, reason = ''): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#host.reporting.closed(this.admission, code);
    this.stop();
    // Whoever is not read would not be heard to close either.
    this.#socket.resume();
    this.#socket.close(code, reason);
  }

  /** To be called once a second; `now` never steps back. */
  shedIfTooSlow(now: number): void {
    if (this.#outbound.isTooSlow(now)) this.close(CLOSE.tooSlow, 'too slow');
  }

  /** Finds out by the next call whether the peer is still there. */
  ping(): void {
    // Its answer would lie unread with all that it has sent.
    if (this.#inbound.isThrottled) return;
    if (!this.isAlive) {
      this.#socket.terminate();
      return;
    }
    this.isAlive = false;
    this.#socket.ping();
  }

  stop(): void {
    this.#inbound.clear();
    this.#following.stop();
  }

  ready(revision: Revision): void {
    if (this.admission.after === undefined) this.#seen = revision;
    this.#write(this.#dialect.ready(revision, this.admission));
  }

  deliver(messages: readonly Message[]): boolean {
    this.#seen = messages.at(-1)?.revision ?? this.#seen;
    const takesMore = this.#write(this.#dialect.messages(messages), messages.length);
    this.#isBehind = !takesMore;
    return takesMore;
  }

  reset(revision: Revision): void {
    this.#seen = revision;
    this.#write(this.#dialect.reset(revision));
  }

  details(details: ChatDetails): void {
    this.#write(this.#dialect.details(details));
  }

  end(reason: EndReason): void {
    this.close(CLOSE_FOR[reason], reason);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  begin(frame: string): Promise<Answer> {
    return this.#posting.begin(frame);
  }

  repeat(message: Message): void {
    this.#following.flush();
    // Not seen means that it is on its way, in its place.
    if (message.revision <= this.#seen) this.#write(this.#dialect.messages([message]));
  }

  refuse(refusal: DomainError, clientId: string | undefined): void {
    this.#host.reporting.refused(refusal.code);
    this.#following.flush();
    this.#write(this.#dialect.refused(refusal, clientId));
  }

  giveUp(reason: string): void {
    this.close(CLOSE.abuse, reason);
  }

  watch(work: Promise<void>): void {
    work.catch((error: unknown) => this.#host.onBug(this, error));
  }

  #write(buffer: Buffer, frames = 1): boolean {
    if (buffer.length === 0 || this.#socket.readyState !== WebSocket.OPEN) return true;
    const takesMore = this.#outbound.write(buffer, frames);
    if (!takesMore) this.#stall();
    return takesMore;
  }

  /** Who does not read what is sent is not listened to either: every answer would add to what is unsent. */
  #stall(): void {
    if (this.#isStalled) return;
    this.#isStalled = true;
    this.#inbound.hold();
    this.#outbound.onDrained(() => {
      this.#isStalled = false;
      this.watch(this.#inbound.release());
      if (!this.#isBehind) return;
      this.#isBehind = false;
      this.watch(this.#following.resume(this.#seen));
    });
  }
}
