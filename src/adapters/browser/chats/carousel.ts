import { CarouselShape, distance, FARTHEST, type Frame, type Place } from './carousel-shape.ts';
import { frontAfterKey, frontAfterThrow, wheelSteps, within } from './carousel-steps.ts';
import { onDrag } from './drag.ts';
import { glide } from './glide.ts';

const GAP_PX = 6;

/** Moves the cards: the one in front is the one that Tab reaches, and the others recede behind it, out of reach at last. */
export function startCarousel(carousel: HTMLElement): void {
  const list = carousel.querySelector<HTMLElement>('.cards');
  const [first] = list?.children ?? [];
  if (!list || !(first instanceof HTMLElement)) return;
  let cards = cardsOf(list);
  let front = frontOf(cards);
  let shown = new Set<HTMLElement>();
  let frame: Frame = { height: 0, card: 0, gap: GAP_PX };

  const motion = glide(front, (position) => {
    const shape = new CarouselShape(frame, { count: cards.length, front: position });
    const { first, last } = shape.shown;
    const now = new Set(cards.slice(first, last + 1));
    // The one that all this moves towards has the focus already, which nothing hidden can have.
    const target = cards[front];
    if (target) now.add(target);
    for (const card of shown) if (!now.has(card)) hide(card);
    shown = now;
    for (const card of now)
      place(card, { ...shape.at(cards.indexOf(card)), far: distance(cards.indexOf(card), position) });
  });
  const place = (card: HTMLElement, { y, scale, lit, far }: Place & { readonly far: number }) => {
    card.dataset.shown = '';
    card.dataset.distance = String(far);
    card.style.transform = `translateY(${(y - frame.card / 2).toFixed(1)}px) scale(${scale.toFixed(3)})`;
    card.style.opacity = lit.toFixed(2);
  };

  const bring = (index: number) => {
    const before = targetOf(cards[front]);
    front = within(index, cards.length);
    const target = targetOf(cards[front]);
    if (before && before !== target) before.tabIndex = -1;
    if (target) target.tabIndex = 0;
  };
  const move = (index: number) => {
    const hadFocus = list.contains(document.activeElement);
    bring(index);
    motion.to(front);
    // At once, so that the next key finds it there.
    if (hadFocus) focus(cards[front]);
  };
  const focus = (card: HTMLElement | undefined) => {
    if (!card) return;
    shown.add(card);
    card.dataset.shown = '';
    targetOf(card)?.focus({ preventScroll: true });
  };
  const measure = () => {
    carousel.style.setProperty('--pile', `${cards.length * (first.offsetHeight + GAP_PX)}px`);
    frame = { height: list.clientHeight, card: first.offsetHeight, gap: GAP_PX };
    motion.jump(front);
  };
  const begin = () => {
    for (const card of cards) {
      const target = targetOf(card);
      if (target) target.tabIndex = -1;
    }
    bring(front);
    measure();
  };

  carousel.dataset.carousel = 'live';
  new ResizeObserver(measure).observe(list);
  new MutationObserver(() => {
    cards = cardsOf(list);
    front = frontOf(cards);
    begin();
  }).observe(list, { childList: true });

  list.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = frontAfterKey(event.key, front, cards.length);
    if (next === undefined) return;
    event.preventDefault();
    move(next);
  });
  let turned = 0;
  list.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey) return;
      event.preventDefault();
      const { steps, rest } = wheelSteps(turned + event.deltaY * pixelsPer(event.deltaMode));
      turned = rest;
      if (steps !== 0) move(front + steps);
    },
    { passive: false },
  );
  let pulledFrom = 0;
  onDrag(list, {
    begin: () => {
      pulledFrom = motion.position;
    },
    move: (by) => {
      const position = pulledFrom - by / (frame.card + frame.gap);
      motion.jump(Math.max(-0.3, Math.min(position, cards.length - 0.7)));
    },
    end: (speed) => {
      const released = { position: motion.position, cardsPerMs: -speed / (frame.card + frame.gap) };
      move(frontAfterThrow(released, cards.length));
    },
  });
  // A press gives focus too, and what moved away from under it would not be clicked.
  list.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
    const index = cards.findIndex((card) => card.contains(target));
    if (index >= 0 && index !== front) move(index);
  });

  begin();
}

const cardsOf = (list: HTMLElement): readonly HTMLElement[] =>
  [...list.children].filter((child) => child instanceof HTMLElement);

/** The open chat, or the one that the server put in front. */
function frontOf(cards: readonly HTMLElement[]): number {
  const current = cards.findIndex((card) => card.querySelector('[aria-current]'));
  return current >= 0
    ? current
    : Math.max(
        0,
        cards.findIndex(({ dataset }) => dataset.distance === '0'),
      );
}

function hide(card: HTMLElement): void {
  delete card.dataset.shown;
  card.dataset.distance = String(FARTHEST);
}

const targetOf = (card: HTMLElement | undefined) => card?.querySelector<HTMLElement>('a, button');

const PX_PER_LINE = 16;

const pixelsPer = (mode: number): number => (mode === WheelEvent.DOM_DELTA_PIXEL ? 1 : PX_PER_LINE);
