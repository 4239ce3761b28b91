import type { Hit } from '../../application/use-cases/search/search-messages.ts';
import { toWire, type WireMessage } from './message.ts';

/** A message that was found. */
export interface WireHit {
  readonly chat: { readonly id: number; readonly name: string };
  readonly message: WireMessage;
  /** Where the words are in the text: units of UTF-16, the second one behind the last. */
  readonly ranges: readonly (readonly [number, number])[];
}

export const toWireHit = ({ chat: { id, name }, message, ranges }: Hit): WireHit => ({
  chat: { id, name },
  message: toWire(message),
  ranges,
});
