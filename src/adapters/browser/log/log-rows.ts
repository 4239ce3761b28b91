import type { ReactionsFrame } from '../../wire/frames.ts';
import { NO_DETAILS, type WireMessage, type WireQuote } from '../../wire/message.ts';
import type { PendingPost } from '../composer/pending.ts';
import { messageElement } from '../templates/message-html.ts';
import { showFailure } from './failure.ts';
import { LatestStates } from './latest-states.ts';
import { LiveQuotes } from './places/live-quotes.ts';
import { quoteInRow, unknownQuote } from './places/quotes.ts';
import { replaceRow } from './replace-row.ts';
import { isStored, positionOf, revisionOf } from './row-facts.ts';
import { insertInOrder, isInPlace } from './row-order.ts';
import { settleRow } from './settle-row.ts';

export interface Viewer {
  readonly id: number;
  /** The present one. */
  readonly username: string;
}

/** Maximum stored messages shown. With pending posts, of which there are at most a hundred, the log has up to 400 rows. */
const MAX_ROWS = 300;
/** Earliest rows are removed together: the browser has to move all that is below them. */
const ROOM = 40;

/** The rows of the log: each stored message once, in order of position, and the pending posts after them. */
export class LogRows {
  readonly #rows: HTMLElement;
  readonly #viewer: Viewer;
  readonly #chatId: number;
  /** Unordered: the order is that of the elements. */
  readonly #stored = new Map<number, HTMLElement>();
  readonly #pending = new Map<string, HTMLElement>();
  #pendingCount = 0;
  readonly #states = new LatestStates();
  readonly #quotes = new LiveQuotes(this.#states);

  constructor(rows: HTMLElement, { viewer, chatId }: { readonly viewer: Viewer; readonly chatId: number }) {
    this.#rows = rows;
    this.#viewer = viewer;
    this.#chatId = chatId;
    for (const row of rows.querySelectorAll<HTMLElement>('article')) this.#stored.set(positionOf(row), row);
  }

  get isFull(): boolean {
    return this.#stored.size >= MAX_ROWS;
  }

  has(position: number): boolean {
    return this.#stored.has(position);
  }

