/** Sizes in px: of the window onto the cards, of a card in front, and of the gap between two. */
export interface Frame {
  readonly height: number;
  readonly card: number;
  readonly gap: number;
}

/** Where a card's middle stands below the frame's upper edge, in px; how large the card is there, and how much it shows. */
export interface Place {
  readonly y: number;
  readonly scale: number;
  /** 0 to 1: it fades away where it reaches over the frame's edge. */
  readonly lit: number;
}

/** How far a card recedes at most; those behind look alike. */
export const FARTHEST = 4;
const SHRINKS_BY = 0.05;

export const distance = (index: number, front: number): number =>
  Math.min(Math.round(Math.abs(index - front)), FARTHEST);

const scaleAt = (far: number): number => 1 - SHRINKS_BY * Math.min(far, FARTHEST);

/**
 * How a pile of cards lies around the one in front, which may be between two while they move. The one in front keeps to the
 * middle of the frame as long as that leaves no room unused above the first card or below the last.
 */
export class CarouselShape {
  readonly #frame: Frame;
  readonly #count: number;
  readonly #front: number;
  readonly #frontY: number;

  constructor(frame: Frame, { count, front }: { readonly count: number; readonly front: number }) {
    this.#frame = frame;
    this.#count = count;
    this.#front = front;
    const above = this.#reach(front);
    const below = this.#reach(count - 1 - front);
    const asLow = frame.height - below;
    this.#frontY = above + below <= frame.height ? above : Math.min(above, Math.max(frame.height / 2, asLow));
  }

  at(index: number): Place {
    const far = Math.abs(index - this.#front);
    const y = this.#frontY + Math.sign(index - this.#front) * this.#away(far);
    const half = (this.#frame.card * scaleAt(far)) / 2;
    const inside = Math.min(y, this.#frame.height - y) / half;
    return { y, scale: scaleAt(far), lit: Math.max(0, Math.min(2 * inside - 1, 1)) };
  }

  /** From the first to the last card of which anything shows. */
  get shown(): { readonly first: number; readonly last: number } {
    const shows = (index: number) => this.at(index).lit > 0;
    let first = Math.round(this.#front);
    let last = first;
    while (first > 0 && shows(first - 1)) first--;
    while (last < this.#count - 1 && shows(last + 1)) last++;
    return { first, last };
  }

  /** From the middle of the card in front to the outer edge of one so many cards away. */
  #reach(far: number): number {
    return this.#away(far) + (this.#frame.card * scaleAt(far)) / 2;
  }

  /** From the middle of the card in front to the middle of one so many cards away. */
  #away(far: number): number {
    const near = Math.min(Math.floor(far), FARTHEST);
    let sum = 0;
    for (let step = 0; step < near; step++) sum += this.#step(step);
    return sum + (far - near) * this.#step(near);
  }

  #step(after: number): number {
    return (this.#frame.card * (scaleAt(after) + scaleAt(after + 1))) / 2 + this.#frame.gap;
  }
}
