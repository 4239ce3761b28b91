import { restWhenMany } from './places/rest-when-many.ts';
import { firstVisibleRow, middleOf, rowAt, rowUnderPointer, topIn } from './places/row-geometry.ts';

/** Distance from the end within which the reader counts as being there. */
const NEAR_PX = 100;
/** The same for a reader who has gone to a message, and would be moved away from it by following. */
const AT_END_PX = 2;
/** Distance of the first unread row from the top, so that the line above it and the end of what is read are in sight. */
const LANDING_PX = 96;

/** A row that stays where it is whatever changes around it, until the reader scrolls. */
interface Anchor {
  readonly position: number;
  /** Where its top belongs when the log has another size. */
  readonly place: (room: number) => number;
  /** Distance of its top from that of the log. */
  top: number;
}

/** Scrolls the log: a reader at the end follows new messages, any other reader stays at the same message. */
export class LogScroll {
  readonly #log: HTMLElement;
  readonly #changed: () => void;
  #moved = () => {};
  #following = true;
  #endIsHere = true;
  #isEndInSight = true;
  #height: number;
  /** Where the log begins in the window: a strip above it may come and go. */
  #top: number;
  /** What grew below the end of the view while the row under the pointer was held. */
  #outOfSight = 0;
  /** The height of the content after that. */
  #heldHeight = 0;
  #anchor: Anchor | undefined;
  #nearPx = NEAR_PX;
  /** Where this module has scrolled to: the reader has scrolled when the log is elsewhere. */
  #scrolledTo = 0;

