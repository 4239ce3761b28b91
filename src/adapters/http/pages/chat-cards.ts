import { MAX_DISTANCE } from '../../wire/chat-card.ts';
import { type Face, faceOf } from '../../wire/face.ts';
import type { PageChat } from './pages-data.ts';

/** A chat as a card in the carousel. */
export interface ChatCard extends PageChat, Face {
  readonly current: boolean;
  /** How far it recedes behind the active card: from 0 to `MAX_DISTANCE`. */
  readonly distance: number;
}

/** The current chat's card is in front, or the first one where no chat is open. */
export function chatCards(chats: readonly PageChat[], current?: number): readonly ChatCard[] {
  const front = Math.max(
    0,
    chats.findIndex((chat) => chat.id === current),
  );
  return chats.map((chat, index) => ({
    ...chat,
    current: chat.id === current,
    ...faceOf(chat.name),
    distance: Math.min(Math.abs(index - front), MAX_DISTANCE),
  }));
}
