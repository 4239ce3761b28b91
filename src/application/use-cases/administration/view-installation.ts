import { DomainError } from '../../../domain/errors.ts';
import type { Registration } from '../../../domain/identity/registration.ts';
import type { Actor } from '../../actor.ts';
import type { JobCounts } from '../../ports/jobs.ts';
import type { Totals } from '../../ports/overview.ts';
import type { Presence } from '../../ports/presence.ts';
import type { Storage } from '../../ports/storage.ts';
import type { StoreView } from '../../ports/store.ts';
import { assertAdministers } from './administrators.ts';

export interface ViewedInstallation {
  readonly registration: Registration;
  readonly totals: Totals;
  readonly jobs: JobCounts;
  /** Whether something can be stored. */
  readonly isReady: boolean;
  readonly connectedClients: number;
}

/**
 * How the installation is: its size, its health, and who may register.
 * @throws DomainError `not_found` to outsiders
 */
export type ViewInstallation = (actor: Actor) => Promise<ViewedInstallation>;

export function makeViewInstallation(
  deps: Pick<Storage, 'assertWritable'> & {
    readonly view: StoreView;
    readonly presence: Presence;
    readonly registration: Registration;
  },
): ViewInstallation {
  const { view, presence, registration, assertWritable } = deps;

  return async (actor) => {
    await assertAdministers(view, actor);
    const [totals, jobs, connectedClients, isReady] = await Promise.all([
      view.overview.totals(),
      view.jobs.count(),
      presence.count(),
      isTrue(assertWritable),
    ]);
    return { registration, totals, jobs, isReady, connectedClients };
  };
}

async function isTrue(assertion: () => Promise<void>): Promise<boolean> {
  try {
    await assertion();
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
