import type { UserFrame } from '../../wire/client-frames.ts';
import { asksWhy } from './backoff.ts';
import type { Channel } from './channels/channel.ts';
import type { HttpListener } from './channels/http-channel.ts';
import { SocketChannel } from './channels/socket-channel.ts';
import { type Ending, endingOf, NO_CLOSE_FRAME, type Refused } from './close-codes.ts';
import type { ConnectionOptions } from './connection-listener.ts';
import { ReconnectSchedule } from './reconnect-schedule.ts';
import { SilenceWatch } from './silence-watch.ts';
import { decodeServerFrame } from './wire-decoding.ts';

/**
 * The connection of a tab: one socket at a time, replaced when it is lost, until the server says that trying again is of no
 * use. Where sockets are refused and HTTP passes, a stream stands in until a socket opens.
 */
export class TabConnection {
  readonly #options: ConnectionOptions;
  readonly #schedule = new ReconnectSchedule(() => this.#openSocket());
  readonly #silence = new SilenceWatch({ lost: () => this.open(), ask: () => this.send({ type: 'alive' }) });
  #socket: SocketChannel | undefined;
  #stream: Channel | undefined;
  #ready: 'socket' | 'stream' | undefined;
  #hasEnded = false;
  /** Counts the connections: answers to questions that an earlier one asked are ignored. */
  #era = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  open(): void {
    if (this.#hasEnded) return;
    this.pause();
    this.#openSocket();
  }

  /** Finds out whether the connection still works, and connects at once where there is none. */
  check(): void {
    if (this.#ready) this.#silence.ask();
    else this.open();
    if (this.#ready === 'stream' && !this.#socket) this.#openSocket();
  }

  /** Treats the connection as lost; without one, nothing changes. */
  giveUp(): void {
    if (!this.#ready) return;
    this.#drop();
    this.#lose();
  }

  /** Disconnects until `open` is called. */
  pause(): void {
    if (this.#ready) this.#options.listener.lost();
    this.#drop();
  }

  /** Follows the chat that the page shows now, in place of another one. */
  refollow(left: number): void {
    this.#socket?.send({ type: 'unfollow', chat_id: left });
    this.#follow();
  }

  /** Whether `refollow` works: a stream, which stands in for sockets, follows one chat until it is closed. */
  readonly canRefollow = (): boolean => !this.#hasEnded && !this.#schedule.isTurnedAway;

  get isReady(): boolean {
    return this.#ready !== undefined;
  }

  send(frame: UserFrame): boolean {
    const channel = this.#ready === 'stream' ? this.#stream : this.#ready && this.#socket;
    return channel?.send(frame) ?? false;
  }

  leave(): void {
    this.#drop();
    this.#hasEnded = true;
  }

  #openSocket(): void {
    this.#dropSocket();
    this.#socket = new SocketChannel(this.#options.address, {
      data: (frame) => this.#receive('socket', frame),
      closed: (code) => this.#socketClosed(code),
    });
  }

  #receive(way: 'socket' | 'stream', data: unknown): void {
    this.#silence.heard();
    const frame = decodeServerFrame(data);
    if (!frame) return;
    if (frame.type === 'ready' && this.#ready !== way) this.#hasOpened(way);
    this.#options.listener.frame(frame);
    if (frame.type === 'hello' && !this.#hasEnded) this.#follow();
  }

  #follow(): void {
    const frame = this.#options.follow();
    if (frame) this.#socket?.send(frame);
    else this.#hasOpened('socket');
  }

  #hasOpened(way: 'socket' | 'stream'): void {
    this.#ready = way;
    this.#silence.begin();
    if (way === 'socket') {
      this.#dropStream();
      this.#socket?.hasOpened();
      this.#schedule.hasConnected();
    }
    this.#options.listener.connected();
    if (way === 'stream' && this.#schedule.failedAttempts > 1) this.#options.listener.withoutSockets();
  }

  #socketClosed(code: number): void {
    const wasReady = this.#ready === 'socket';
    if (wasReady) this.#ready = undefined;
    this.#dropSocket();
    const ending = endingOf(code);
    if (ending) this.#end(ending);
    else if (this.#ready === 'stream') {
      this.#schedule.besideStream();
      this.#options.listener.withoutSockets();
    } else {
      this.#lose();
      if (!wasReady) this.#attemptFailed(code);
    }
  }

  #attemptFailed(code: number): void {
    const asks = code === NO_CLOSE_FRAME && asksWhy(this.#schedule.failedAttempts);
    this.#schedule.failedAttempts += 1;
    if (!asks) return;
    this.#options.whyRefused().then((reason) => this.#hearWhy(reason), ignore);
  }

  /** A server that has just come back answers too: only the next refusal shows that this page is turned away. */
  #hearWhy(reason: Refused | undefined): void {
    if (this.#ready || this.#hasEnded) return;
    this.#schedule.isTurnedAway = reason === 'turned-away';
    if (reason === 'turned-away') this.#openStream();
    else if (reason === 'intercepted') this.#options.listener.intercepted();
    else if (reason) this.#end(reason);
  }

  #openStream(): void {
    this.#dropStream();
    const era = this.#era;
    const isCurrent = () => era === this.#era && this.#ready !== 'socket';
    const listener: HttpListener = {
      data: (frame) => isCurrent() && this.#receive('stream', frame),
      heard: () => isCurrent() && this.#silence.heard(),
      stored: (message) => this.#options.listener.stored(message),
      closed: (why) => isCurrent() && this.#streamClosed(why),
    };
    this.#options.openStream(listener)?.then((stream) => {
      if (!isCurrent()) return stream.close();
      this.#stream = stream;
    }, console.error);
  }

  #streamClosed(why: number | Refused | undefined): void {
    const ending = typeof why === 'number' ? endingOf(why) : why;
    if (ending === 'intercepted') this.#options.listener.intercepted();
    if (ending && ending !== 'turned-away' && ending !== 'intercepted') this.#end(ending);
    else this.giveUp();
  }

  #lose(): void {
    this.#options.listener.lost();
    if (this.#schedule.isTurnedAway) this.#options.listener.turnedAway();
    this.#schedule.afterLoss();
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
    this.#schedule.cancel();
    this.#socket?.close();
    this.#socket = undefined;
  }

  #dropStream(): void {
    this.#stream?.close();
    this.#stream = undefined;
  }
}

const ignore = () => {};
