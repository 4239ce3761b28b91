import { goTo } from '../../shell/dialogs/overlays.ts';
import { say } from '../../shell/say.ts';
import { chatLinks, listedChatLinks } from '../chat-links.ts';
import { neighbourOf, unreadNeighbourOf } from '../chat-neighbours.ts';

/** Goes to the chat above (-1) or below (1) in the list, or to the next one there that has unread messages. */
export function visitNeighbour(direction: -1 | 1, which: 'any' | 'unread'): void {
  const isAny = which === 'any';
  const chat = isAny ? neighbourOf(listedChatLinks(), direction) : unreadNeighbourOf(chatLinks(), direction);
  if (chat) goTo(chat.href);
  else if (!isAny) say('No other chat has unread messages.');
}
