import type { MessageKind } from '../../domain/messages/message.ts';

/** What decides whether a message stands under the header of the one before. */
export interface Utterance {
  readonly kind: MessageKind;
  readonly authorId: number;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** The day it was sent on, where it is read. */
  readonly day: string;
  readonly isReply: boolean;
}

const TOGETHER_MS = 5 * 60_000;

/** The same author going on within five minutes. Notices, replies and a new day begin with a header of their own. */
export function continues(utterance: Utterance, before: Utterance | undefined): boolean {
  return (
    before !== undefined &&
    before.kind !== 'notice' &&
    utterance.kind !== 'notice' &&
    !utterance.isReply &&
    before.authorId === utterance.authorId &&
    before.day === utterance.day &&
    utterance.sentAt - before.sentAt <= TOGETHER_MS
  );
}
