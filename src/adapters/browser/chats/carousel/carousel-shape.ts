import { MAX_DISTANCE } from '../../../wire/chat-card.ts';

/** Sizes in px: the height of the frame around the cards, the height of the card in front, and the gap between two cards. */
export interface Frame {
  readonly height: number;
  readonly card: number;
  readonly gap: number;
}

/** The distance of a card's middle from the upper edge of the frame, in px, and the card's scale and opacity there. */
export interface Place {
  readonly y: number;
  readonly scale: number;
  /** 0 to 1: a card fades out where it crosses the edge of the frame. */
  readonly lit: number;
}

const SHRINKS_BY = 0.05;

export const distance = (index: number, front: number): number =>
  Math.min(Math.round(Math.abs(index - front)), MAX_DISTANCE);

const scaleAt = (far: number): number => 1 - SHRINKS_BY * Math.min(far, MAX_DISTANCE);

/**
 * The places of all cards around the one in front, whose index is fractional while the cards move. The card in front stays in
 * the middle of the frame, unless that would leave unused room above the first card or below the last.
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

  /** The first and the last card that are visible. */
  get shown(): { readonly first: number; readonly last: number } {
    const shows = (index: number) => this.at(index).lit > 0;
    let first = Math.round(this.#front);
    let last = first;
    while (first > 0 && shows(first - 1)) first--;
    while (last < this.#count - 1 && shows(last + 1)) last++;
    return { first, last };
  }

  /** The distance from the middle of the card in front to the outer edge of the card `far` cards away. */
  #reach(far: number): number {
    return this.#away(far) + (this.#frame.card * scaleAt(far)) / 2;
  }

  /** The distance from the middle of the card in front to the middle of the card `far` cards away. */
  #away(far: number): number {
    const near = Math.min(Math.floor(far), MAX_DISTANCE);
    let sum = 0;
    for (let step = 0; step < near; step++) sum += this.#step(step);
    return sum + (far - near) * this.#step(near);
  }

  #step(after: number): number {
    return (this.#frame.card * (scaleAt(after) + scaleAt(after + 1))) / 2 + this.#frame.gap;
  }
}
