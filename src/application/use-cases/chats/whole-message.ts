import type { Revision } from '../../../domain/chats/chat.ts';
import type { MessageVersion } from '../../../domain/messages/changes.ts';
import { type Message, type TextMessage, textRevision } from '../../../domain/messages/message.ts';
import { MAX_NAMED, type Tally } from '../../../domain/reactions/tally.ts';
import type { MessagesView } from '../../ports/messages.ts';

export interface WholeMessage {
  readonly message: Message;
  /** The earlier texts, the newest first. */
  readonly versions: readonly MessageVersion[];
  /** With everybody who reacted. */
  readonly reactions: readonly Tally[];
}

/** Versions in one read. */
const WINDOW = 100;

/** The message with all that was ever said in it and to it, but for what was deleted. */
export async function wholeMessage(messages: MessagesView, message: Message): Promise<WholeMessage> {
  if (message.kind !== 'text') return { message, versions: [], reactions: [] };
  return {
    message,
    versions: message.edit === null ? [] : await versionsOf(messages, message),
    reactions: await reactionsTo(messages, message),
  };
}

async function versionsOf(messages: MessagesView, message: TextMessage): Promise<readonly MessageVersion[]> {
  const found: MessageVersion[] = [];
  for (let before: Revision | undefined = textRevision(message); ; before = found.at(-1)?.revision) {
    const part: readonly MessageVersion[] = await messages.earlierVersions(message, { before, limit: WINDOW });
    found.push(...part);
    if (part.length < WINDOW) return found;
  }
}

/** A tally as it is read names only the first of those who reacted. */
async function reactionsTo(messages: MessagesView, message: TextMessage): Promise<readonly Tally[]> {
  if (message.reactions.every(({ count }) => count <= MAX_NAMED)) return message.reactions;
  const byEmoji = Map.groupBy(await messages.reactionsTo(message), ({ emoji }) => emoji);
  return [...byEmoji].map(([emoji, reactions]) => ({
    ...{ emoji, count: reactions.length },
    users: reactions.map(({ user }) => user),
  }));
}
