import type { MissedReason } from '../../../domain/reading/missed.ts';
import { countLabel, personIn } from '../../wire/chat-card.ts';
import type { WireMissedChat, WireMissedMessage } from '../../wire/missed.ts';

/** The chats of the page of what was missed, with the words that it shows. */
export const missedCards = (chats: readonly WireMissedChat[], viewerId: number) =>
  chats.map((chat) => ({
    ...chat,
    person_id: personIn(chat, viewerId),
    count: countLabel(chat.unread),
    missed: chat.missed.map((message) => ({ ...message, labels: labelsOf(message) })),
  }));

/** That a chat is direct is seen from the chat. */
const labelsOf = (message: WireMissedMessage): readonly string[] =>
  message.reasons.flatMap((reason) => LABELS[reason](message));

const LABELS: Readonly<Record<MissedReason, (message: WireMissedMessage) => string | readonly string[]>> = {
  mention: () => 'Mentions you',
  reply: () => 'Reply to you',
  direct: () => [],
  pinned: () => 'Pinned',
  reacted: ({ reactions }) => `${reactions} ${reactions === 1 ? 'reaction' : 'reactions'}`,
};
