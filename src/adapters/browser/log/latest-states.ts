import type { WireMessage } from '../../wire/message.ts';

/** Maximum messages remembered. */
const MAX_MESSAGES = 500;

/**
 * Messages that changed while the page was open, as they are now. A page of history that was requested earlier may contain an
 * older state, which must not be shown.
 */
export class LatestStates {
  readonly #changed = new Map<number, WireMessage>();

  note(message: WireMessage): void {
    if (message.revision === message.position || this.of(message) !== message) return;
    this.#changed.delete(message.position);
    this.#changed.set(message.position, message);
    const [oldest] = this.#changed.keys();
    if (oldest !== undefined && this.#changed.size > MAX_MESSAGES) this.#changed.delete(oldest);
  }

  /** The message, or a later state of it if one is known. */
  of(message: WireMessage): WireMessage {
    const known = this.#changed.get(message.position);
    return known && known.revision > message.revision ? known : message;
  }
}
