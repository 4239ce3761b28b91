/** What carries the bytes, as a Node stream does. */
export interface ByteSink {
  /** Bytes that were written and have not left. */
  readonly writableLength: number;
  /** False: what was written has yet to leave, and `drain` tells when it has. */
  write(buffer: Buffer): boolean;
  once(name: 'drain', listen: () => void): unknown;
}

/** A peer with more than this unsent is slow. Past the bytes nothing more is written to it until it has caught up. */
const MAX_UNSENT_BYTES = 1024 * 1024;
const MAX_UNSENT_FRAMES = 256;
/** How long a peer may stay slow before it is closed. */
const MAX_SLOW_MS = 10_000;

/** Writes whole frames to one peer. Those of a WebSocket bypass the library and go to the stream beneath it. */
export class Outbound {
  readonly #stream: ByteSink;
  /** Written since the stream was last empty, to estimate how many frames the unsent bytes are. */
  #bytes = 0;
  #frames = 0;
  #slowSince: number | undefined;
  #hasLeft = true;
  /** `onDrained` was called and has yet to call back. */
  #isAwaited = false;
  #unsentBefore = 0;
  /** Since the last `quietFor`, which is called once a second, so that a write need not read the clock. */
  #hasWritten = true;
  #quietSince = 0;

  constructor(stream: ByteSink) {
    this.#stream = stream;
  }

  /** Writes in any case; false says that enough is unsent. */
  write(buffer: Buffer, frames: number): boolean {
    if (this.#stream.writableLength === 0) {
      this.#bytes = 0;
      this.#frames = 0;
    }
    this.#hasWritten = true;
    this.#bytes += buffer.length;
    this.#frames += frames;
    this.#hasLeft = this.#stream.write(buffer);
    return this.#stream.writableLength <= MAX_UNSENT_BYTES;
  }

  /** False when something that was written is yet to leave, and `onDrained` will call back. */
  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  /** Calls back once everything written has been handed to the peer's side. */
  onDrained(listen: () => void): void {
    this.#isAwaited = true;
    this.#stream.once('drain', () => {
      this.#isAwaited = false;
      this.#hasLeft = true;
      listen();
    });
  }

  /** To be asked about once a second: whether the peer has been too slow for too long. `now` never steps back. */
  isTooSlow(now: number): boolean {
    if (!this.#isSlow()) this.#slowSince = undefined;
    else this.#slowSince ??= now;
    return this.#slowSince !== undefined && now - this.#slowSince >= MAX_SLOW_MS;
  }

  /** To be asked once a second: for how many milliseconds nothing was written, to the second. */
  quietFor(now: number): number {
    if (this.#hasWritten) this.#quietSince = now;
    this.#hasWritten = false;
    return now - this.#quietSince;
  }

  #isSlow(): boolean {
    const unsent = this.#stream.writableLength;
    const isStuck = this.#isAwaited && unsent >= this.#unsentBefore;
    this.#unsentBefore = unsent;
    if (unsent === 0) return false;
    return isStuck || unsent > MAX_UNSENT_BYTES || this.#frames * (unsent / this.#bytes) > MAX_UNSENT_FRAMES;
  }
}
