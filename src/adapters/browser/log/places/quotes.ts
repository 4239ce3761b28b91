import { firstCodePoints } from '../../../../domain/code-points.ts';
import type { MessageKind } from '../../../../domain/messages/message.ts';
import type { WireQuote } from '../../../wire/message.ts';
import { isWireMessage } from '../../connection/wire-decoding.ts';
import { requestJson } from '../../shell/api.ts';
import { positionOf } from '../row-facts.ts';

const DELETED = 'Message deleted';
/** In code points. */
const MAX_SNIPPET = 140;

/** The message of a row as its replies show it. */
export function quoteInRow(row: HTMLElement): WireQuote {
  const username = row.querySelector('.message-author')?.textContent ?? '';
  const kind = kindOf(row);
  // The words as they are shown: the row does not have their source.
  const words = row.querySelector<HTMLElement>('.message-text')?.innerText.replaceAll(/\s+/g, ' ').trim() ?? '';
  const snippet = kind === 'deleted' ? '' : firstCodePoints(words, MAX_SNIPPET);
  return { position: positionOf(row), author: { id: Number(row.dataset.authorId), username }, kind, snippet };
}

/** Of a message that is not loaded. */
export const unknownQuote = (position: number): WireQuote => ({
  position,
  author: { id: 0, username: '…' },
  kind: 'text',
  snippet: '',
});

/**
 * @param chat the path of its chat
 * @throws Refusal
 */
export async function readQuote(chat: string, position: number): Promise<WireQuote> {
  const message = await requestJson(`${chat}/messages/${position}`);
  const { wireQuoteOf } = await import('../../../wire/quotes.ts');
  return isWireMessage(message) ? wireQuoteOf(message) : unknownQuote(position);
}

/** Calls with a message as its replies show it, and again once it is loaded where it has no row. */
export function quoteOf(
  { row, home, position }: { readonly row: HTMLElement | undefined; readonly home: string; readonly position: number },
  show: (quote: WireQuote) => void,
): void {
  show(row ? quoteInRow(row) : unknownQuote(position));
  if (!row) readQuote(home, position).then(show, () => {});
}

/** Whether the page quotes the message at this position. */
export const isQuoted = (position: number): boolean => document.querySelector(selectorOf(position)) !== null;

/** Shows in all quotes of a message what it says now. */
export function requote({ position, kind, snippet }: WireQuote): void {
  for (const quote of document.querySelectorAll(selectorOf(position))) {
    quote.classList.toggle('quote-gone', kind === 'deleted');
    const text = quote.querySelector('.quote-text');
    if (text) rewrite(text, kind === 'deleted' ? DELETED : snippet);
  }
}

const selectorOf = (position: number): string => `[data-quoted="${position}"]`;

function kindOf({ classList }: HTMLElement): MessageKind {
  return classList.contains('deleted') ? 'deleted' : classList.contains('notice') ? 'notice' : 'text';
}

/** Changes the existing text node: assistive technology would announce a new one in a log. */
export function rewrite(element: Element, words: string): void {
  const [text] = element.childNodes;
  if (text instanceof Text) text.data = words;
  else element.textContent = words;
}
