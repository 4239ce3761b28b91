import type { Revision } from '../../domain/chats/chat.ts';
import type { Message, TextMessage } from '../../domain/messages/message.ts';
import type { Tables } from './tables.ts';

export function notePin({ pins }: Tables, message: Message): void {
  const { chatId, position } = message;
  const others = (pins.current.get(chatId) ?? []).filter((other) => other !== position);
  pins.put(chatId, message.kind === 'text' && message.pin ? [...others, position] : others);
}

/** The one that was pinned last first. */
export function pinnedIn(
  positions: readonly Revision[],
  at: (position: Revision) => Message | undefined,
): readonly Message[] {
  const messages = positions.map(at).filter((message) => message?.kind === 'text');
  const pinnedAt = ({ pin }: TextMessage) => pin?.at ?? 0;
  return messages.toSorted((one, other) => pinnedAt(other) - pinnedAt(one) || other.position - one.position);
}
