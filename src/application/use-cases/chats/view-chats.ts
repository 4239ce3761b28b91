import type { Chat } from '../../../domain/chats/chat.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';

/** The actor's chats, most recently joined first. */
export type ViewChats = (actor: Actor) => Promise<readonly Chat[]>;

export function makeViewChats({ view }: { readonly view: StoreView }): ViewChats {
  return (actor) => view.chats.ofUser(actor.user.id);
}
