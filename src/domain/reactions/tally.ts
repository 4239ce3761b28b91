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

/**
 * The tallies after this reaction was set or taken back; undefined where they do not say enough: the person who comes twenty-first may
 * have to be named, or another emoji may come first.
 */
export function afterReaction(
  tallies: readonly Tally[],
  { emoji, user, on }: { readonly emoji: Emoji; readonly user: User; readonly on: boolean },
): readonly Tally[] | undefined {
  const before = tallies.find((tally) => tally.emoji === emoji);
  if (on && !before) return [...tallies, { emoji, count: 1, users: [user] }];
  if (!before) return tallies;
  if (!on && before.count === 1) return tallies.filter((tally) => tally !== before);
  if (!on && (before.count > MAX_NAMED || before.users[0]?.id === user.id)) return undefined;
  const users = on ? [...before.users, user].slice(0, MAX_NAMED) : before.users.filter(({ id }) => id !== user.id);
  const after = { emoji, count: before.count + (on ? 1 : -1), users };
  return tallies.map((tally) => (tally === before ? after : tally));
}

/** The tallies of one message's reactions, which are given in the order in which they came. */
export function talliesOf(reactions: Iterable<{ readonly emoji: Emoji; readonly user: User }>): readonly Tally[] {
  const tallies = new Map<Emoji, { readonly emoji: Emoji; count: number; readonly users: User[] }>();
  for (const { emoji, user } of reactions) {
    const tally = tallies.get(emoji) ?? { emoji, count: 0, users: [] };
    tallies.set(emoji, tally);
    tally.count += 1;
    if (tally.users.length < MAX_NAMED) tally.users.push(user);
  }
  return [...tallies.values()];
}

/** Maximum people named in a tally. */
export const MAX_NAMED = 20;
