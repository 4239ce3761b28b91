/** The index in front after a key press, or undefined when the key has no meaning for the carousel. */
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

/** Wheels turn in notches and touchpads in pixels. Both add up to whole steps; the remainder counts for the next event. */
export function wheelSteps(turned: number): { readonly steps: number; readonly rest: number } {
  const steps = Math.trunc(turned / STEP_PX);
  return { steps, rest: turned - steps * STEP_PX };
}

const THROW_MS = 160;
const MAX_THROW = 12;

/** The index in front after the finger lets go: the one that the movement would have reached a moment later. */
export function frontAfterThrow(released: { position: number; cardsPerMs: number }, count: number): number {
  const { position, cardsPerMs } = released;
  const thrown = Math.max(-MAX_THROW, Math.min(cardsPerMs * THROW_MS, MAX_THROW));
  return within(Math.round(position + thrown), count);
}
