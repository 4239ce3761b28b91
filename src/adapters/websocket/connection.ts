import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { EndReason } from '../../application/ports/follower.ts';
import type { UseCases } from '../../application/use-cases.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Message } from '../../domain/messages/message.ts';
import type { Admission } from '../delivery/admission.ts';
import { CLOSE_FOR } from '../delivery/close-codes.ts';
import { Delivery, type Peer } from '../delivery/delivery.ts';
import type { Dialect } from '../delivery/dialect.ts';
import { Outbound } from '../delivery/outbound.ts';
import type { SocketReporting } from '../delivery/reporting.ts';
import type { UnsentChunks } from '../delivery/unsent-chunks.ts';
import { CLOSE } from '../wire/frames.ts';
import { type Answer, type FrameHandler, Inbound } from './inbound.ts';
import { PlainAuthor } from './plain-author.ts';
import { Posting, type Replies } from './posting.ts';
import type { Protocol } from './protocol.ts';
import type { WriteTurns } from './write-turns.ts';

/** What all connections share. */
export interface ConnectionHost {
  readonly useCases: Pick<UseCases, 'followChat' | 'paced'>;
  readonly chatV1: Dialect;
  readonly reporting: SocketReporting;
  readonly turns: WriteTurns;
  readonly unsentChunks: UnsentChunks;
  /** Told of what is nobody's fault but ours; it closes the connection. */
  onBug(connection: Connection, error: unknown): void;
}

/** One socket that follows one chat. There is one for every open page, so it holds no closures and no request. */
export class Connection implements Peer, FrameHandler, Replies {
  /** Cleared at each ping, set by the pong. */
  isAlive = true;
  readonly #socket: WebSocket;
  readonly #host: ConnectionHost;
  readonly admission: Admission;
  readonly #inbound: Inbound;
  readonly #posting: Posting;
  readonly #delivery: Delivery;

  constructor(opened: {
    readonly socket: WebSocket;
    readonly stream: Duplex;
    readonly host: ConnectionHost;
    readonly admission: Admission;
    readonly protocol: Protocol;
  }) {
    this.#socket = opened.socket;
    this.#host = opened.host;
    this.admission = opened.admission;
    const { useCases, unsentChunks } = this.#host;
    const { followChat, paced } = useCases;
    const { actor, chatId } = opened.admission;
    this.#inbound = new Inbound({ handler: this, turns: this.#host.turns, actor });
    const plain = opened.protocol === 'plain' ? new PlainAuthor(actor.user.id) : undefined;
    this.#posting = new Posting(paced.postMessage, { actor, chatId, plain }, this);
    const outbound = new Outbound(opened.stream);
    const dialect = plain ?? this.#host.chatV1;
    const { admission } = opened;
    this.#delivery = new Delivery({ peer: this, outbound, dialect, unsentChunks, admission, followChat });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Joins the chat and then handles what came in, and what comes. */
  open(): void {
    this.watch(this.#delivery.join().then(() => this.#inbound.start()));
  }

  receive(frame: string): void {
    if (this.isOpen) this.watch(this.#inbound.push(frame));
  }

  /** Answers what has come in, and then closes. */
  async finish(code: number, reason: string): Promise<void> {
    await this.#inbound.finish();
    this.#delivery.flush();
    this.close(code, reason);
  }

  close(code: number, reason = ''): void {
    if (this.isOpen) this.#host.reporting.closed(this.admission, code);
    this.stop();
    // Whoever is not read would not be heard to close either.
    this.#socket.resume();
    this.#socket.close(code, reason);
  }

  /** To be called once a second; `now` never steps back. */
  tend(now: number): void {
    if (!this.#delivery.keepAlive(now)) this.close(CLOSE.tooSlow, 'too slow');
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
    this.#delivery.stop();
  }

  hold(): void {
    this.#inbound.hold();
  }

  release(): void {
    this.watch(this.#inbound.release());
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
    this.#delivery.used();
    return this.#posting.begin(frame);
  }

  repeat(message: Message): void {
    this.#delivery.repeat(message);
  }

  alive(): void {
    this.#delivery.alive();
  }

  refuse(refusal: DomainError, clientId: string | undefined): void {
    this.#host.reporting.refused(refusal.code);
    this.#delivery.refuse(refusal, clientId);
  }

  giveUp(reason: string): void {
    this.close(CLOSE.abuse, reason);
  }

  watch(work: Promise<void>): void {
    work.catch((error: unknown) => this.#host.onBug(this, error));
  }
}
