import { type ClientFrame, type ServerFrame, SUBPROTOCOL } from '../wire/frames.ts';
import { asksWhy, patientDelay, READY_WITHIN_MS, retryDelay, STABLE_AFTER_MS } from './backoff.ts';
import { type Ending, endingOf, NO_CLOSE_FRAME, type Refused } from './close-codes.ts';
import { SilenceWatch } from './silence-watch.ts';
import { decodeFrame } from './wire-decoding.ts';

export interface ConnectionListener {
  /** From the moment the server is ready. */
  connected(): void;
  /** Another attempt follows by itself. */
  lost(): void;
  /** After `lost`, when the server is well and still does not let this page in. */
  turnedAway(): void;
  /** The last call there is. */
  ended(ending: Ending): void;
  frame(frame: ServerFrame): void;
}

export interface ConnectionOptions {
  /** Where to connect, asked before each attempt. */
  readonly address: () => string;
  /** Finds out why the server let no connection come about: browsers do not say. */
  readonly whyRefused: () => Promise<Refused | undefined>;
  readonly listener: ConnectionListener;
}

/** One socket at a time, replaced by the next when it is lost, until the server says that there is no use. */
export class Connection {
  readonly #options: ConnectionOptions;
  #socket: WebSocket | undefined;
  #ready = false;
  #ended = false;
  #failures = 0;
  /** Attempts that came to nothing since there was a connection. */
  #vain = 0;
  #isTurnedAway = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #tooLong: ReturnType<typeof setTimeout> | undefined;
  #stable: ReturnType<typeof setTimeout> | undefined;
  readonly #silence = new SilenceWatch({ lost: () => this.open(), ask: () => this.send({ type: 'alive' }) });

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Connects now, in place of whatever there was. */
  open(): void {
    if (this.#ended) return;
    if (this.#ready) this.#options.listener.lost();
    this.#drop();
    const socket = new WebSocket(this.#options.address(), SUBPROTOCOL);
    this.#socket = socket;
    this.#tooLong = setTimeout(() => {
      this.#drop();
      this.#lose();
    }, READY_WITHIN_MS);
    socket.addEventListener('message', ({ data }) => this.#socket === socket && this.#receive(data));
    socket.addEventListener('close', ({ code }) => this.#socket === socket && this.#closed(code));
  }

  /** Asks the server for a sign of life; without a connection, tries again now. */
  check(): void {
    if (this.#ready) this.#silence.ask();
    else this.open();
  }

  /** Gives this connection up as if it had been lost; without one, nothing changes. */
  giveUp(): void {
    if (!this.#ready) return;
    this.#drop();
    this.#lose();
  }

  /** Is not connected from here on, until it is opened again. */
  pause(): void {
    if (this.#ready) this.#options.listener.lost();
    this.#drop();
  }

  get isReady(): boolean {
    return this.#ready;
  }

  /** False when there is no connection: nothing was sent. */
  send(frame: ClientFrame): boolean {
    if (!this.#ready || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** For good, and without a word to the listener. */
  leave(): void {
    this.#drop();
    this.#ended = true;
  }

  #receive(data: unknown): void {
    this.#silence.heard();
    const frame = decodeFrame(data);
    if (!frame) return;
    if (frame.type === 'ready') {
      this.#ready = true;
      this.#vain = 0;
      this.#isTurnedAway = false;
      this.#silence.begin();
      clearTimeout(this.#tooLong);
      this.#stable = setTimeout(() => {
        this.#failures = 0;
      }, STABLE_AFTER_MS);
      this.#options.listener.connected();
    }
    this.#options.listener.frame(frame);
  }

  #closed(code: number): void {
    const wasReady = this.#ready;
    this.#drop();
    const ending = endingOf(code);
    if (ending) {
      this.#end(ending);
      return;
    }
    this.#lose();
    if (!wasReady) this.#refused(code);
  }

  #refused(code: number): void {
    const asks = code === NO_CLOSE_FRAME && asksWhy(this.#vain);
    this.#vain += 1;
    if (asks) this.#options.whyRefused().then((reason) => this.#hearWhy(reason), ignore);
  }

  /** A server that has just come back answers too: only the next refusal tells that this page is turned away. */
  #hearWhy(reason: Refused | undefined): void {
    if (this.#ready || this.#ended) return;
    this.#isTurnedAway = reason === 'turned-away';
    if (reason && reason !== 'turned-away') this.#end(reason);
  }

  #lose(): void {
    const { listener } = this.#options;
    listener.lost();
    if (this.#isTurnedAway) listener.turnedAway();
    const chance = Math.random();
    const delay = this.#isTurnedAway ? patientDelay(chance) : retryDelay(this.#failures, chance);
    this.#retry = setTimeout(() => this.open(), delay);
    this.#failures += 1;
  }

  #end(ending: Ending): void {
    this.leave();
    this.#options.listener.ended(ending);
  }

  #drop(): void {
    this.#silence.stop();
    clearTimeout(this.#retry);
    clearTimeout(this.#stable);
    clearTimeout(this.#tooLong);
    const socket = this.#socket;
    this.#socket = undefined;
    this.#ready = false;
    socket?.close();
  }
}

/** Whoever cannot be asked is asked again later. */
const ignore = () => {};
