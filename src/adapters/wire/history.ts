import type { WireMessage } from './message.ts';

/** Messages in one page of a chat's history, unless a request asks for another number. */
export const MESSAGES_PER_PAGE = 50;

/** The answer to a request for a part of a chat's history. */
export interface WireHistory {
  /** Oldest first. */
  readonly messages: readonly WireMessage[];
  /** The chat's revision when the messages were read. */
  readonly revision: number;
}

/** A page may be short because its messages are long: only the first position tells. */
export const isMoreBefore = ([first]: readonly WireMessage[]): boolean => first !== undefined && first.position > 1;
