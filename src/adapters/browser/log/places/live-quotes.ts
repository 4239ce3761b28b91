import type { LatestStates } from '../latest-states.ts';
import { isQuoted, requote, unknownQuote } from './quotes.ts';

/** Keeps all quotes in the page, also that of the composer, as their originals are now. */
export class LiveQuotes {
  readonly #states: LatestStates;

  constructor(states: LatestStates) {
    this.#states = states;
  }

  /** Shows the last known state of a message in its quotes, if it changed after the revision at which they were read. */
  renew(position: number, { asOf }: { readonly asOf: number }): void {
    const known = this.#states.at(position);
    if (!known || known.revision <= asOf || !isQuoted(position)) return;
    // Deleted words go at once, and need no code to find the plain text.
    if (known.kind === 'deleted') requote({ ...unknownQuote(position), kind: 'deleted' });
    else
      import('../../../wire/quotes.ts').then(({ wireQuoteOf }) => {
        const now = this.#states.at(position);
        if (now) requote(wireQuoteOf(now));
      }, goWithout);
  }
}

/** Where the code cannot be loaded, the quotes are renewed with the page. */
const goWithout = () => {};
