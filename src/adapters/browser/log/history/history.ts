import { MESSAGES_PER_PAGE, type WireHistory } from '../../../wire/history.ts';
import { isWireHistory } from '../../connection/wire-decoding.ts';
import { Refusal, requestJson } from '../../shell/api.ts';

/** The part of a chat's history to read; the latest part when it is empty. */
export type Place = Readonly<Partial<Record<'before' | 'after' | 'around', number>>>;

/**
 * A page of messages. It is short where its messages are long.
 * @throws Refusal
 */
export async function readHistory(chatId: number, place: Place = {}): Promise<WireHistory> {
  const query = new URLSearchParams({ limit: String(MESSAGES_PER_PAGE) });
  for (const [name, position] of Object.entries(place)) query.set(name, String(position));
  const page = await requestJson(`/chat/${chatId}/messages?${query}`);
  if (!isWireHistory(page)) throw new Refusal('The server answered with something else than messages.');
  return page;
}
