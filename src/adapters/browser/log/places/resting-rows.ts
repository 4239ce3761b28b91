/** Rows that have changed rest again together, after this time. */
const REST_AFTER_MS = 250;

/** Maximum rows that begin to rest at once: the browser computes the style of all of them in one frame. */
const MAX_AT_ONCE = 20;

/** Attributes of rows and of what is in them that may change the size of the row. */
const RESIZING = ['aria-pressed', 'class', 'data-state', 'hidden'];

export interface RestingRowsOptions {
  readonly log: HTMLElement;
  /** The parent of the rows. */
  readonly rows: HTMLElement;
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
}

/**
 * Spares the browser the work for rows that are far out of sight: in their place it leaves room of the size that they had when they were
 * last laid out. A row that changes does not rest until it has been laid out again, so that all positions in the log are exact.
 */
export class RestingRows {
  readonly #changes: MutationObserver;
  /** Rows that do not rest. */
  #changed = new Set<Element>();
  /** Those of them that have been laid out. */
  readonly #laidOut = new Set<Element>();
  #rest: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ log, rows, signal }: RestingRowsOptions) {
    this.#changes = new MutationObserver((changes) => this.#wake(changes));
    this.#changes.observe(rows, { subtree: true, childList: true, characterData: true, attributeFilter: RESIZING });
    // Lines break elsewhere in a log of another width.
    let width = 0;
    const widths = new ResizeObserver(() => {
      if (width === log.clientWidth) return;
      width = log.clientWidth;
      this.#wakeRows(rows.querySelectorAll(':scope > article'));
    });
    widths.observe(log);
    signal.addEventListener('abort', () => {
      this.#changes.disconnect();
      widths.disconnect();
      clearTimeout(this.#timer);
      clearTimeout(this.#rest);
    });
  }

  /** Must be called after rows have changed, before anything is measured: one layout then serves both. */
  wake(): void {
    this.#wake(this.#changes.takeRecords());
    this.#restSome();
  }

  #wake(changes: readonly MutationRecord[]): void {
    const changed = new Set<Element>();
    for (const { target, addedNodes } of changes) {
      const row = (target instanceof Element ? target : target.parentElement)?.closest('article');
      if (row) changed.add(row);
      else for (const node of addedNodes) if (node instanceof Element && node.matches('article')) changed.add(node);
    }
    this.#wakeRows(changed);
  }

  #wakeRows(rows: Iterable<Element>): void {
    for (const row of rows) {
      row.removeAttribute('data-resting');
      this.#laidOut.delete(row);
      this.#changed.add(row);
    }
    if (this.#changed.size > 0) this.#timer ??= setTimeout(() => this.#noteLaidOut(), REST_AFTER_MS);
  }

  /** In the second frame from now: in the first one the browser notes the sizes. In a hidden page there are none. */
  #noteLaidOut(): void {
    requestAnimationFrame(() => {
      const laidOut = this.#changed;
      this.#changed = new Set();
      requestAnimationFrame(() => {
        for (const row of laidOut) if (!this.#changed.has(row)) this.#laidOut.add(row);
        this.#restLater();
        this.#timer = undefined;
        this.#wakeRows([]);
      });
    });
  }

  /** Where no row changes meanwhile. */
  #restLater(): void {
    clearTimeout(this.#rest);
    if (this.#laidOut.size > 0) this.#rest = setTimeout(() => this.#restSome(), REST_AFTER_MS);
  }

  #restSome(): void {
    for (const row of [...this.#laidOut].slice(0, MAX_AT_ONCE)) {
      row.toggleAttribute('data-resting', true);
      this.#laidOut.delete(row);
    }
    this.#restLater();
  }
}
