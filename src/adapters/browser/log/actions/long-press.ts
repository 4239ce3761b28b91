import { storedRowAt } from './stored-rows.ts';

const LONG_MS = 500;
/** A finger never lies quite still. */
const STILL_PX = 10;
/** Elements with a long press of their own. The quote above a reply is a link, but belongs to the message. */
const INTERACTIVE = 'a:not(.quote a), button, input, textarea, summary';

/** Recognises that a finger stays on a row. */
export class LongPress {
  readonly #pressed: (row: HTMLElement) => void;
  #held: { readonly row: HTMLElement; readonly x: number; readonly y: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param signal aborted when the tab no longer shows the chat */
  constructor(rows: HTMLElement, pressed: (row: HTMLElement) => void, signal: AbortSignal) {
    this.#pressed = pressed;
    rows.addEventListener('pointermove', ({ clientX, clientY }) => {
      const { x, y } = this.#held ?? { x: clientX, y: clientY };
      if (Math.hypot(clientX - x, clientY - y) > STILL_PX) this.#end();
    });
    for (const type of ['pointerup', 'pointercancel']) document.addEventListener(type, () => this.#end(), { signal });
    // Some browsers show a menu of their own, at a time of their own.
    rows.addEventListener('contextmenu', (event) => {
      if (!this.#held) return;
      event.preventDefault();
      this.#fire();
    });
  }

  /** A finger has touched a row, maybe some time ago. */
  begin({ target, clientX: x, clientY: y, timeStamp }: PointerEvent): void {
    this.#end();
    const row = storedRowAt(target);
    if (!row || (target instanceof Element && target.closest(INTERACTIVE))) return;
    this.#held = { row, x, y };
    this.#timer = setTimeout(() => this.#fire(), LONG_MS - (performance.now() - timeStamp));
  }

  #fire(): void {
    const held = this.#held;
    this.#end();
    if (held) this.#pressed(held.row);
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#held = undefined;
  }
}
