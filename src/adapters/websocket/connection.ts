import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { ChatDetails, EndReason, Follower } from '../../application/ports/follower.ts';
import type { Following } from '../../application/use-cases/messages/follow-chat.ts';
import type { UseCases } from '../../application/use-cases.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { DomainError } from '../../domain/errors.ts';
import { isClientId } from '../../domain/messages/client-id.ts';
import type { Message } from '../../domain/messages/message.ts';
import { CLOSE, type ServerFrame } from '../wire/frames.ts';
import type { Admission } from './admission.ts';
import { type Answer, type FrameHandler, Inbound } from './inbound.ts';
import { Outbound } from './outbound.ts';
import { PlainAuthor } from './plain-author.ts';
import { Posting, type Replies } from './posting.ts';
import { encodeDetails, encodeFrame, encodeMessages, encodePlain, type Protocol } from './protocol.ts';
import type { SocketReporting } from './reporting.ts';

/** What all connections share. */
export interface ConnectionHost {
  readonly useCases: Pick<UseCases, 'followChat' | 'postMessage'>;
  readonly reporting: SocketReporting;
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
  readonly #inbound = new Inbound(this);
  readonly #posting: Posting;
  readonly #plain: PlainAuthor | undefined;
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
    this.admission = opened.admission;
    const { actor, chatId, after } = opened.admission;
    this.#seen = after ?? revision(0);
    this.#plain = opened.protocol === 'plain' ? new PlainAuthor(actor.user.id) : undefined;
    this.#posting = new Posting(this.#host.useCases.postMessage, { actor, chatId, plain: this.#plain }, this);
    this.#following = this.#host.useCases.followChat(actor, opened.admission, this);
  }

  /** Joins the chat and then handles what came in, and what comes. */
  open(): void {
    this.#watch(this.#following.join().then(() => this.#inbound.start()));
  }

  receive(frame: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#watch(this.#inbound.push(frame));
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
    this.#socket.close(code, reason);
  }

  /** To be called once a second; `now` never steps back. */
  shedIfTooSlow(now: number): void {
    if (this.#outbound.isTooSlow(now)) this.close(CLOSE.tooSlow, 'too slow');
  }

  /** Finds out by the next call whether the peer is still there. */
  ping(): void {
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
    const { actor, chatId, after } = this.admission;
    if (after === undefined) this.#seen = revision;
    this.#tell({ type: 'ready', chat_id: chatId, revision, you: { id: actor.user.id, username: actor.user.username } });
  }

  deliver(messages: readonly Message[]): boolean {
    this.#seen = messages.at(-1)?.revision ?? this.#seen;
    const frames = this.#plain ? encodePlain(this.#plain.withoutOwn(messages)) : encodeMessages(messages);
    const takesMore = this.#write(frames, messages.length);
    this.#isBehind = !takesMore;
    return takesMore;
  }

  reset(revision: Revision): void {
    this.#seen = revision;
    this.#tell({ type: 'reset', revision });
  }

  details(details: ChatDetails): void {
    if (!this.#plain) this.#write(encodeDetails(details));
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
    if (message.revision <= this.#seen) this.#write(encodeMessages([message]));
  }

  refuse({ code, message }: DomainError, clientId: string | undefined): void {
    this.#host.reporting.refused(code);
    this.#following.flush();
    if (this.#plain) {
      this.#write(PlainAuthor.refusal(message));
      return;
    }
    const named = clientId !== undefined && isClientId(clientId) ? { client_id: clientId } : {};
    this.#tell({ type: 'refused', ...named, code, detail: message });
  }

  giveUp(): void {
    this.close(CLOSE.abuse, 'too many bad frames');
  }

  #tell(frame: ServerFrame): void {
    if (!this.#plain) this.#write(encodeFrame(frame));
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
      this.#watch(this.#inbound.release());
      if (!this.#isBehind) return;
      this.#isBehind = false;
      this.#watch(this.#following.resume(this.#seen));
    });
  }

  #watch(work: Promise<void>): void {
    work.catch((error: unknown) => this.#host.onBug(this, error));
  }
}
