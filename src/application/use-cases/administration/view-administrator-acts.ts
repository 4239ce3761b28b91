import type { AdministratorAct } from '../../../domain/administration/administrator-act.ts';
import type { Actor } from '../../actor.ts';
import type { ActPlace } from '../../ports/administration.ts';
import type { StoreView } from '../../ports/store.ts';
import { assertAdministers } from './administrators.ts';

const PAGE = 100;

export interface ActsPage {
  readonly acts: readonly AdministratorAct[];
  /** The place before which the next page begins; undefined on the last page. */
  readonly next: ActPlace | undefined;
}

/**
 * What administrators and the operator did, the latest first, before a place or up to the last act.
 * @throws DomainError `not_found` to outsiders
 */
export type ViewAdministratorActs = (actor: Actor, before: ActPlace | undefined) => Promise<ActsPage>;

export function makeViewAdministratorActs({ view }: { readonly view: StoreView }): ViewAdministratorActs {
  return async (actor, before) => {
    await assertAdministers(view, actor);
    const found = await view.administration.acts({ before, limit: PAGE + 1 });
    const acts = found.slice(0, PAGE);
    return { acts, next: found.length > PAGE ? acts.at(-1)?.place : undefined };
  };
}
