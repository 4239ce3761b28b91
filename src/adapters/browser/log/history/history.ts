import { MESSAGES_PER_PAGE, type WireHistory } from '../../../wire/history.ts';
import { isWireHistory } from '../../connection/wire-decoding.ts';
import { Refusal, requestJson } from '../../shell/api.ts';

/**
 * The latest messages of a chat, or those before a position.
 * @throws Refusal
 */
export async function readHistory(chatId: number, before?: number): Promise<WireHistory> {
  const query = new URLSearchParams({ limit: String(MESSAGES_PER_PAGE) });
  if (before !== undefined) query.set('before', String(before));
  const page = await requestJson(`/chat/${chatId}/messages?${query}`);
  if (!isWireHistory(page)) throw new Refusal('The server answered with something else than messages.');
  return page;
}

/**
 * The messages from one position to another, both included, at most a page of them. Where they are long, the server needs
 * several answers.
 * @throws Refusal
 */
export async function readBetween(
  chatId: number,
  { first, last }: { first: number; last: number },
): Promise<WireHistory> {
  const page = await readHistory(chatId, last + 1);
  let messages = page.messages;
  for (let from = messages[0]?.position; from !== undefined && from > first; from = messages[0]?.position) {
    const earlier = await readHistory(chatId, from);
    if (earlier.messages.length === 0) break;
    messages = [...earlier.messages, ...messages];
  }
  return { messages: messages.filter(({ position }) => position >= first), revision: page.revision };
}
