import type { User } from '../identity/user.ts';
import type { ChatId } from '../ids.ts';
import type { MessageKind } from '../messages/message.ts';
import type { ChatName, Revision } from './chat.ts';

/** A chat as it stands in a list of chats. */
export interface ChatSummary {
  readonly id: ChatId;
  readonly name: ChatName;
  /** The chat's revision when this was read: a summary of a later one is newer. */
  readonly revision: Revision;
  /** Number of members. */
  readonly members: number;
  /** The newest message; null for a chat in which nothing was posted. */
  readonly last: LastMessage | null;
}

export interface LastMessage {
  readonly position: Revision;
  readonly kind: MessageKind;
  readonly author: User;
  readonly snippet: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

/** Maximum code points of a snippet. */
const MAX_SNIPPET = 140;
/** Code points of a text that its snippet is made of, so that storage need not read all of it. */
export const SNIPPET_SOURCE = 2 * MAX_SNIPPET;

/** The beginning of a text, on one line. */
export function snippetOf(text: string): string {
  const line = firstCodePoints(text, SNIPPET_SOURCE).replaceAll(/\s+/gu, ' ').trim();
  return firstCodePoints(line, MAX_SNIPPET);
}

function firstCodePoints(text: string, count: number): string {
  // A code point takes at most two units.
  return text.length <= count ? text : [...text.slice(0, 2 * count)].slice(0, count).join('');
}
