import type { Log, LogDetails } from '../../application/ports/log.ts';
import type { Timer } from '../../application/ports/timer.ts';

/** Maximum lines a minute, of one kind for one address and in all. */
const MAX_PER_ADDRESS = 30;
const MAX_IN_ALL = 1_000;
const WINDOW_MS = 60_000;

type Write = (details: LogDetails, message: string) => void;

/**
 * Prevents an attacker from filling the disk with log lines. Lines that name an address, and errors, are written up to a limit
 * for each minute; the others are counted and reported in one line at the end of the minute. Everything else originates in the
 * server itself and is always written.
 */
export function boundLog(log: Log, timer: Timer): Log {
  let window = new LogWindow();
  let isReportScheduled = false;

  const bounded =
    (write: Write, isError: boolean): Write =>
    (details, message) => {
      if (!isError && details.address === undefined) return write(details, message);
      if (window.isOver(timer.elapsed())) report();
      if (window.admits(details, timer.elapsed())) return write(details, message);
      if (isReportScheduled) return;
      isReportScheduled = true;
      const thisWindow = window;
      timer.after(WINDOW_MS, () => {
        if (window === thisWindow) report();
      });
    };

  function report(): void {
    isReportScheduled = false;
    const { withheld } = window;
    window = new LogWindow();
    if (withheld === undefined) return;
    log.warn(
      { event: 'lines_withheld', ...withheld },
      'lines of these kinds exceeded the limit of a minute and were not written',
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
  /** The number of written lines by kind and address. It has at most `MAX_IN_ALL` entries. */
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
    if (before >= MAX_PER_ADDRESS || this.#written >= MAX_IN_ALL) {
      this.#withheld.set(kind, (this.#withheld.get(kind) ?? 0) + 1);
      return false;
    }
    this.#perAddress.set(key, before + 1);
    this.#written += 1;
    return true;
  }

  /** The number of lines that were not written, by kind; undefined when there were none. */
  get withheld(): { readonly lines: number; readonly kinds: Readonly<Record<string, number>> } | undefined {
    if (this.#withheld.size === 0) return undefined;
    const lines = [...this.#withheld.values()].reduce((sum, each) => sum + each, 0);
    return { lines, kinds: Object.fromEntries(this.#withheld) };
  }
}

/** Events and codes come from closed sets, so the number of kinds is bounded. */
function kindOf({ event, code }: LogDetails): string {
  return code === undefined ? event : `${event}:${code}`;
}
