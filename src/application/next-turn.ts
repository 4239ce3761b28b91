import type { Timer } from './ports/timer.ts';

/**
 * Lets everything else that is due go first. Work that reads much, in parts, calls it between them: a storage in this process answers without
 * ever letting go of it.
 */
export const nextTurn = (timer: Pick<Timer, 'after'>): Promise<void> =>
  new Promise((resolve) => timer.after(1, resolve));
