/** The card in front after a key, or undefined when the key is not the carousel's. */
export function frontAfterKey(key: string, front: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
      return within(front - 1, count);
    case 'ArrowDown':
      return within(front + 1, count);
    case 'Home':
      return 0;
    case 'End':
      return within(count - 1, count);
    default:
      return undefined;
  }
}

export const within = (index: number, count: number): number => Math.max(0, Math.min(index, count - 1));

const STEP_PX = 48;

/** Wheels turn in notches and touchpads in pixels: both add up to whole steps, and the rest is kept for the next turn. */
export function wheelSteps(turned: number): { readonly steps: number; readonly rest: number } {
  const steps = Math.trunc(turned / STEP_PX);
  return { steps, rest: turned - steps * STEP_PX };
}

const THROW_MS = 160;
const FARTHEST_THROW = 12;

/** The card that comes to rest in front of who lets go: as far on as the movement would have gone a moment later. */
export function frontAfterThrow(released: { position: number; cardsPerMs: number }, count: number): number {
  const { position, cardsPerMs } = released;
  const thrown = Math.max(-FARTHEST_THROW, Math.min(cardsPerMs * THROW_MS, FARTHEST_THROW));
  return within(Math.round(position + thrown), count);
}
