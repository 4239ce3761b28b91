import { CarouselPile } from './carousel-pile.ts';
import { frontAfterKey, frontAfterThrow, wheelSteps } from './carousel-steps.ts';
import { onDrag } from './drag.ts';

/** Moves the chats in the list by keys, wheel, finger and focus. */
export function startCarousel(carousel: HTMLElement): void {
  const list = carousel.querySelector<HTMLElement>('.cards');
  if (!list?.firstElementChild) return;
  carousel.dataset.carousel = 'live';
  const pile = new CarouselPile(carousel, list);
  followKeys(list, pile);
  followWheel(list, pile);
  followFinger(list, pile);
  followFocus(list, pile);
}

function followKeys(list: HTMLElement, pile: CarouselPile): void {
  list.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = frontAfterKey(event.key, pile.front, pile.count);
    if (next === undefined) return;
    event.preventDefault();
    pile.moveTo(next);
  });
}

function followWheel(list: HTMLElement, pile: CarouselPile): void {
  let turned = 0;
  list.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey) return;
      event.preventDefault();
      const { steps, rest } = wheelSteps(turned + event.deltaY * pixelsPer(event.deltaMode));
      turned = rest;
      if (steps !== 0) pile.moveTo(pile.front + steps);
    },
    { passive: false },
  );
}

function followFinger(list: HTMLElement, pile: CarouselPile): void {
  let pulledFrom = 0;
  onDrag(list, {
    begin: () => {
      pulledFrom = pile.position;
    },
    move: (by) => pile.pullTo(pulledFrom - by / pile.pitch),
    end: (speed) => {
      const released = { position: pile.position, cardsPerMs: -speed / pile.pitch };
      pile.moveTo(frontAfterThrow(released, pile.count));
    },
  });
}

/** Not where a press gave the focus: a card that moves away from under the pointer would not be clicked. */
function followFocus(list: HTMLElement, pile: CarouselPile): void {
  list.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
    const index = pile.indexOf(target);
    if (index >= 0 && index !== pile.front) pile.moveTo(index);
  });
}

const PX_PER_LINE = 16;

const pixelsPer = (mode: number): number => (mode === WheelEvent.DOM_DELTA_PIXEL ? 1 : PX_PER_LINE);
