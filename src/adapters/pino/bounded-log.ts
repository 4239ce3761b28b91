import type { Log, LogDetails } from '../../application/ports/log.ts';
import type { Timer } from '../../application/ports/timer.ts';

/** Within a minute so many lines of one kind are written for one address, and so many of all kinds for all addresses. */
const MOST_PER_ADDRESS = 30;
const MOST_IN_ALL = 1_000;
const WINDOW_MS = 60_000;

type Write = (details: LogDetails, message: string) => void;

/**
 * Keeps whoever attacks from filling the disk with lines about it. What names an address, and every error, is written until
 * there was too much of it in this minute; the rest is counted and told at the minute's end in one line. Everything else is
 * the server's own doing and is always written.
 */
export function boundLog(log: Log, timer: Timer): Log {
  let window = new LogWindow();
  let isTellingLater = false;

  const bounded =
    (write: Write, isError: boolean): Write =>
    (details, message) => {
      if (!isError && details.address === undefined) return write(details, message);
      if (window.isOver(timer.elapsed())) tell();
      if (window.admits(details, timer.elapsed())) return write(details, message);
      if (isTellingLater) return;
      isTellingLater = true;
      const thisWindow = window;
      timer.after(WINDOW_MS, () => {
        if (window === thisWindow) tell();
      });
    };

  function tell(): void {
    isTellingLater = false;
    const { withheld } = window;
    window = new LogWindow();
    if (withheld === undefined) return;
    log.warn(
      { event: 'lines_withheld', ...withheld },
      'there were more lines of these kinds than are written in a minute',
    );
  }

  return {
    info: bounded((...line) => log.info(...line), false),
    warn: bounded((...line) => log.warn(...line), false),
    error: bounded((...line) => log.error(...line), true),
  };
}

class LogWindow {
  #beganAt: number | undefined;
  #written = 0;
  /** By kind and address; never more than `MOST_IN_ALL` of them, for only what is written has a place here. */
  readonly #perAddress = new Map<string, number>();
  readonly #withheld = new Map<string, number>();

  isOver(now: number): boolean {
    return this.#beganAt !== undefined && now - this.#beganAt >= WINDOW_MS;
  }

  admits(details: LogDetails, now: number): boolean {
    this.#beganAt ??= now;
    const kind = kindOf(details);
    const key = `${kind} ${details.address}`;
    const before = this.#perAddress.get(key) ?? 0;
    if (before >= MOST_PER_ADDRESS || this.#written >= MOST_IN_ALL) {
      this.#withheld.set(kind, (this.#withheld.get(kind) ?? 0) + 1);
      return false;
    }
    this.#perAddress.set(key, before + 1);
    this.#written += 1;
    return true;
  }

  /** How many of each kind were not written; undefined when there were none. */
  get withheld(): { readonly lines: number; readonly kinds: Readonly<Record<string, number>> } | undefined {
    if (this.#withheld.size === 0) return undefined;
    const lines = [...this.#withheld.values()].reduce((sum, each) => sum + each, 0);
    return { lines, kinds: Object.fromEntries(this.#withheld) };
  }
}

/** Events and codes come from closed sets. */
function kindOf({ event, code }: LogDetails): string {
  return code === undefined ? event : `${event}:${code}`;
}
