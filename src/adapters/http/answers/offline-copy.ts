import type { Actor } from '../../../application/actor.ts';
import type { Installation } from '../../../domain/installation.ts';

/**
 * Allows the browser's service worker to store the page for this person until they log out. After a restore the same person
 * counts as another, because pages from before may show what no longer exists.
 */
export const offlineCopyFor = ({ id, epoch }: Installation, { user }: Actor): Record<string, string> => ({
  'Offline-Copy-For': `${id}.${epoch}.${user.id}`,
});
