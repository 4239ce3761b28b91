import { messageSnippet } from '../../domain/messages/message-snippet.ts';
import type { WireMessage, WireQuote } from './message.ts';

/** The message as its replies show it. */
export function wireQuoteOf({ position, author, kind, text, files }: WireMessage): WireQuote {
  return { position, author, snippet: messageSnippet(kind, text, files), kind };
}
