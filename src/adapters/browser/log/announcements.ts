/** Browsers tell assistive technology about a change some time after it was made. */
const SETTLE_MS = 100;
/** Assistive technology reads an added row some time after it has been told of it. */
const READ_MS = 500;

/** Parts of a row that are no part of its announcement, besides the link to the page of the message. */
const CONTROLS = '.bubble button, .reactions';

/**
 * What assistive technology reads aloud of a log: each new message once, with its author, text and time. Everything else that changes
 * is silent: a row has `aria-live="off"` except while it is announced, and other changes of rows silence the log.
 */
export class Announcements {
  readonly #log: HTMLElement;
  #end: ReturnType<typeof setTimeout> | undefined;
  /** Rows that were added while the log was silent. */
  #late: HTMLElement[] = [];

  constructor(log: HTMLElement) {
    this.#log = log;
  }

  /** Makes a change that is not announced. */
  silence(change: () => void): void {
    this.#log.ariaLive = 'off';
    this.#log.ariaBusy = 'true';
    change();
    // Frequent changes must not keep new messages from being announced.
    if (this.#late.length > 0) return;
    clearTimeout(this.#end);
    this.#end = setTimeout(() => this.#endSilence(), SETTLE_MS);
  }

  /** Announces rows that were just added, now or at the end of the silence. */
  announce(rows: readonly HTMLElement[]): void {
    const isSilent = this.#log.ariaLive === 'off';
    if (isSilent) this.#late.push(...rows);
    else for (const row of rows) announceRow(row);
  }

  #endSilence(): void {
    this.#log.ariaLive = null;
    this.#log.ariaBusy = null;
    for (const row of this.#late.splice(0)) {
      if (row.parentNode === null || row.contains(document.activeElement)) continue;
      announceRow(row);
      // It is in its place already, and must not fade in again.
      row.dataset.late = '';
      row.parentNode.insertBefore(row, row.nextSibling);
    }
  }
}

function announceRow(row: HTMLElement): void {
  const more = row.querySelector<HTMLElement>('.bubble > a');
  row.ariaLive = null;
  if (more) more.hidden = true;
  hideControls(row, 'true');
  setTimeout(() => {
    // The failure of a pending post is announced.
    if (row.dataset.state === undefined) row.ariaLive = 'off';
    if (more) more.hidden = false;
    hideControls(row, null);
  }, READ_MS);
}

function hideControls(row: HTMLElement, hidden: 'true' | null): void {
  for (const control of row.querySelectorAll(CONTROLS)) control.ariaHidden = hidden;
}
