import { webLocks } from '../storage/tabs.ts';

/** The lock of the pages that show a chat and are visible. */
export const lockOfShown = (chatId: number | string): string => `shoal:shown:${chatId}`;

/** Ends what this page holds. */
let release = (): void => {};

/** The chat that this page shows, while the page is visible. */
export const shownChat = (): string | undefined =>
  document.hidden ? undefined : document.querySelector<HTMLElement>('[data-chat-id]')?.dataset.chatId;

/** Tells the other pages of this browser which chat is shown here: a page holds a shared lock for as long as that is true. */
export function noteShownChat(): void {
  release();
  const chatId = shownChat();
  if (!chatId) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  release = resolve;
  webLocks()
    ?.request(lockOfShown(chatId), { mode: 'shared' }, () => promise)
    .catch(() => undefined);
}
