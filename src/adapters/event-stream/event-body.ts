import type { ByteSink } from '../delivery/outbound.ts';

/** With the least there is, the stream asks for more only when all that was written has been taken. */
const HIGH_WATER_MARK = 1;

/** The body of an answer that goes on for as long as there is something to say. */
export class EventBody implements ByteSink {
  readonly stream: ReadableStream<Uint8Array>;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #onDrain: (() => void) | undefined;

  /** @param onCut is called when nobody reads it any more */
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

  /** Ends the answer once all that was written has been taken. */
  close(): void {
    this.#controller?.close();
  }

  /** Cuts the answer off where it is. */
  cut(): void {
    this.#controller?.error(new Error('The stream was cut off.'));
  }
}
