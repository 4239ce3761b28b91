import { onPageReturn } from '../session/page-returns.ts';
import { privateStorage } from '../storage/private-storage.ts';
import { fetchChats } from './chat-list-update.ts';

/** How often a page in sight asks whether its reader is back in the chat. */
const ASK_EVERY_MS = 30_000;

/** Calls once when the reader, who was removed from the chat, is a member again, be it by another tab or device. */
export function onRejoining(chatId: number, rejoined: () => void): void {
  let isDone = false;
  const ask = async () => {
    if (isDone || document.hidden || !navigator.onLine) return;
    const chats = await fetchChats();
    if (isDone || !chats?.some(({ id }) => id === chatId)) return;
    isDone = true;
    clearInterval(asking);
    rejoined();
  };
  const look = () => void ask();
  const asking = setInterval(look, ASK_EVERY_MS);
  addEventListener('focus', look);
  document.addEventListener('visibilitychange', look);
  privateStorage.onChange(look);
  onPageReturn(look);
}
