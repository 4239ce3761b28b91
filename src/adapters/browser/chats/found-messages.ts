import type { WireMessage } from '../../wire/message.ts';
import { isRecord, isWireMessage } from '../connection/wire-decoding.ts';
import { Refusal, requestJson } from '../shell/api.ts';

/** A message that was found. */
export interface FoundMessage {
  readonly chatName: string;
  readonly message: WireMessage;
  readonly href: string;
}

export interface FoundPage {
  readonly found: readonly FoundMessage[];
  /** Names the next page, or null. */
  readonly next: string | null;
}

/** @throws Refusal when the server refuses or cannot be reached */
export async function findMessages(query: Readonly<Record<string, string>>): Promise<FoundPage> {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const answer = await requestJson(`/search?${new URLSearchParams({ ...query, zone })}`);
  if (!isRecord(answer) || !Array.isArray(answer.hits))
    throw new Refusal('The server answered with something else than messages.');
  const found = answer.hits.flatMap((hit: unknown) => {
    if (!isRecord(hit) || !isRecord(hit.chat) || !isWireMessage(hit.message)) return [];
    const { message } = hit;
    return [{ chatName: String(hit.chat.name), message, href: `/chat/${message.chat_id}/at/${message.position}` }];
  });
  return { found, next: typeof answer.next === 'string' ? answer.next : null };
}

const PAUSE_MS = 200;

/** Calls `search` when nothing was typed for a moment, and `show` with its answer unless something was typed since. */
export function searchingAsTyped<Found>(
  search: (typed: string) => Promise<Found>,
  show: (found: Found) => void,
  fail: (error: unknown) => void,
): (typed: string) => void {
  let newest = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;
  return (typed) => {
    newest += 1;
    const own = newest;
    clearTimeout(pause);
    pause = setTimeout(() => {
      search(typed).then(
        (found) => own === newest && show(found),
        (error: unknown) => own === newest && fail(error),
      );
    }, PAUSE_MS);
  };
}
