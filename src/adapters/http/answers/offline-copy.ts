import type { Actor } from '../../../application/actor.ts';
import type { Installation } from '../../../domain/installation.ts';

/**
 * Lets the page be kept by the browser's worker, for this person alone, until they log out. After a restore the same person
 * counts as another: pages from before show what may not be there any more.
 */
export const offlineCopyFor = ({ id, epoch }: Installation, { user }: Actor): Record<string, string> => ({
  'Offline-Copy-For': `${id}.${epoch}.${user.id}`,
});
