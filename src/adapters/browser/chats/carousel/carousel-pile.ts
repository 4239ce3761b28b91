import { MAX_DISTANCE } from '../../../wire/chat-card.ts';
import { CarouselShape, distance, type Frame, type Place } from './carousel-shape.ts';
import { within } from './carousel-steps.ts';
import { glide } from './glide.ts';

const GAP_PX = 6;

/**
 * The pile of a carousel's cards. The card in front is the one that Tab reaches. The others recede behind it, and those that are too far
 * away to be visible cannot be reached at all.
 */
export class CarouselPile {
  readonly #carousel: HTMLElement;
  readonly #list: HTMLElement;
  readonly #motion: ReturnType<typeof glide>;
  #cards: readonly HTMLElement[];
  #front: number;
  #shown: ReadonlySet<HTMLElement> = new Set();
  #frame: Frame = { height: 0, card: 0, gap: GAP_PX };

  constructor(carousel: HTMLElement, list: HTMLElement) {
    this.#carousel = carousel;
    this.#list = list;
    this.#cards = cardsIn(list);
    this.#front = frontOf(this.#cards);
    this.#motion = glide(this.#front, (position) => this.#draw(position));
    new ResizeObserver(() => this.#measure()).observe(list);
    new MutationObserver(() => this.#renew()).observe(list, { childList: true });
    this.#renew();
  }

  get count(): number {
    return this.#cards.length;
  }

  get front(): number {
    return this.#front;
  }

  /** The index in front now; between two while the cards move. */
  get position(): number {
    return this.#motion.position;
  }

  /** The distance between two cards in front, in px. */
  get pitch(): number {
    return this.#frame.card + this.#frame.gap;
  }

  indexOf(element: Element): number {
    return this.#cards.findIndex((card) => card.contains(element));
  }

  /** Brings a card to the front, along with the focus if that is in the list. */
  moveTo(index: number): void {
    const hasFocus = this.#list.contains(document.activeElement);
    this.#bring(index);
    this.#motion.to(this.#front);
    // At once, so that the next key goes to the new card.
    if (hasFocus) this.#focus(this.#cards[this.#front]);
  }

  /** Follows a finger. A little of the end shows beyond the first and the last card. */
  pullTo(position: number): void {
    this.#motion.jump(Math.max(-0.3, Math.min(position, this.count - 0.7)));
  }

  #renew(): void {
    this.#cards = cardsIn(this.#list);
    this.#front = frontOf(this.#cards);
    for (const card of this.#cards) {
      const target = targetOf(card);
      if (target) target.tabIndex = -1;
    }
    this.#bring(this.#front);
    this.#measure();
  }

  #measure(): void {
    const height = this.#cards[0]?.offsetHeight ?? 0;
    this.#carousel.style.setProperty('--pile', `${this.count * (height + GAP_PX)}px`);
    this.#frame = { height: this.#list.clientHeight, card: height, gap: GAP_PX };
    this.#motion.jump(this.#front);
  }

  #bring(index: number): void {
    const before = targetOf(this.#cards[this.#front]);
    this.#front = within(index, this.count);
    const target = targetOf(this.#cards[this.#front]);
    if (before && before !== target) before.tabIndex = -1;
    if (target) target.tabIndex = 0;
  }

  #focus(card: HTMLElement | undefined): void {
    if (!card) return;
    this.#shown = new Set([...this.#shown, card]);
    // What is hidden cannot have the focus.
    card.dataset.shown = '';
    targetOf(card)?.focus({ preventScroll: true });
  }

  #draw(position: number): void {
    const shape = new CarouselShape(this.#frame, { count: this.count, front: position });
    const { first, last } = shape.shown;
    const now = new Set(this.#cards.slice(first, last + 1));
    // The card to which all this moves has the focus already, and must stay visible.
    const target = this.#cards[this.#front];
    if (target) now.add(target);
    for (const card of this.#shown) if (!now.has(card)) hide(card);
    this.#shown = now;
    for (const card of now) {
      const index = this.#cards.indexOf(card);
      this.#place(card, { ...shape.at(index), far: distance(index, position) });
    }
  }

  #place(card: HTMLElement, { y, scale, lit, far }: Place & { readonly far: number }): void {
    card.dataset.shown = '';
    card.dataset.distance = String(far);
    card.style.transform = `translateY(${(y - this.#frame.card / 2).toFixed(1)}px) scale(${scale.toFixed(3)})`;
    card.style.opacity = lit.toFixed(2);
  }
}

const cardsIn = (list: HTMLElement): readonly HTMLElement[] =>
  [...list.children].filter((child) => child instanceof HTMLElement);

/** The card of the open chat, or the one that the server put in front. */
function frontOf(cards: readonly HTMLElement[]): number {
  const current = cards.findIndex((card) => card.querySelector('[aria-current]'));
  const first = cards.findIndex(({ dataset }) => dataset.distance === '0');
  return Math.max(0, current >= 0 ? current : first);
}

function hide(card: HTMLElement): void {
  delete card.dataset.shown;
  card.dataset.distance = String(MAX_DISTANCE);
}

const targetOf = (card: HTMLElement | undefined) => card?.querySelector<HTMLElement>('a, button');
