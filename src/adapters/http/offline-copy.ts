import type { Actor } from '../../application/actor.ts';

/** Lets the page be kept by the browser's worker, for this person alone, until they log out. */
export const offlineCopyFor = ({ user }: Actor): Record<string, string> => ({ 'Offline-Copy-For': String(user.id) });
