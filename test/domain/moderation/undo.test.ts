import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatName, revision } from '../../../src/domain/chats/chat.ts';
import { inviteId } from '../../../src/domain/chats/invite.ts';
import { userId } from '../../../src/domain/ids.ts';
import { type Act, actId, isUndoable, UNDOABLE_FOR_MS } from '../../../src/domain/moderation/act.ts';
import { type Change, inverse, isSameValue, keyOf } from '../../../src/domain/moderation/changes.ts';
import { reason } from '../../../src/domain/moderation/reason.ts';
import { aChat, anAct, anInviteTo, aUser, NOW } from '../../builders.ts';

type Value = Change['before'];
type State = Map<string, Value>;

/** Carries out changes, each of which must find the value from which it starts. */
function carryOut(state: State, changes: readonly Change[]): void {
  for (const change of changes) {
    expect(isSameValue(state.get(keyOf(change)) ?? null, change.before)).toBe(true);
    state.set(keyOf(change), change.after);
  }
}

const PEOPLE = 6;
const aPerson = fc.integer({ min: 1, max: PEOPLE }).map(userId);
const aMoment = fc.integer({ min: NOW, max: NOW + 50 });
const aPosition = fc.integer({ min: 1, max: 20 }).map(revision);
const names = ['Lobby', 'Quay', 'Den', 'Pier'].map(chatName);
const invites = ['one', 'two', 'three'].map((code) => anInviteTo(aChat(), aUser(), { id: inviteId(code) }));

/** A thing that can be changed, and the values that it may get. */
const aWish = fc.oneof(
  fc.record({
    aspect: fc.constant('membership' as const),
    userId: aPerson,
    after: fc.oneof(
      fc.constant(null),
      fc.record({ role: fc.constantFrom('owner', 'moderator', 'member'), joinedAt: aMoment }),
    ),
  }),
  fc.record({
    aspect: fc.constant('ban' as const),
    userId: aPerson,
    after: fc.oneof(
      fc.constant(null),
      fc.record({
        by: aPerson,
        at: aMoment,
        until: fc.oneof(fc.constant(null), aMoment),
        reason: fc.constant(reason('spam')),
      }),
    ),
  }),
  fc.record({ aspect: fc.constant('bar' as const), userId: aPerson, after: fc.oneof(fc.constant(null), aMoment) }),
  fc.record({
    aspect: fc.constant('message' as const),
    position: aPosition,
    after: fc.oneof(fc.constant(null), fc.record({ by: aPerson, at: aMoment })),
  }),
  fc.record({
    aspect: fc.constant('report' as const),
    position: aPosition,
    userId: aPerson,
    after: fc.oneof(fc.constant(null), aMoment),
  }),
  fc.record({ aspect: fc.constant('name' as const), after: fc.constantFrom(...names) }),
  fc.record({ aspect: fc.constant('slow_mode' as const), after: fc.constantFrom(0, 5, 30) }),
  fc.constantFrom(...invites).map((invite) => ({ aspect: 'invite' as const, inviteId: invite.id, after: invite })),
);

const START: readonly (readonly [string, Value])[] = [
  ...Array.from({ length: PEOPLE }, (_, n) => [`membership ${n + 1}`, { role: 'member', joinedAt: NOW }] as const),
  ['name', chatName('Lobby')],
  ['slow_mode', 0],
];

const plain = (state: State) => Object.fromEntries([...state].filter(([, value]) => value !== null).toSorted());

describe('undoing', () => {
  it('ends in the state at the beginning, in whatever legal order a thousand acts are undone', () => {
    const acts = fc.array(fc.array(aWish, { minLength: 1, maxLength: 4 }), { minLength: 1_000, maxLength: 1_000 });
    fc.assert(
      fc.property(acts, fc.infiniteStream(fc.nat(1_000_000)), (wishes, choices) => {
        const state: State = new Map(START);
        const done: Act[] = [];
        for (const [index, wished] of wishes.entries()) {
          const changes: Change[] = [];
          for (const wish of wished) {
            const toNull = wish.aspect === 'invite' && state.get(keyOf(wish as never)) ? { after: null } : {};
            // The wish names an aspect together with a value of it.
            const change = { ...wish, ...toNull, before: state.get(keyOf(wish as never)) ?? null } as unknown as Change;
            if (isSameValue(change.before, change.after)) continue;
            carryOut(state, [change]);
            changes.push(change);
          }
          if (changes.length > 0) done.push({ ...anAct({ changes }), id: actId(index + 1) });
        }
        const left = [...done];
        while (left.length > 0) {
          // Any act, or else one of those after it that stand in its way. The last one can always be undone.
          let at = (choices.next().value ?? 0) % left.length;
          while (!isUndoable(left[at] as Act, left.slice(at + 1), NOW))
            at += 1 + ((choices.next().value ?? 0) % (left.length - at - 1));
          const [chosen] = left.splice(at, 1);
          carryOut(state, inverse(chosen?.changes ?? []));
        }
        expect(plain(state)).toEqual(plain(new Map(START)));
      }),
      { numRuns: 1 },
    );
  });

  it('is possible for ten minutes, once, and while no later act has changed the same', () => {
    const change = { aspect: 'slow_mode', before: 0, after: 5 } as const;
    const one: Act = { ...anAct({ kind: 'slow_mode_set', changes: [change] }), id: actId(1) };
    const later: Act = { ...one, id: actId(2), changes: [{ ...change, before: 5, after: 9 }] };
    const elsewhere: Act = {
      ...anAct({ changes: [{ aspect: 'bar', userId: userId(1), before: null, after: 1 }] }),
      id: actId(3),
    };
    const undoing = (act: Act): Act => ({
      ...anAct({ kind: 'undone', undoes: act.id, changes: inverse(act.changes) }),
      id: actId(9),
    });
    expect(isUndoable(one, [], NOW + UNDOABLE_FOR_MS - 1)).toBe(true);
    expect(isUndoable(one, [], NOW + UNDOABLE_FOR_MS)).toBe(false);
    expect(isUndoable(one, [elsewhere], NOW)).toBe(true);
    expect(isUndoable(one, [later], NOW)).toBe(false);
    expect(isUndoable(one, [later, undoing(later)], NOW)).toBe(true);
    expect(isUndoable(one, [undoing(one)], NOW)).toBe(false);
    expect(isUndoable(undoing(one), [], NOW)).toBe(false);
  });
});
