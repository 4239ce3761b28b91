import type { Actor } from '../../actor.ts';
import type { DeadJob } from '../../ports/jobs.ts';
import type { StoreView } from '../../ports/store.ts';
import { assertAdministers } from './administrators.ts';

/** Dead letters that are shown. */
const MAX_SHOWN = 100;

/**
 * The jobs that were given up, the latest first.
 * @throws DomainError `not_found` to outsiders
 */
export type ViewDeadJobs = (actor: Actor) => Promise<readonly DeadJob[]>;

export function makeViewDeadJobs({ view }: { readonly view: StoreView }): ViewDeadJobs {
  return async (actor) => {
    await assertAdministers(view, actor);
    return view.jobs.dead(MAX_SHOWN);
  };
}
