import type { WireTally } from './message.ts';

/** One emoji under a message, as the template shows it. */
export interface ReactionChip {
  readonly emoji: string;
  readonly count: number;
  /** Whether the reader is among those who reacted. */
  readonly own: boolean;
  /** Who reacted, as a text: the reader first. */
  readonly names: string;
}

/**
 * The chips of a message's reactions, for this reader.
 * @param wasOwn whether the reader was known to have reacted with the emoji, for tallies that do not name everybody
 */
export function reactionChips(
  reactions: readonly WireTally[],
  viewerId: number,
  wasOwn: (emoji: string) => boolean = () => false,
): readonly ReactionChip[] {
  return reactions.map(({ emoji, count, users }) => {
    const isNamed = users.some(({ id }) => id === viewerId);
    const own = isNamed || (count > users.length && wasOwn(emoji));
    const others = users.filter(({ id }) => id !== viewerId).map(({ username }) => username);
    return { emoji, count, own, names: namesOf(own ? ['You', ...others] : others, count) };
  });
}

function namesOf(named: readonly string[], count: number): string {
  const more = count - named.length;
  const all = more > 0 ? [...named, `${more} more`] : named;
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}
