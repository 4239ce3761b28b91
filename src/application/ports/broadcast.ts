import type { ChatEvent, PresenceEvent, UserEvent } from '../../domain/events.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

export type Unsubscribe = () => void;

/**
 * Carries committed facts to the listeners in this process and in others. It is a hint, not a log: an event may be lost, late,
 * doubled or out of order, and a listener that needs all of them catches up from the store.
 */
export interface Broadcast {
  /** Never throws and never waits: what cannot be delivered is dropped. */
  publishToChat(chatId: ChatId, event: ChatEvent): void;
  publishToUser(userId: UserId, event: UserEvent): void;
  publishPresence(event: PresenceEvent): void;
  /**
   * `listen` gets each event published after this call until `unsubscribe`, in this process within the publishing call.
   * It must not throw.
   */
  subscribeToChat(chatId: ChatId, listen: (event: ChatEvent) => void): Unsubscribe;
  subscribeToUser(userId: UserId, listen: (event: UserEvent) => void): Unsubscribe;
  subscribeToPresence(listen: (event: PresenceEvent) => void): Unsubscribe;
}
