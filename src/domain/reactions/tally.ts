import type { User } from '../identity/user.ts';
import type { Branded } from '../ids.ts';

/** One emoji, in the form that matches `\p{RGI_Emoji}`. */
export type Emoji = Branded<string, 'Emoji'>;

/** Who has reacted to a message with an emoji. */
export interface Tally {
  readonly emoji: Emoji;
  readonly count: number;
  /** The first of them, at most MAX_NAMED, in the order of their reactions. */
  readonly users: readonly User[];
}

/** Maximum people named in a tally. */
export const MAX_NAMED = 20;
