import type { ByteSink } from '../../src/adapters/delivery/outbound.ts';

/** Takes bytes at once, or keeps them until they are read. */
export class Pipe implements ByteSink {
  readonly chunks: Buffer[] = [];
  isStalled = false;
  writableLength = 0;
  #listeners: (() => void)[] = [];

  /** Everything that was written, one character a byte. */
  get text(): string {
    return Buffer.concat(this.chunks).toString('latin1');
  }

  write(buffer: Buffer): boolean {
    this.chunks.push(buffer);
    if (this.isStalled) this.writableLength += buffer.length;
    return !this.isStalled;
  }

  once(_name: 'drain', listen: () => void): void {
    this.#listeners.push(listen);
  }

  read(): void {
    this.isStalled = false;
    this.writableLength = 0;
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listen of listeners) listen();
  }
}
