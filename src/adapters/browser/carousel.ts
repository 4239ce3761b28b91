import { distance, frontAfterKey, wheelSteps, within } from './carousel-steps.ts';

/** Moves the cards: the one in front is the one that Tab reaches, and the others recede behind it. */
export function startCarousel(carousel: HTMLElement): void {
  const list = carousel.querySelector<HTMLElement>('.cards');
  const cards = [...carousel.querySelectorAll<HTMLElement>('.card')];
  if (!list || cards.length === 0) return;
  let front = Math.max(
    0,
    cards.findIndex((card) => card.querySelector('[aria-current]')),
  );
  let turned = 0;
  let swiping = false;

  const bring = (index: number) => {
    front = index;
    cards.forEach((card, at) => {
      const far = String(distance(at, front));
      if (card.dataset.distance !== far) card.dataset.distance = far;
      const link = linkOf(card);
      if (link) link.tabIndex = at === front ? 0 : -1;
    });
  };
  const move = (index: number) => {
    const hadFocus = list.contains(document.activeElement);
    swiping = false;
    bring(index);
    if (hadFocus) linkOf(cards[front])?.focus({ preventScroll: true });
    center(list, cards[front]);
  };

  list.addEventListener('keydown', (event) => {
    const next =
      event.altKey || event.ctrlKey || event.metaKey ? undefined : frontAfterKey(event.key, front, cards.length);
    if (next === undefined) return;
    event.preventDefault();
    move(next);
  });
  list.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey) return;
      event.preventDefault();
      const { steps, rest } = wheelSteps(turned + event.deltaY * pixelsPer(event.deltaMode));
      turned = rest;
      if (steps !== 0) move(within(front + steps, cards.length));
    },
    { passive: false },
  );
  list.addEventListener(
    'touchmove',
    () => {
      swiping = true;
    },
    { passive: true },
  );
  list.addEventListener('scroll', () => {
    if (swiping) bring(nearestToMiddle(list, cards));
  });
  list.addEventListener('focusin', ({ target }) => {
    const index = cards.findIndex((card) => target instanceof Node && card.contains(target));
    if (index >= 0 && index !== front) bring(index);
  });

  bring(front);
  center(list, cards[front]);
}

const linkOf = (card: HTMLElement | undefined) => card?.querySelector('a');

const PX_PER_LINE = 16;

const pixelsPer = (mode: number): number => (mode === WheelEvent.DOM_DELTA_PIXEL ? 1 : PX_PER_LINE);

function center(list: HTMLElement, card: HTMLElement | undefined): void {
  if (!card) return;
  list.scrollTop = card.offsetTop - (list.clientHeight - card.offsetHeight) / 2;
}

function nearestToMiddle(list: HTMLElement, cards: readonly HTMLElement[]): number {
  const middle = list.scrollTop + list.clientHeight / 2;
  const gaps = cards.map((card) => Math.abs(card.offsetTop + card.offsetHeight / 2 - middle));
  return gaps.indexOf(Math.min(...gaps));
}
