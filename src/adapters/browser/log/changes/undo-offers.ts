import { privateStorage } from '../../storage/private-storage.ts';
import { RESTORABLE_FOR_MS } from './own-deletion.ts';

/** The messages that the reader has deleted and can bring back. Those of this browser are kept over a reload. */
export class UndoOffers {
  readonly #beginning: string;
  readonly #ended: (position: number) => void;
  /** When each offer ends. */
  readonly #ends = new Map<number, number>();

  /** @param ended called when an offer has ended */
  constructor(of: { readonly userId: number; readonly chatId: number }, ended: (position: number) => void) {
    this.#beginning = `undo:${of.userId}:${of.chatId}:`;
    this.#ended = ended;
    for (const name of privateStorage.names(this.#beginning)) {
      this.#offer(Number(name.slice(this.#beginning.length)), Number(privateStorage.read(name)));
    }
  }

  has(position: number): boolean {
    return this.#ends.has(position);
  }

  /** Offers it until then, where it was deleted on another device. */
  hear(position: number, end: number | undefined): void {
    if (end !== undefined && !this.has(position)) this.#offer(position, end);
  }

  begin(position: number): void {
    const end = Date.now() + RESTORABLE_FOR_MS;
    privateStorage.write(this.#beginning + position, String(end));
    this.#offer(position, end);
  }

  end(position: number): void {
    this.#ends.delete(position);
    privateStorage.remove(this.#beginning + position);
    this.#ended(position);
  }

  #offer(position: number, end: number): void {
    this.#ends.set(position, end);
    const isOver = () => this.#ends.get(position) === end && this.end(position);
    // A clock that was set back must not make the offer last for ever.
    setTimeout(isOver, Math.max(0, Math.min(end - Date.now(), RESTORABLE_FOR_MS)));
  }
}
