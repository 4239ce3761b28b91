import type { Ending } from '../connection/close-codes.ts';
import { offlinePages } from '../shell/offline-pages.ts';

let isOver = false;

/** Whether the server has ended the session of this page, after which requests are pointless. */
export const sessionEnd = {
  get isOver(): boolean {
    return isOver;
  },
  note(): void {
    isOver = true;
  },
};

/** Forgets what this browser must not show after the connection has ended. */
export function forgetAfter(ending: Ending, chatId?: number): void {
  if (ending === 'signed-out') {
    sessionEnd.note();
    offlinePages.forgetAll();
  } else if (ending === 'not-a-member' && chatId !== undefined) offlinePages.forget(chatId);
}
