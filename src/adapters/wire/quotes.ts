import { quotedSnippet } from '../../domain/messages/quotes.ts';
import type { WireMessage, WireQuote } from './message.ts';

/** The message as its replies show it. */
export function wireQuoteOf({ position, author, kind, text }: WireMessage): WireQuote {
  return { position, author, snippet: quotedSnippet(kind, text), kind };
}
