import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { EndReason } from '../../application/ports/follower.ts';
import type { FrameBudget } from '../../application/use-cases/identity/take-turn.ts';
import type { UseCases } from '../../application/use-cases.ts';
import type { Caller } from '../delivery/admission.ts';
import { CLOSE_FOR } from '../delivery/close-codes.ts';
import type { Dialect } from '../delivery/dialect.ts';
import type { Tended } from '../delivery/heartbeat.ts';
import { Line, type Peer } from '../delivery/line.ts';
import type { SocketReporting } from '../delivery/reporting.ts';
import type { UnsentChunks } from '../delivery/unsent-chunks.ts';
import type { UserDialect } from '../delivery/user-dialect.ts';
import { CLOSE } from '../wire/frames.ts';
import { type Answer, type FrameHandler, type FrameTurns, Inbound } from './inbound.ts';
import type { Talk } from './talk.ts';

/** What all connections share. */
export interface ConnectionHost {
  readonly useCases: Pick<UseCases, 'followChat' | 'followUser' | 'assertMayFollow' | 'paced'>;
  readonly chatV1: Dialect;
  readonly userV1: UserDialect;
  readonly reporting: SocketReporting;
  readonly turns: Readonly<Record<FrameBudget, FrameTurns>>;
  readonly unsentChunks: UnsentChunks;
  /** Maximum chats that one user's socket follows at the same time. */
  readonly maxFollowedChats: number;
  /** Told of a bug; it closes the connection. */
  onBug(connection: OpenConnection, error: unknown): void;
}

/** What a talk asks of its connection. */
export interface TalkingConnection extends Peer {
  /** Closes it for this reason. */
  end(reason: EndReason): void;
  /** Closes it as abused. */
  giveUp(reason: string): void;
}

/** An open socket, whatever its protocol. */
export interface OpenConnection extends Tended {
  readonly caller: Caller;
  /** Cleared at each ping, set by the pong. */
  isAlive: boolean;
  /** Says what comes first, and then handles what came in, and what comes. */
  open(): void;
  receive(text: string): void;
  /** Answers what has come in, and then closes. */
  finish(code: number, reason: string): Promise<void>;
  close(code: number, reason?: string): void;
  stop(): void;
}

/** One socket. There is one for every open page, so it holds no closures and no request. */
export class Connection<Frame> implements OpenConnection, TalkingConnection, FrameHandler<Frame> {
  isAlive = true;
  readonly #socket: WebSocket;
  readonly #host: ConnectionHost;
  readonly #inbound: Inbound<Frame>;
  readonly #line: Line;
  readonly #talk: Talk<Frame>;

  constructor(opened: {
    readonly socket: WebSocket;
    readonly stream: Duplex;
    readonly host: ConnectionHost;
    readonly makeTalk: (connection: TalkingConnection, line: Line) => Talk<Frame>;
  }) {
    this.#socket = opened.socket;
    this.#host = opened.host;
    this.#line = new Line(this, opened.stream);
    this.#talk = opened.makeTalk(this, this.#line);
    this.#inbound = new Inbound(this, this.#talk.caller.actor);
  }

  get caller(): Caller {
    return this.#talk.caller;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  open(): void {
    this.watch(this.#talk.open().then(() => this.#inbound.start()));
  }

  receive(text: string): void {
    if (this.isOpen) this.watch(this.#inbound.push(this.#talk.decode(text)));
  }

  async finish(code: number, reason: string): Promise<void> {
    await this.#inbound.finish();
    this.#talk.flush();
    this.close(code, reason);
  }

  close(code: number, reason = ''): void {
    if (this.isOpen) this.#host.reporting.closed(this.caller, code);
    this.stop();
    // Without reading, the close frame of the peer would never arrive.
    this.#socket.resume();
    this.#socket.close(code, reason);
  }

  tend(now: number): void {
    if (!this.#line.keepAlive(now, this.#talk.alive)) this.close(CLOSE.tooSlow, 'too slow');
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
    this.#talk.stop();
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

  turnsFor(frame: Frame): FrameTurns {
    return this.#talk.turnsFor(frame);
  }

  begin(frame: Frame): Promise<Answer> {
    return this.#talk.begin(frame);
  }

  giveUp(reason: string): void {
    this.close(CLOSE.abuse, reason);
  }

  watch(work: Promise<void>): void {
    work.catch((error: unknown) => this.#host.onBug(this, error));
  }
}
