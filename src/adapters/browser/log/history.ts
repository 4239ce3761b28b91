import type { Refused } from '../connection/close-codes.ts';
import { refusedBy } from '../connection/refused.ts';
import { type HistoryPage, isHistoryPage } from '../connection/wire-decoding.ts';
import { Refusal, requestJson } from '../shell/api.ts';

export const PAGE_LENGTH = 50;

/**
 * The newest messages of a chat, or those before a position.
 * @throws Refusal
 */
export async function readHistory(chatId: number, before?: number): Promise<HistoryPage> {
  const query = new URLSearchParams({ limit: String(PAGE_LENGTH) });
  if (before !== undefined) query.set('before', String(before));
  const page = await requestJson(`/chat/${chatId}/messages?${query}`);
  if (!isHistoryPage(page)) throw new Refusal('The server answered with something else than messages.');
  return page;
}

/**
 * The messages from one position to another, both included, which are no more than a page. Long ones come in several answers.
 * @throws Refusal
 */
export async function readBetween(
  chatId: number,
  { first, last }: { first: number; last: number },
): Promise<HistoryPage> {
  const page = await readHistory(chatId, last + 1);
  let messages = page.messages;
  for (let from = messages[0]?.position; from !== undefined && from > first; from = messages[0]?.position) {
    const earlier = await readHistory(chatId, from);
    if (earlier.messages.length === 0) break;
    messages = [...earlier.messages, ...messages];
  }
  return { messages: messages.filter(({ position }) => position >= first), revision: page.revision };
}

/** Why a chat cannot be followed by a socket, as far as a plain request can tell. */
export async function whyRefused(chatId: number): Promise<Refused | undefined> {
  const response = await fetch(`/chat/${chatId}/messages?limit=1`, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
  });
  return refusedBy(response) ?? (response.ok ? 'turned-away' : undefined);
}