  hasStored(clientId: string): boolean {
    return [...this.#stored.values()].some((row) => row.dataset.clientId === clientId);
  }

  isPending({ client_id, author }: WireMessage): boolean {
    return client_id !== null && author.id === this.#viewer.id && this.#pending.has(client_id);
  }

  /** From now on no earlier state of the message is shown, also not in quotes. */
  note(message: WireMessage): void {
    this.#states.note(message);
    this.#quotes.renew(message.position, { asOf: message.position });
  }

  noteReactions(frame: ReactionsFrame): void {
    this.#states.noteReactions(frame);
  }

  /** The message at this position as replies show it. */
  quoteAt(position: number): WireQuote {
    const row = this.#stored.get(position);
    return row ? quoteInRow(row) : unknownQuote(position);
  }

  /**
   * Shows a stored message in its place. It replaces an earlier state of it, and the pending post that it came from.
   * @param asOf the revision of the chat at which it was read
   * @returns its row if that was added
   */
  show(arrived: WireMessage, asOf = arrived.revision): readonly HTMLElement[] {
    const message = this.#states.of(arrived);
    const shown = this.#stored.get(message.position);
    // A page that was requested before the message changed must not undo the change.
    if (shown && revisionOf(shown) >= message.revision) return [];
    if (message.removed && shown) this.#drop(shown);
    if (message.removed) return [];
    const row = this.#render(message);
    const posted = this.isPending(message) ? this.#pending.get(message.client_id ?? '') : undefined;
    if (posted && !shown && isAsPosted(message)) {
      this.#settle(posted, row, message);
      return [];
    }
    if (posted) this.removePending(message.client_id ?? '');
    if (shown) replaceRow(shown, row);
    else insertInOrder(this.#rows, row, message.position);
    this.#stored.set(message.position, row);
    if (message.reply_to) this.#quotes.renew(message.reply_to.position, { asOf });
    return shown || posted ? [] : [row];
  }

  /** Whether `show` would change a row that is shown. */
  changes({ position, revision }: WireMessage): boolean {
    const shown = this.#stored.get(position);
    return shown !== undefined && revisionOf(shown) < revision;
  }

  /** Removes the earliest stored rows if there are too many; returns the position of the first one that is left then. */
  dropEarliest(): number | undefined {
    return this.#stored.size > MAX_ROWS ? this.#keep(this.#inOrder().slice(ROOM - MAX_ROWS))[0] : undefined;
  }

  /** Removes the latest stored rows if there are too many; returns the position of the last one that is left then. */
  dropLatest(): number | undefined {
    return this.#stored.size > MAX_ROWS ? this.#keep(this.#inOrder().slice(0, MAX_ROWS)).at(-1) : undefined;
  }

  /** Removes the rows at this position and before. */
  eraseTo(position: number): void {
    for (const [at, row] of this.#stored) if (at <= position) this.#drop(row);
  }

  clear(): void {
    for (const row of [...this.#stored.values()]) this.#drop(row);
  }

  showPending(post: PendingPost): HTMLElement {
    this.removePending(post.clientId);
    const row = messageElement(this.#pendingMessage(post), this.#viewer);
    row.dataset.state = 'pending';
    this.#pending.set(post.clientId, row);
    this.#rows.append(row);
    if (post.failure !== undefined) this.showFailure(post.clientId, post.failure);
    return row;
  }

  showFailure(clientId: string, why: string): void {
    const row = this.#pending.get(clientId);
    if (row && row.dataset.state !== 'failed') showFailure(row, why);
  }

  removePending(clientId: string): void {
    this.#pending.get(clientId)?.remove();
    this.#pending.delete(clientId);
  }

  /** Only what arrives while the reader looks on fades in, and nothing that comes in silence. */
  #render(message: WireMessage): HTMLElement {
    const row = messageElement(message, this.#viewer);
    if (this.#rows.closest('[aria-busy]')) row.dataset.late = '';
    return row;
  }

  #settle(posted: HTMLElement, row: HTMLElement, message: WireMessage): void {
    this.#pending.delete(message.client_id ?? '');
    this.#stored.set(message.position, posted);
    settleRow(posted, row, message);
    // Messages of other people may have been stored before this one.
    if (!isInPlace(posted, message.position)) insertInOrder(this.#rows, posted, message.position);
  }

  #inOrder(): readonly HTMLElement[] {
    return [...this.#rows.querySelectorAll<HTMLElement>(':scope > article')].filter(isStored);
  }

  /** Removes the other stored rows; returns the positions of these. */
  #keep(rows: readonly HTMLElement[]): readonly number[] {
    const kept = new Set(rows);
    for (const row of this.#stored.values()) if (!kept.has(row)) this.#drop(row);
    return rows.map(positionOf);
  }

  #drop(row: HTMLElement): void {
    row.remove();
    this.#stored.delete(positionOf(row));
  }

  /** With a negative position, so that the ids in the row are unique. */
  #pendingMessage(post: PendingPost): WireMessage {
    this.#pendingCount += 1;
    const position = -this.#pendingCount;
    return {
      id: 0,
      chat_id: this.#chatId,
      position,
      revision: position,
      client_id: post.clientId,
      kind: 'text',
      author: { id: this.#viewer.id, username: this.#viewer.username },
      text: post.text,
      sent_at: post.sentAt,
      ...NO_DETAILS,
      reply_to: post.replyTo === undefined ? null : this.quoteAt(post.replyTo),
    };
  }
}

/** Whether the row of the post shows what its message says. */
const isAsPosted = ({ position, revision }: WireMessage): boolean => position === revision;
