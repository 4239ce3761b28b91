import { expect, it } from 'vitest';
import { sessionId, userId } from '../../../src/domain/ids.ts';
import { aSessionOf, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

const UNKNOWN = sessionId('unknown');

export function sessionsContract(open: OpenStorage): void {
  it('finds a session with its user', async () => {
    const { unitOfWork, view, bob } = await openedWithChat(open);
    const session = aSessionOf(bob, { createdAt: NOW - 5, seenAt: NOW });
    await unitOfWork.run((store) => store.sessions.add(session));
    expect(await view.sessions.find(session.id)).toEqual({ session, user: bob });
  });

  it('finds a session that expired long ago', async () => {
    const { unitOfWork, view, ada } = await openedWithChat(open);
    const session = aSessionOf(ada, { createdAt: 0, seenAt: 1 });
    await unitOfWork.run((store) => store.sessions.add(session));
    expect(await view.sessions.find(session.id)).toEqual({ session, user: ada });
  });

  it('finds nothing under an unknown id', async () => {
    const { view } = await openedWithChat(open);
    expect(await view.sessions.find(UNKNOWN)).toBeUndefined();
  });

  it('tells ids apart by case and by every character', async () => {
    const { unitOfWork, view, ada } = await openedWithChat(open);
    await unitOfWork.run((store) => store.sessions.add(aSessionOf(ada, { id: sessionId('AbC') })));
    expect(await view.sessions.find(sessionId('abc'))).toBeUndefined();
    expect(await view.sessions.find(sessionId('AbC '))).toBeUndefined();
  });

  it('takes an id once, and a session only of a user there is', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const session = aSessionOf(ada);
    await unitOfWork.run((store) => store.sessions.add(session));
    await expectMistake(unitOfWork.run((store) => store.sessions.add(aSessionOf(bob, { id: session.id }))));
    const nobodys = aSessionOf(bob, { userId: userId(bob.id + 100) });
    await expectMistake(unitOfWork.run((store) => store.sessions.add(nobodys)));
    expect(await view.sessions.find(session.id)).toEqual({ session, user: ada });
    expect(await view.sessions.find(nobodys.id)).toBeUndefined();
  });

  it('writes down when a session was seen, of that session only', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const [seen, other] = [aSessionOf(ada), aSessionOf(bob)];
    await unitOfWork.run(async (store) => {
      await store.sessions.add(seen);
      await store.sessions.add(other);
      await store.sessions.see(seen.id, NOW + 7);
      await store.sessions.see(UNKNOWN, NOW + 9);
    });
    expect((await view.sessions.find(seen.id))?.session).toEqual({ ...seen, seenAt: NOW + 7 });
    expect((await view.sessions.find(other.id))?.session).toEqual(other);
    expect(await view.sessions.find(UNKNOWN)).toBeUndefined();
  });

  it('removes a session once and answers with it', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const [session, other] = [aSessionOf(ada, { seenAt: NOW + 3 }), aSessionOf(bob)];
    const answers = await unitOfWork.run(async (store) => {
      await store.sessions.add(session);
      await store.sessions.add(other);
      return [await store.sessions.remove(session.id), await store.sessions.remove(session.id)];
    });
    expect(answers).toEqual([session, undefined]);
    expect(await view.sessions.find(session.id)).toBeUndefined();
    expect(await view.sessions.find(other.id)).toBeDefined();
  });

  it("lists a user's own sessions, the oldest first", async () => {
    const { unitOfWork, ada, bob } = await openedWithChat(open);
    const at = (createdAt: number) =>
      aSessionOf(ada, { id: sessionId(`of ${createdAt}`), createdAt, seenAt: NOW - createdAt });
    const listed = await unitOfWork.run(async (store) => {
      for (const session of [at(20), at(10), aSessionOf(bob), at(30)]) await store.sessions.add(session);
      return { ada: await store.sessions.ofUser(ada.id), nobody: await store.sessions.ofUser(userId(bob.id + 100)) };
    });
    expect(listed).toEqual({ ada: [at(10), at(20), at(30)], nobody: [] });
  });

  it('removes sessions created or seen at a moment or before it, and no later ones', async () => {
    const { unitOfWork, view, ada } = await openedWithChat(open);
    const named = (name: string, createdAt: number, seenAt: number) =>
      aSessionOf(ada, { id: sessionId(name), createdAt, seenAt });
    const kept = named('kept', 101, 201);
    const stale = [named('old', 100, 300), named('idle', 101, 200), named('both', 1, 2)];
    const removed = await unitOfWork.run(async (store) => {
      for (const session of [kept, ...stale]) await store.sessions.add(session);
      const until = { createdAt: 100, seenAt: 200 };
      return [await store.sessions.removeStale(until), await store.sessions.removeStale(until)];
    });
    expect(removed[0]).toHaveLength(3);
    expect(removed[0]).toEqual(expect.arrayContaining(stale));
    expect(removed[1]).toEqual([]);
    expect((await view.sessions.find(kept.id))?.session).toEqual(kept);
    for (const { id } of stale) expect(await view.sessions.find(id)).toBeUndefined();
  });

  it('judges what is stale by what the unit itself has written', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const [seenAgain, idle] = [aSessionOf(ada, { seenAt: 100 }), aSessionOf(bob, { seenAt: 100 })];
    await unitOfWork.run(async (store) => {
      await store.sessions.add(seenAgain);
      await store.sessions.add(idle);
    });
    const removed = await unitOfWork.run(async (store) => {
      await store.sessions.see(seenAgain.id, 300);
      return await store.sessions.removeStale({ createdAt: 0, seenAt: 200 });
    });
    expect(removed).toEqual([idle]);
    expect(await view.sessions.find(idle.id)).toBeUndefined();
    expect((await view.sessions.find(seenAgain.id))?.session.seenAt).toBe(300);
  });

  it('leaves an unknown id free when it is seen', async () => {
    const { unitOfWork, view, ada } = await openedWithChat(open);
    const session = aSessionOf(ada, { id: UNKNOWN });
    await unitOfWork.run(async (store) => {
      await store.sessions.see(UNKNOWN, NOW + 9);
      await store.sessions.add(session);
    });
    expect((await view.sessions.find(UNKNOWN))?.session).toEqual(session);
  });
}
