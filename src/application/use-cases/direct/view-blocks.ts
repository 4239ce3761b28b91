import type { User } from '../../../domain/identity/user.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';

/** The users whom the actor blocks, by id. */
export type ViewBlocks = (actor: Actor) => Promise<readonly User[]>;

export function makeViewBlocks({ view }: { readonly view: StoreView }): ViewBlocks {
  return ({ user }) => view.blocks.by(user.id);
}
