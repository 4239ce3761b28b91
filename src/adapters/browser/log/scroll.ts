const NEAR_PX = 100;

/** The scrolling of the log: at its end it follows what comes, elsewhere it keeps its place. */
export class LogScroll {
  readonly #log: HTMLElement;
  readonly #moved: () => void;
  #following = true;
  #endIsHere = true;
  #height: number;

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

  /** Whether the reader is at the end of the chat, and goes along with it. */
  get isFollowing(): boolean {
    return this.#following;
  }

  /** Whether the last row here is the chat's last: only there is an end to follow. */
  set endIsHere(isHere: boolean) {
    this.#endIsHere = isHere;
    this.#look();
  }

  toEnd(): void {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#look();
  }

  /** Changes rows: a reader who follows stays at the end, for any other the first visible row stays where it is. */
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

  /** The soft keyboard, a growing composer and a wrapping line move the end away from under the reader. */
  #resized(): void {
    const lost = this.#height - this.#log.clientHeight;
    this.#height = this.#log.clientHeight;
    if (this.#following) this.toEnd();
    else this.#log.scrollTop += lost;
  }

  #look(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    // Before a soft keyboard's resize is made up for it must not look as if the reader had gone away.
    const height = Math.max(clientHeight, this.#height);
    const isNear = scrollHeight - scrollTop - height <= NEAR_PX;
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
