import { storedRowAt } from './stored-rows.ts';

/** Distance from which letting go begins a reply. */
const ENOUGH_PX = 56;
/** The row follows the finger up to here. */
const MAX_PX = 72;
/** A finger that has moved so far sideways swipes. */
const BEGIN_PX = 12;
/** At the edges of the screen, the system has gestures of its own. */
const EDGE_PX = 32;
/** Elements that can be moved sideways, or have a use for it. */
const OWN_USE = 'pre, table, input, textarea, select';

interface Swipe {
  readonly row: HTMLElement;
  readonly pointerId: number;
  readonly x: number;
  readonly y: number;
  /** How far the row has followed; 0 while the finger may still do something else. */
  distance: number;
}

/**
 * A row that is swiped to the right begins a reply. A finger that moves up or down scrolls: `touch-action` leaves that to the browser,
 * which then cancels the pointer.
 */
export class SwipeToReply {
  readonly #reply: (row: HTMLElement) => void;
  #swipe: Swipe | undefined;

  constructor(rows: HTMLElement, reply: (row: HTMLElement) => void) {
    this.#reply = reply;
    rows.addEventListener('pointermove', (event) => this.#move(event));
    rows.addEventListener('pointerup', () => this.#end({ isDone: true }));
    rows.addEventListener('pointercancel', () => this.#end({ isDone: false }));
  }

  /** A finger has touched a row, maybe some time ago. */
  begin({ target, clientX: x, clientY: y, pointerId, isPrimary }: PointerEvent): void {
    this.#end({ isDone: false });
    const row = storedRowAt(target);
    const isAtEdge = x < EDGE_PX || x > innerWidth - EDGE_PX;
    if (!row || !isPrimary || isAtEdge || row.matches('.notice, .deleted')) return;
    if (target instanceof Element && target.closest(OWN_USE)) return;
    this.#swipe = { row, pointerId, x, y, distance: 0 };
  }

  #move({ pointerId, clientX, clientY }: PointerEvent): void {
    const swipe = this.#swipe;
    if (swipe?.pointerId !== pointerId) return;
    const [right, down] = [clientX - swipe.x, Math.abs(clientY - swipe.y)];
    if (swipe.distance === 0 && (right < BEGIN_PX || right < 2 * down)) {
      if (down > BEGIN_PX || right < -BEGIN_PX) this.#swipe = undefined;
      return;
    }
    swipe.distance = Math.max(1, Math.min(right, MAX_PX));
    swipe.row.style.translate = `${swipe.distance}px`;
    swipe.row.toggleAttribute('data-swiped', swipe.distance >= ENOUGH_PX);
  }

  #end({ isDone }: { readonly isDone: boolean }): void {
    const swipe = this.#swipe;
    this.#swipe = undefined;
    if (!swipe) return;
    swipe.row.style.removeProperty('translate');
    swipe.row.removeAttribute('data-swiped');
    if (isDone && swipe.distance >= ENOUGH_PX) this.#reply(swipe.row);
  }
}
