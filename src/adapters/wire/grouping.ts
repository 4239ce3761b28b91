import type { MessageKind } from '../../domain/messages/message.ts';

/** What decides whether a message stands under the header of the one before. */
export interface Utterance {
  readonly kind: MessageKind;
  readonly authorId: number;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** The day it was sent on, where it is read. */
  readonly day: string;
}

const TOGETHER_MS = 5 * 60_000;

/** The same author going on within five minutes; a notice and a new day come between. */
export function continues(utterance: Utterance, before: Utterance | undefined): boolean {
  return (
    before !== undefined &&
    before.kind !== 'notice' &&
    utterance.kind !== 'notice' &&
    before.authorId === utterance.authorId &&
    before.day === utterance.day &&
    utterance.sentAt - before.sentAt <= TOGETHER_MS
  );
}
