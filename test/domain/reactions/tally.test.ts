import fc from 'fast-check';
import { expect, it } from 'vitest';
import { userId } from '../../../src/domain/ids.ts';
import { emoji } from '../../../src/domain/reactions/emoji.ts';
import { afterReaction, MAX_NAMED, type Tally } from '../../../src/domain/reactions/tally.ts';
import { aUser } from '../../builders.ts';

const KINDS = ['👍', '❤', '😂'].map(emoji);
const people = Array.from({ length: 24 }, (_, index) => aUser({ id: userId(index + 1) }));

interface Reaction {
  readonly kind: Tally['emoji'];
  readonly by: Tally['users'][number];
}

/** As the store has them, in order of revision. */
function talliesOf(reactions: readonly Reaction[]): readonly Tally[] {
  const kinds = [...new Set(reactions.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const users = reactions.filter((one) => one.kind === kind).map(({ by }) => by);
    return { emoji: kind, count: users.length, users: users.slice(0, MAX_NAMED) };
  });
}

it('the tallies after a reaction are those that the store has, or unknown', () => {
  const step = fc.record({ kind: fc.constantFrom(...KINDS), by: fc.constantFrom(...people), on: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      let reactions: readonly Reaction[] = [];
      for (const { kind, by, on } of steps) {
        const isOn = reactions.some((one) => one.kind === kind && one.by === by);
        if (isOn === on) continue;
        const before = talliesOf(reactions);
        reactions = on ? [...reactions, { kind, by }] : reactions.filter((one) => one.kind !== kind || one.by !== by);
        const after = afterReaction(before, { emoji: kind, user: by, on });
        if (after) expect(after).toEqual(talliesOf(reactions));
      }
    }),
  );
});
