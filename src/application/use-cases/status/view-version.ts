import type { StoreView } from '../../ports/store.ts';

/**
 * Another number after each commit; undefined when that cannot be told cheaply. What was answered at a version is still what
 * would be answered, to the same actor, while the version is the same.
 */
export type ViewVersion = () => number | undefined;

export function makeViewVersion({ view }: { readonly view: StoreView }): ViewVersion {
  return () => view.version();
}
