/** Distance from the end within which the reader counts as being there. */
const NEAR_PX = 100;

/** Scrolls the log: a reader at the end follows new messages, any other reader stays at the same message. */
export class LogScroll {
  readonly #log: HTMLElement;
  readonly #moved: () => void;
  #following = true;
  #endIsHere = true;
  #height: number;
  /** What grew below the end of the view while the row under the pointer was held. */
  #outOfSight = 0;
  /** The height of the content after that. */
  #heldHeight = 0;

  /** @param moved called when following begins or ends */
  constructor({ log, rows, moved }: { log: HTMLElement; rows: HTMLElement; moved: () => void }) {
    this.#log = log;
    this.#moved = moved;
    this.#height = log.clientHeight;
    log.addEventListener('scroll', () => this.#look(), { passive: true });
    const sizes = new ResizeObserver(() => this.#resized());
    sizes.observe(log);
    sizes.observe(rows);
  }

  /** Whether the reader is at the end of the chat and follows it. */
  get isFollowing(): boolean {
    return this.#following;
  }

  /** Whether the last row is the last one of the chat: otherwise its end is not followed. */
  set endIsHere(isHere: boolean) {
    this.#endIsHere = isHere;
    this.#look();
  }

  toEnd(): void {
    this.#outOfSight = 0;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#look();
  }

  /** Changes rows. A reader who follows stays at the end; for any other the first visible row stays in place. */
  hold(change: () => void): void {
    this.#look();
    if (this.#following) {
      change();
      this.toEnd();
      return;
    }
    const row = this.#firstVisibleRow();
    const top = row?.getBoundingClientRect().top ?? 0;
    change();
    if (row?.isConnected) this.#log.scrollTop += row.getBoundingClientRect().top - top;
    this.#look();
  }

  /** The same for a change that may come under the reader's pointer: the row there does not move, also at the end of the chat. */
  holdUnderPointer(change: () => void): void {
    const row = this.#log.querySelector('article:hover');
    if (!row) {
      this.hold(change);
      return;
    }
    const top = row.getBoundingClientRect().top;
    const below = this.#belowView;
    change();
    this.#log.scrollTop += row.getBoundingClientRect().top - top;
    // What has grown out of sight below must not look as if the reader had scrolled.
    if (this.#following) this.#outOfSight = Math.max(0, this.#outOfSight + this.#belowView - below);
    this.#heldHeight = this.#log.scrollHeight;
  }

  /** A soft keyboard, a growing composer and a wrapping line move the end out of sight. */
  #resized(): void {
    const lost = this.#height - this.#log.clientHeight;
    this.#height = this.#log.clientHeight;
    const isHeld = this.#outOfSight > 0 && lost === 0 && this.#log.scrollHeight === this.#heldHeight;
    if (isHeld) return;
    if (this.#following) this.toEnd();
    else this.#log.scrollTop += lost;
  }

  get #belowView(): number {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    return scrollHeight - scrollTop - clientHeight;
  }

  #look(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    // Until the resize by a soft keyboard is compensated, it must not look as if the reader had scrolled.
    const height = Math.max(clientHeight, this.#height);
    const isNear = scrollHeight - scrollTop - height - this.#outOfSight <= NEAR_PX;
    if (this.#following === (isNear && this.#endIsHere)) return;
    this.#following = !this.#following;
    this.#moved();
  }

  #firstVisibleRow(): Element | undefined {
    const edge = this.#log.getBoundingClientRect().top;
    for (const row of this.#log.querySelectorAll('article')) {
      if (row.getBoundingClientRect().bottom > edge) return row;
    }
    return undefined;
  }
}