  constructor({ log, rows, signal }: { log: HTMLElement; rows: HTMLElement; signal: AbortSignal }) {
    this.#log = log;
    this.#changed = restWhenMany({ log, rows, signal });
    this.#height = log.clientHeight;
    this.#top = log.getBoundingClientRect().top;
    log.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    const sizes = new ResizeObserver(() => this.#resized());
    sizes.observe(log);
    sizes.observe(rows);
    signal.addEventListener('abort', () => sizes.disconnect());
  }

  /** Calls when following begins or ends, and when the end of the chat comes into sight or leaves it. */
  onMove(moved: () => void): void {
    this.#moved = moved;
  }

  /** Whether the reader is at the end of the chat and follows it. */
  get isFollowing(): boolean {
    return this.#following;
  }

  /** Whether the reader sees the end of the chat, also when they are at a message near it and do not follow. */
  get isEndInSight(): boolean {
    return this.#isEndInSight;
  }

  /** Whether the last row is the last one of the chat: otherwise its end is not followed. */
  set endIsHere(isHere: boolean) {
    this.#endIsHere = isHere;
    this.#look();
  }

  toEnd(): void {
    this.#outOfSight = 0;
    this.#anchor = undefined;
    this.#nearPx = NEAR_PX;
    this.#scrollTo(this.#log.scrollHeight);
    this.#look();
  }

  /** Brings a row into the middle, or to the top when it is taller. The end is not followed until the reader goes there. */
  centre(position: number): void {
    this.#goTo(position, (room) => Math.max(0, room / 2));
  }

  /** Brings a row near the top, with the end of what is before it, unless it is in sight there or lower. */
  land(position: number): void {
    const top = topIn(this.#log, rowAt(this.#log, position) ?? this.#log);
    if (top < LANDING_PX || top > this.#log.clientHeight - LANDING_PX) this.#goTo(position, () => LANDING_PX);
  }

  #goTo(position: number, place: Anchor['place']): void {
    const row = rowAt(this.#log, position);
    if (!row) return;
    const room = this.#log.clientHeight - row.getBoundingClientRect().height;
    this.#anchor = { position, place, top: place(room) };
    this.#nearPx = AT_END_PX;
    this.#restore(this.#anchor);
    // At the ends of the log a row cannot be in the middle.
    this.#anchor.top = topIn(this.#log, row);
    this.#look();
  }

  /** The position of the row in the middle. */
  get middle(): number | undefined {
    return middleOf(this.#log);
  }

  /** Changes rows. A reader who follows stays at the end; for any other the first visible row stays in place. */
  hold(change: () => void): void {
    this.#look();
    if (this.#following) {
      change();
      this.#changed();
      this.toEnd();
      return;
    }
    const row = this.#anchor ? undefined : firstVisibleRow(this.#log);
    const top = row ? topIn(this.#log, row) : 0;
    change();
    this.#changed();
    if (this.#anchor) this.#restore(this.#anchor);
    else if (row?.isConnected) this.#scrollTo(this.#log.scrollTop + topIn(this.#log, row) - top);
    this.#look();
  }

  /** Whether `holdUnderPointer` holds a row, which takes a layout of its own. */
  get hasRowUnderPointer(): boolean {
    return rowUnderPointer(this.#log) !== null;
  }

  /** The same for a change that may come under the reader's pointer: the row there does not move, also at the end of the chat. */
  holdUnderPointer(change: () => void): void {
    const row = rowUnderPointer(this.#log);
    if (!row) {
      this.hold(change);
      return;
    }
    const top = topIn(this.#log, row);
    const below = this.#belowView;
    change();
    this.#changed();
    this.#scrollTo(this.#log.scrollTop + topIn(this.#log, row) - top);
    const anchored = this.#anchor && rowAt(this.#log, this.#anchor.position);
    if (this.#anchor && anchored) this.#anchor.top = topIn(this.#log, anchored);
    // What has grown out of sight below must not look as if the reader had scrolled.
    if (this.#following) this.#outOfSight = Math.max(0, this.#outOfSight + this.#belowView - below);
    this.#heldHeight = this.#log.scrollHeight;
  }

  #scrolled(): void {
    if (Math.abs(this.#log.scrollTop - this.#scrolledTo) > 1) this.#anchor = undefined;
    this.#look();
  }

  /** A soft keyboard, a growing composer and a wrapping line move the end out of sight; an image that is loaded moves rows. */
  #resized(): void {
    const lost = this.#height - this.#log.clientHeight;
    const shift = this.#log.getBoundingClientRect().top - this.#top;
    this.#height = this.#log.clientHeight;
    this.#top += shift;
    const isHeld = this.#outOfSight > 0 && lost === 0 && this.#log.scrollHeight === this.#heldHeight;
    if (isHeld) return;
    if (this.#following) this.toEnd();
    else if (this.#anchor && lost !== shift) this.#goTo(this.#anchor.position, this.#anchor.place);
    else if (this.#anchor) this.#restore(Object.assign(this.#anchor, { top: this.#anchor.top - shift }));
    else if (lost !== 0) this.#scrollTo(this.#log.scrollTop + lost);
    this.#look();
  }

  #restore({ position, top }: Anchor): void {
    const row = rowAt(this.#log, position);
    if (row) this.#scrollTo(this.#log.scrollTop + topIn(this.#log, row) - top);
  }

  #scrollTo(top: number): void {
    this.#log.scrollTop = top;
    this.#scrolledTo = this.#log.scrollTop;
  }

  get #belowView(): number {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    return scrollHeight - scrollTop - clientHeight;
  }

  #look(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    // Until the resize by a soft keyboard is compensated, it must not look as if the reader had scrolled.
    const height = Math.max(clientHeight, this.#height);
    const below = scrollHeight - scrollTop - height - this.#outOfSight;
    const follows = below <= this.#nearPx && this.#endIsHere && !this.#anchor;
    const isInSight = follows || (below <= AT_END_PX && this.#endIsHere);
    if (follows) this.#nearPx = NEAR_PX;
    if (this.#following === follows && this.#isEndInSight === isInSight) return;
    this.#following = follows;
    this.#isEndInSight = isInSight;
    this.#moved();
  }
}
