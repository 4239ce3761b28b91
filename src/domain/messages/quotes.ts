import { type Revision, revision } from '../chats/chat.ts';
import { DomainError } from '../errors.ts';
import type { ChatChange } from '../reactions/reactions-change.ts';
import { filesOf, type Message, type Quote, type TextMessage, textOf } from './message.ts';
import { messageSnippet } from './message-snippet.ts';

/** The message as its replies show it. */
export function quoteOf(message: Message): Quote {
  const { position, author, kind } = message;
  return { position, author, kind, snippet: messageSnippet(kind, textOf(message), filesOf(message)) };
}

/**
 * The message that a post answers. Any message of the chat will do: a notice, and also one that was deleted, since that may happen
 * while the reply is written, and the reply still belongs to what is left of it.
 * @throws DomainError `invalid_reply` when there is no such message
 */
export function assertAnswered(quoted: Quote | undefined): asserts quoted {
  if (!quoted) throw invalidReply();
}

/** @throws DomainError `invalid_reply` */
export function answeredPosition(input: number): Revision {
  if (!Number.isSafeInteger(input) || input < 1) throw invalidReply();
  return revision(input);
}

const invalidReply = () => new DomainError('invalid_reply', 'This chat has no message at the position in reply_to.');

export const isReply = (change: ChatChange): change is Reply => change.kind === 'text' && change.replyTo !== null;

export type Reply = TextMessage & { readonly replyTo: Quote };

/** The reply with its original as that is now. */
export function requoted(reply: Reply, original: Message): Reply {
  return { ...reply, replyTo: quoteOf(original) };
}
