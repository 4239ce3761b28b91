import { expect, it } from 'vitest';
import type { HeldSession } from '../../../src/domain/identity/held-session.ts';
import { sessionId, userId } from '../../../src/domain/ids.ts';
import { aSessionOf, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

export function heldSessionsContract(open: OpenStorage): void {
  it('keeps the sessions of a user until they are asked for, or their time is over', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const held = (user: typeof ada, id: string, heldUntil = NOW + 1): HeldSession => {
      const { confirmedAt: _, ...session } = aSessionOf(user, { id: sessionId(id) });
      return { ...session, heldUntil };
    };
    const [first, second, ofBob] = [held(ada, 'first'), held(ada, 'second', NOW), held(bob, 'third')];
    await unitOfWork.run(async ({ heldSessions }) => {
      for (const one of [second, first, ofBob, first]) await heldSessions.put(one);
    });
    expect(await view.heldSessions.ofUser(ada.id)).toEqual([first, second]);
    expect(await unitOfWork.run(({ heldSessions }) => heldSessions.removeExpired(NOW))).toBe(1);
    expect(await unitOfWork.run(({ heldSessions }) => heldSessions.removeOf(ada.id))).toEqual([first]);
    expect(await view.heldSessions.ofUser(ada.id)).toEqual([]);
    expect(await view.heldSessions.ofUser(bob.id)).toEqual([ofBob]);
    const mistaken = { ...first, userId: userId(ada.id + 100) };
    await expectMistake(unitOfWork.run(({ heldSessions }) => heldSessions.put(mistaken)));
  });
}
