import type { ReactionsFrame } from '../../wire/frames.ts';
import { NO_DETAILS, type WireMessage } from '../../wire/message.ts';
import type { PendingPost } from '../composer/pending.ts';
import { formatting } from '../formatting/formatting.ts';
import { messageElement } from '../templates/message-html.ts';
import { failureElement } from './failure.ts';
import { LatestStates } from './latest-states.ts';
import { replaceRow } from './replace-row.ts';
import { isStored, positionOf, revisionOf } from './row-facts.ts';
import { showLocalTimes } from './times/local-times.ts';

export interface Viewer {
  readonly id: number;
  readonly username: string;
}

/** The rows of the log: each stored message once, in order of position, and the pending posts after them. */
export class LogRows {
  readonly #rows: HTMLElement;
  readonly #viewer: Viewer;
  /** Unordered: the order is that of the elements. */
  readonly #stored = new Map<number, HTMLElement>();
  readonly #pending = new Map<string, HTMLElement>();
  #pendingCount = 0;
  readonly #states = new LatestStates();

  constructor(rows: HTMLElement, viewer: Viewer) {
    this.#rows = rows;
    this.#viewer = viewer;
    for (const row of rows.querySelectorAll<HTMLElement>('article')) this.#stored.set(positionOf(row), row);
  }

  /** The number of stored messages shown. */
  get count(): number {
    return this.#stored.size;
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

  /** From now on no earlier state of the message is shown. */
  note(message: WireMessage): void {
    this.#states.note(message);
  }

  noteReactions(frame: ReactionsFrame): void {
    this.#states.noteReactions(frame);
  }

  /** Shows a stored message in its place. It replaces an earlier state of it, and the pending post that it came from. */
  show(arrived: WireMessage): void {
    const message = this.#states.of(arrived);
    const shown = this.#stored.get(message.position);
    // A page that was requested before the message changed must not undo the change.
    if (shown && revisionOf(shown) >= message.revision) return;
    const row = messageElement(message, this.#viewer);
    const posted = this.isPending(message) ? this.#pending.get(message.client_id ?? '') : undefined;
    if (posted && !shown && isAsPosted(message)) {
      this.#settle(posted, row, message);
      return;
    }
    if (posted) this.removePending(message.client_id ?? '');
    if (shown) replaceRow(shown, row);
    else this.#insert(row, message.position);
    this.#stored.set(message.position, row);
  }

  /** Removes the `count` earliest stored rows; returns the position of the first one that is left. */
  dropEarliest(count: number): number | undefined {
    const rows = this.#inOrder();
    for (const row of rows.slice(0, count)) this.#drop(row);
    const first = rows[count];
    return first && positionOf(first);
  }

  /** Removes the `count` latest stored rows; returns the position of the last one that is left. */
  dropLatest(count: number): number | undefined {
    const rows = this.#inOrder();
    for (const row of rows.slice(rows.length - count)) this.#drop(row);
    const last = rows[rows.length - count - 1];
    return last && positionOf(last);
  }

  clear(): void {
    for (const row of [...this.#stored.values()]) this.#drop(row);
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
    if (!row || row.dataset.state === 'failed') return;
    row.dataset.state = 'failed';
    row.append(failureElement(why));
  }

  removePending(clientId: string): void {
    this.#pending.get(clientId)?.remove();
    this.#pending.delete(clientId);
  }

  /**
   * Turns the row of a post into that of its message, in place: assistive technology has announced it, and would announce an
   * added row again.
   */
  #settle(posted: HTMLElement, row: HTMLElement, message: WireMessage): void {
    this.#pending.delete(message.client_id ?? '');
    this.#stored.set(message.position, posted);
    posted.querySelector('.failure')?.remove();
    delete posted.dataset.state;
    if (message.mentions.length > 0) formatting.take(posted, row);
    for (const { name, value } of row.attributes) if (name !== 'class') posted.setAttribute(name, value);
    const ids = [...row.querySelectorAll('[id]')].map(({ id }) => id);
    posted.querySelectorAll('[id]').forEach((element, index) => {
      element.id = ids[index] ?? '';
    });
    for (const time of posted.querySelectorAll('time')) time.dateTime = message.sent_at;
    posted.querySelector('.bubble > a')?.replaceWith(...row.querySelectorAll('.bubble > a'));
    showLocalTimes(posted);
    // Messages of other people may have been stored before this one.
    if (!this.#isInPlace(posted, message.position)) this.#insert(posted, message.position);
  }

  #isInPlace(row: HTMLElement, position: number): boolean {
    const before = rowBeside(row, 'previousElementSibling');
    const after = rowBeside(row, 'nextElementSibling');
    return (
      (!before || (isStored(before) && positionOf(before) < position)) &&
      (!after || !isStored(after) || positionOf(after) > position)
    );
  }

  #insert(row: HTMLElement, position: number): void {
    let earlier = this.#rows.lastElementChild;
    while (earlier instanceof HTMLElement && !(earlier !== row && isStoredBefore(earlier, position))) {
      earlier = earlier.previousElementSibling;
    }
    if (earlier) earlier.after(row);
    else this.#rows.prepend(row);
  }

  #inOrder(): readonly HTMLElement[] {
    return [...this.#rows.querySelectorAll<HTMLElement>(':scope > article')].filter(isStored);
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
      chat_id: 0,
      position,
      revision: position,
      client_id: post.clientId,
      kind: 'text',
      author: this.#viewer,
      text: post.text,
      sent_at: post.sentAt,
      ...NO_DETAILS,
    };
  }
}

/** Whether the row of the post shows what its message says. */
const isAsPosted = ({ position, revision }: WireMessage): boolean => position === revision;

/** Whether the row is that of a stored message with an earlier position. */
const isStoredBefore = (row: HTMLElement, position: number): boolean =>
  row.matches('article') && isStored(row) && positionOf(row) < position;

type Side = 'previousElementSibling' | 'nextElementSibling';

function rowBeside(row: HTMLElement, side: Side): HTMLElement | undefined {
  let sibling = row[side];
  while (sibling && !sibling.matches('article')) sibling = sibling[side];
  return sibling instanceof HTMLElement ? sibling : undefined;
}
