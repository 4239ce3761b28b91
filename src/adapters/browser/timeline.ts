import type { WireMessage } from '../wire/message.ts';
import { failureElement } from './failure.ts';
import { messageElement } from './message-html.ts';
import type { PendingPost } from './pending.ts';

export interface Viewer {
  readonly id: number;
  readonly username: string;
}

/** The rows of the log: stored messages by their position, each once, and after them what is on its way. */
export class Timeline {
  readonly #rows: HTMLElement;
  readonly #viewer: Viewer;
  readonly #stored = new Map<number, HTMLElement>();
  readonly #pending = new Map<string, HTMLElement>();
  #pendingCount = 0;

  constructor(rows: HTMLElement, viewer: Viewer) {
    this.#rows = rows;
    this.#viewer = viewer;
    for (const row of rows.querySelectorAll<HTMLElement>('article')) this.#stored.set(positionOf(row), row);
  }

  /** The position of the first message shown, or undefined when there is none. */
  get oldest(): number | undefined {
    return this.#stored.size === 0 ? undefined : Math.min(...this.#stored.keys());
  }

  /** Whether a post is here already as the stored message that it became. */
  hasStored(clientId: string): boolean {
    return [...this.#stored.values()].some((row) => row.dataset.clientId === clientId);
  }

  /** Shows a stored message in its place, instead of an earlier state of it or of the post it came from. */
  show(message: WireMessage): void {
    const row = messageElement(message, this.#viewer);
    const shown = this.#stored.get(message.position);
    if (message.client_id !== null && message.author.id === this.#viewer.id) this.removePending(message.client_id);
    if (shown) shown.replaceWith(row);
    else this.#insert(row, message.position);
    this.#stored.set(message.position, row);
  }

  /** Leaves only these stored messages, and what came after them. */
  replaceHistory(messages: readonly WireMessage[]): void {
    const oldest = messages[0]?.position ?? 0;
    for (const [position, row] of this.#stored) {
      if (position >= oldest) continue;
      row.remove();
      this.#stored.delete(position);
    }
    for (const message of messages) this.show(message);
  }

  showPending(post: PendingPost): void {
    this.removePending(post.clientId);
    const row = messageElement(this.#pendingMessage(post), this.#viewer);
    row.dataset.state = 'pending';
    this.#pending.set(post.clientId, row);
    this.#rows.append(row);
    if (post.failure !== undefined) this.showFailure(post.clientId, post.failure);
  }

  showFailure(clientId: string, why: string): void {
    const row = this.#pending.get(clientId);
    if (!row) return;
    row.dataset.state = 'failed';
    row.append(failureElement(why));
  }

  removePending(clientId: string): void {
    this.#pending.get(clientId)?.remove();
    this.#pending.delete(clientId);
  }

  #insert(row: HTMLElement, position: number): void {
    let earlier = this.#rows.lastElementChild;
    while (earlier instanceof HTMLElement && !(isStored(earlier) && positionOf(earlier) < position)) {
      earlier = earlier.previousElementSibling;
    }
    if (earlier) earlier.after(row);
    else this.#rows.prepend(row);
  }

  /** Negative positions keep the ids within the rows apart. */
  #pendingMessage(post: PendingPost): WireMessage {
    this.#pendingCount += 1;
    const position = -this.#pendingCount;
    return {
      id: 0,
      chat_id: 0,
      position,
      revision: 0,
      client_id: post.clientId,
      kind: 'text',
      author: this.#viewer,
      text: post.text,
      sent_at: post.sentAt,
    };
  }
}

const isStored = (row: HTMLElement): boolean => row.dataset.state === undefined;

const positionOf = (row: HTMLElement): number => Number(row.dataset.position);
