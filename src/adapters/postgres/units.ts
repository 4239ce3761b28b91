import type { Store } from '../../application/ports/store.ts';
import type { ChatId } from '../../domain/ids.ts';

/** A unit of work that waits for its transaction. */
export interface Unit {
  readonly work: (store: Store) => Promise<unknown>;
  readonly within: ChatId | undefined;
  readonly since: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Neighbours that can be carried out side by side, and those that cannot. The former come in the order of their chats: of
 * two instances that lock the same chats in the same order none waits for the other in a circle.
 */
export function inGroups(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const groups: Unit[][] = [];
  for (const unit of units) {
    const group = groups.at(-1);
    if (group && areSideBySide(group) === (unit.within !== undefined)) group.push(unit);
    else groups.push([unit]);
  }
  return groups.map((group) => group.toSorted((one, other) => (one.within ?? 0) - (other.within ?? 0)));
}

export const areSideBySide = ([first]: readonly Unit[]): boolean => first?.within !== undefined;
