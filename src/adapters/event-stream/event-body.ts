import type { ByteSink } from '../delivery/outbound.ts';

/** The minimum: the stream asks for more only when everything that was written has been taken. */
const HIGH_WATER_MARK = 1;

/** The body of an answer that does not end by itself. */
export class EventBody implements ByteSink {
  readonly stream: ReadableStream<Uint8Array>;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #onDrain: (() => void) | undefined;

  /** @param onCut is called when the client stops reading */
  constructor(onCut: () => void) {
    const strategy = new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER_MARK });
    this.stream = new ReadableStream(
      {
        start: (controller: ReadableStreamDefaultController<Uint8Array>) => {
          this.#controller = controller;
        },
        pull: () => {
          const drained = this.#onDrain;
          this.#onDrain = undefined;
          drained?.();
        },
        cancel: onCut,
      },
      strategy,
    );
  }

  get writableLength(): number {
    return HIGH_WATER_MARK - (this.#controller?.desiredSize ?? HIGH_WATER_MARK);
  }

  write(buffer: Buffer): boolean {
    this.#controller?.enqueue(buffer);
    return this.writableLength === 0;
  }

  once(_name: 'drain', listen: () => void): void {
    this.#onDrain = listen;
  }

  /** Ends the answer once everything that was written has been taken. */
  close(): void {
    this.#controller?.close();
  }

  /** Cuts the answer off where it is. */
  cut(): void {
    this.#controller?.error(new Error('The stream was cut off.'));
  }
}
