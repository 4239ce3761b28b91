/** How far a card recedes at most; those behind look alike. */
export const FARTHEST = 3;

export const distance = (index: number, front: number): number => Math.min(Math.abs(index - front), FARTHEST);

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
