import { usernameKey } from '../../../domain/identity/username.ts';
import type { Actor } from '../../actor.ts';
import type { ListedPerson } from '../../ports/overview.ts';
import type { StoreView } from '../../ports/store.ts';
import { assertAdministers } from './administrators.ts';

/** Accounts on one page. */
const PAGE = 50;

export interface PeopleQuery {
  /** A part of the name, in any case; empty for all. */
  readonly text: string;
  /** The place after which the page begins. */
  readonly after?: string | undefined;
}

export interface PeoplePage {
  readonly people: readonly ListedPerson[];
  /** The place after which the next page begins; undefined on the last page. */
  readonly next: string | undefined;
}

/**
 * The accounts of the installation by their names.
 * @throws DomainError `not_found` to outsiders
 */
export type ViewPeople = (actor: Actor, query: PeopleQuery) => Promise<PeoplePage>;

export function makeViewPeople({ view }: { readonly view: StoreView }): ViewPeople {
  return async (actor, { text, after }) => {
    await assertAdministers(view, actor);
    const found = await view.overview.people({ text: usernameKey(text.trim()), after, limit: PAGE + 1 });
    const people = found.slice(0, PAGE);
    return { people, next: found.length > PAGE ? people.at(-1)?.key : undefined };
  };
}
