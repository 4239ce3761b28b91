import type { EndReason } from '../../application/ports/follower.ts';
import type { UseCases } from '../../application/use-cases.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Admission } from '../delivery/admission.ts';
import { CLOSE_FOR } from '../delivery/close-codes.ts';
import { Delivery, type DeliveryOwner } from '../delivery/delivery.ts';
import type { Dialect } from '../delivery/dialect.ts';
import type { Tended } from '../delivery/heartbeat.ts';
import { Line, type Peer } from '../delivery/line.ts';
import type { SocketReporting } from '../delivery/reporting.ts';
import type { UnsentChunks } from '../delivery/unsent-chunks.ts';
import { CLOSE } from '../wire/frames.ts';
import { EventBody } from './event-body.ts';
import { COMMENT, encodeEnd } from './events.ts';

/** What all event streams share. */
export interface EventStreamHost {
  readonly followChat: UseCases['followChat'];
  readonly dialect: Dialect;
  readonly reporting: SocketReporting;
  readonly unsentChunks: UnsentChunks;
  /** The stream ended, from whichever side. Called once. */
  ended(stream: EventStream): void;
}

/** How long a peer may take to read why its stream ended. */
const GOODBYE_MS = 2_000;

/** One answer that follows one chat. */
export class EventStream implements Peer, Tended, DeliveryOwner {
  readonly #body = new EventBody(() => this.#stop());
  readonly #host: EventStreamHost;
  readonly #admission: Admission;
  readonly #line: Line;
  readonly #delivery: Delivery;
  #isOpen = true;

  constructor(host: EventStreamHost, admission: Admission) {
    this.#host = host;
    this.#admission = admission;
    this.#line = new Line(this, this.#body);
    this.#delivery = new Delivery({
      owner: this,
      line: this.#line,
      dialect: host.dialect,
      unsentChunks: host.unsentChunks,
      admission,
      follow: ({ actor }, follower) => host.followChat(actor, admission, follower),
    });
  }

  get body(): ReadableStream<Uint8Array> {
    return this.#body.stream;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Joins the chat. */
  open(): void {
    this.watch(this.#delivery.join());
  }

  /** Delivers what has been published, and ends the stream by an event with this code. */
  close(code: number): void {
    if (!this.#isOpen) return;
    this.#delivery.flush();
    this.#host.reporting.closed(this.#admission, code);
    this.#stop();
    this.#body.write(encodeEnd(code));
    this.#body.close();
    if (this.#body.writableLength > 0) setTimeout(() => this.#body.cut(), GOODBYE_MS).unref();
  }

  ping(): void {
    if (this.#body.writableLength === 0) this.#body.write(COMMENT);
  }

  tend(now: number): void {
    if (!this.#line.keepAlive(now, this.#host.dialect.alive)) this.close(CLOSE.tooSlow);
  }

  ended(_chatId: ChatId, reason: EndReason): void {
    this.close(CLOSE_FOR[reason]);
  }

  /** A stream has no input that could be held. */
  hold(): void {}

  release(): void {}

  watch(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#host.reporting.failed(this.#admission, error);
      this.close(CLOSE.failed);
    });
  }

  #stop(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#delivery.stop();
    this.#host.ended(this);
  }
}
