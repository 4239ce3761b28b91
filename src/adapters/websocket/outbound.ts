import type { Duplex } from 'node:stream';

/** A peer with more than this unsent is slow; past the bytes nothing more is written to it until it has caught up. */
const MOST_UNSENT_BYTES = 1024 * 1024;
const MOST_UNSENT_FRAMES = 256;
/** Whoever stays slow so long is closed. */
const PATIENCE_MS = 10_000;

/** What one socket is sent: whole frames, as they are, past the WebSocket library to the stream beneath it. */
export class Outbound {
  readonly #stream: Duplex;
  /** Written since nothing was left unsent, to tell how many frames the unsent bytes are. */
  #bytes = 0;
  #frames = 0;
  #slowSince: number | undefined;

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  /** Writes in any case; false says that enough is unsent. */
  write(buffer: Buffer, frames: number): boolean {
    if (this.#stream.writableLength === 0) {
      this.#bytes = 0;
      this.#frames = 0;
    }
    this.#bytes += buffer.length;
    this.#frames += frames;
    this.#stream.write(buffer);
    return this.#stream.writableLength <= MOST_UNSENT_BYTES;
  }

  /** Calls back once everything written has been handed to the peer's side. */
  onDrained(listen: () => void): void {
    this.#stream.once('drain', listen);
  }

  /** To be asked about once a second: whether the peer has been too slow for too long. `now` never steps back. */
  isTooSlow(now: number): boolean {
    if (!this.#isSlow()) this.#slowSince = undefined;
    else this.#slowSince ??= now;
    return this.#slowSince !== undefined && now - this.#slowSince >= PATIENCE_MS;
  }

  #isSlow(): boolean {
    const unsent = this.#stream.writableLength;
    if (unsent === 0) return false;
    return unsent > MOST_UNSENT_BYTES || this.#frames * (unsent / this.#bytes) > MOST_UNSENT_FRAMES;
  }
}
