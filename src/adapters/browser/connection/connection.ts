import type { ClientFrame } from '../../wire/client-frames.ts';
import { SUBPROTOCOL } from '../../wire/frames.ts';
import { asksWhy, patientDelay, READY_WITHIN_MS, retryDelay, STABLE_AFTER_MS, streamDelay } from './backoff.ts';
import { type Ending, endingOf, NO_CLOSE_FRAME, type Refused } from './close-codes.ts';
import type { ConnectionOptions } from './connection-listener.ts';
import type { Channel, ChannelListener } from './http-channel.ts';
import { SilenceWatch } from './silence-watch.ts';
import { decodeFrame } from './wire-decoding.ts';

/**
 * One socket at a time, replaced by the next when it is lost, until the server says that there is no use. Where sockets
 * are refused and HTTP passes, a stream stands in for them until one opens.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  #socket: WebSocket | undefined;
  #stream: Channel | undefined;
  #ready: 'socket' | 'stream' | undefined;
  #ended = false;
  #failures = 0;
  #vain = 0;
  #isTurnedAway = false;
  #era = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #tooLong: ReturnType<typeof setTimeout> | undefined;
  #stable: ReturnType<typeof setTimeout> | undefined;
  readonly #silence = new SilenceWatch({ lost: () => this.open(), ask: () => this.send({ type: 'alive' }) });

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  open(): void {
    if (this.#ended) return;
    if (this.#ready) this.#options.listener.lost();
    this.#drop();
    this.#openSocket();
  }

  check(): void {
    if (this.#ready) this.#silence.ask();
    else this.open();
    if (this.#ready === 'stream' && !this.#socket) this.#openSocket();
  }

  /** Gives this connection up as if it had been lost; without one, nothing changes. */
  giveUp(): void {
    if (this.#ready) this.#loseAll();
  }

  /** Is not connected from here on, until it is opened again. */
  pause(): void {
    if (this.#ready) this.#options.listener.lost();
    this.#drop();
  }

  get isReady(): boolean {
    return this.#ready !== undefined;
  }

  send(frame: ClientFrame): boolean {
    if (this.#ready === 'stream') return this.#stream?.send(frame) ?? false;
    if (!this.#ready || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  leave(): void {
    this.#drop();
    this.#ended = true;
  }

  #openSocket(): void {
    clearTimeout(this.#retry);
    const socket = new WebSocket(this.#options.address(), SUBPROTOCOL);
    this.#socket = socket;
    this.#tooLong = setTimeout(() => this.#closed(NO_CLOSE_FRAME), READY_WITHIN_MS);
    socket.addEventListener('message', ({ data }) => this.#socket === socket && this.#receive('socket', data));
    socket.addEventListener('close', ({ code }) => this.#socket === socket && this.#closed(code));
  }

  #receive(way: 'socket' | 'stream', data: unknown): void {
    this.#silence.heard();
    const frame = decodeFrame(data);
    if (!frame) return;
    if (frame.type === 'ready') this.#hasOpened(way);
    this.#options.listener.frame(frame);
  }

  #hasOpened(way: 'socket' | 'stream'): void {
    this.#ready = way;
    this.#silence.begin();
    if (way === 'socket') {
      this.#dropStream();
      clearTimeout(this.#tooLong);
      this.#vain = 0;
      this.#isTurnedAway = false;
      this.#stable = setTimeout(() => (this.#failures = 0), STABLE_AFTER_MS);
    }
    this.#options.listener.connected();
    if (way === 'stream' && this.#vain > 1) this.#options.listener.withoutSockets();
  }

  #closed(code: number): void {
    const wasReady = this.#ready === 'socket';
    if (wasReady) this.#ready = undefined;
    this.#dropSocket();
    const ending = endingOf(code);
    if (ending) this.#end(ending);
    else if (this.#ready === 'stream') {
      this.#vain += 1;
      this.#options.listener.withoutSockets();
      this.#retry = setTimeout(() => this.#openSocket(), streamDelay(this.#vain, Math.random()));
    } else {
      this.#lose();
      if (!wasReady) this.#refused(code);
    }
  }

  #refused(code: number): void {
    const asks = code === NO_CLOSE_FRAME && asksWhy(this.#vain);
    this.#vain += 1;
    if (asks)
      this.#options.whyRefused().then(
        (reason) => this.#hearWhy(reason),
        () => {},
      );
  }

  /** A server that has just come back answers too: only the next refusal tells that this page is turned away. */
  #hearWhy(reason: Refused | undefined): void {
    if (this.#ready || this.#ended) return;
    this.#isTurnedAway = reason === 'turned-away';
    if (reason === 'turned-away') this.#openStream();
    else if (reason === 'intercepted') this.#options.listener.intercepted();
    else if (reason) this.#end(reason);
  }

  #openStream(): void {
    this.#dropStream();
    const era = this.#era;
    const isCurrent = () => era === this.#era && this.#ready !== 'socket';
    const listener: ChannelListener = {
      data: (frame) => isCurrent() && this.#receive('stream', frame),
      heard: () => isCurrent() && this.#silence.heard(),
      stored: (message) => this.#options.listener.stored(message),
      closed: (why) => isCurrent() && this.#streamClosed(why),
    };
    this.#options.openStream(listener).then((stream) => {
      if (!isCurrent()) return stream.close();
      this.#stream = stream;
    }, console.error);
  }

  #streamClosed(why: number | Refused | undefined): void {
    const wasReady = this.#ready === 'stream';
    const ending = typeof why === 'number' ? endingOf(why) : why;
    if (ending === 'intercepted') this.#options.listener.intercepted();
    if (ending && ending !== 'turned-away' && ending !== 'intercepted') this.#end(ending);
    else if (wasReady) this.#loseAll();
  }

  #loseAll(): void {
    this.#drop();
    this.#lose();
  }

  #lose(): void {
    this.#options.listener.lost();
    if (this.#isTurnedAway) this.#options.listener.turnedAway();
    const chance = Math.random();
    const delay = this.#isTurnedAway ? patientDelay(chance) : retryDelay(this.#failures, chance);
    this.#retry = setTimeout(() => this.#openSocket(), delay);
    this.#failures += 1;
  }

  #end(ending: Ending): void {
    this.leave();
    this.#options.listener.ended(ending);
  }

  #drop(): void {
    this.#era += 1;
    this.#ready = undefined;
    this.#silence.stop();
    this.#dropSocket();
    this.#dropStream();
  }

  #dropSocket(): void {
    for (const timer of [this.#retry, this.#stable, this.#tooLong]) clearTimeout(timer);
    this.#socket?.close();
    this.#socket = undefined;
  }

  #dropStream(): void {
    this.#stream?.close();
    this.#stream = undefined;
  }
}
