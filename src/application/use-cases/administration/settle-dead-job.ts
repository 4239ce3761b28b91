import { nothingHere } from '../../../domain/administration/standing.ts';
import type { JobId } from '../../../domain/jobs/job.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { assertAdministers } from './administrators.ts';

/** Dead letters among which the job is looked for. */
const MAX_DEAD = 10_000;

export interface DeadJobDecision {
  readonly id: JobId;
  /** To try it again from the beginning, or to remove it. */
  readonly how: 'retry' | 'drop';
}

/**
 * Decides what becomes of a job that was given up.
 * @throws DomainError `not_found` where there is no such job, and to outsiders; `unavailable`
 */
export type SettleDeadJob = (actor: Actor, decision: DeadJobDecision) => Promise<void>;

export function makeSettleDeadJob(deps: {
  readonly unitOfWork: Pick<UnitOfWork, 'run'>;
  readonly view: StoreView;
  readonly clock: Clock;
}): SettleDeadJob {
  const { unitOfWork, view, clock } = deps;

  return async (actor, { id, how }) => {
    await assertAdministers(view, actor);
    const kind = (await view.jobs.dead(MAX_DEAD)).find((job) => job.id === id)?.kind;
    if (kind === undefined) throw nothingHere();
    const at = clock.now();
    await unitOfWork.run(async (store) => {
      const { administration, jobs } = store;
      await administration.lock();
      const by = await assertAdministers(store, actor);
      if (!(await (how === 'retry' ? jobs.revive(id) : jobs.drop(id)))) throw nothingHere();
      await administration.addAct({
        kind: how === 'retry' ? 'retry_job' : 'drop_job',
        by,
        about: null,
        detail: kind,
        at,
      });
    });
  };
}
