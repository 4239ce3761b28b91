import type { ReactionsFrame } from '../../wire/frames.ts';
import type { WireMessage } from '../../wire/message.ts';

/** Maximum messages remembered. */
const MAX_MESSAGES = 500;

/**
 * Messages that changed while the page was open, as they are now. A page of history that was requested earlier may contain an
 * older state, which must not be shown.
 */
export class LatestStates {
  readonly #changed = new Map<number, WireMessage>();
  /** The latest reactions to messages, which may have changed otherwise before or after. */
  readonly #reactions = new Map<number, ReactionsFrame>();

  note(message: WireMessage): void {
    const known = this.#changed.get(message.position);
    if (message.revision === message.position || (known && known.revision > message.revision)) return;
    this.#changed.delete(message.position);
    this.#changed.set(message.position, message);
    forgetOldest(this.#changed);
  }

  noteReactions(frame: ReactionsFrame): void {
    this.#reactions.delete(frame.position);
    this.#reactions.set(frame.position, frame);
    forgetOldest(this.#reactions);
  }

  /** The message at this position, if it changed while the page was open. */
  at(position: number): WireMessage | undefined {
    return this.#changed.get(position);
  }

  /** The message, or a later state of it if one is known. */
  of(message: WireMessage): WireMessage {
    const known = this.#changed.get(message.position);
    const latest = known && known.revision > message.revision ? known : message;
    const reacted = this.#reactions.get(message.position);
    if (!reacted || reacted.revision <= latest.revision) return latest;
    return { ...latest, revision: reacted.revision, reactions: reacted.reactions };
  }
}

function forgetOldest(remembered: Map<number, unknown>): void {
  const [oldest] = remembered.keys();
  if (oldest !== undefined && remembered.size > MAX_MESSAGES) remembered.delete(oldest);
}
