import { onPageReturn } from '../session/page-returns.ts';
import { privateStorage } from '../storage/private-storage.ts';
import { fetchChats } from './chat-list-update.ts';

/** How often a visible page asks whether its reader is a member again. */
const ASK_EVERY_MS = 30_000;

/**
 * Calls once when a removed member has joined the chat again, in this or another browser.
 * @param signal aborted when the tab no longer shows the chat
 */
export function onRejoining(chatId: number, signal: AbortSignal, rejoined: () => void): void {
  let isDone = false;
  const ask = async () => {
    if (isDone || signal.aborted || document.hidden || !navigator.onLine) return;
    const chats = await fetchChats();
    if (isDone || signal.aborted || !chats?.some(({ id }) => id === chatId)) return;
    isDone = true;
    clearInterval(asking);
    rejoined();
  };
  const look = () => void ask();
  const asking = setInterval(look, ASK_EVERY_MS);
  signal.addEventListener('abort', () => clearInterval(asking));
  addEventListener('focus', look, { signal });
  document.addEventListener('visibilitychange', look, { signal });
  privateStorage.onChange(look, signal);
  onPageReturn(look);
  look();
}
