import { expect, it } from 'vitest';
import type { Store } from '../../../src/application/ports/store.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import { clientId } from '../../../src/domain/messages/client-id.ts';
import {
  aMembership,
  aMessageIn,
  anInviteTo,
  aSessionOf,
  aUsernameKey,
  insertChat,
  insertMessage,
  insertUser,
  NOW,
} from '../../builders.ts';
import { type OpenStorage, opened, openedWithChat } from './opened.ts';

export function unitOfWorkContract(open: OpenStorage): void {
  it('resolves with what the work returns', async () => {
    const { unitOfWork } = await opened(open);
    const result = { said: 'done' };
    expect(await unitOfWork.run(async () => result)).toBe(result);
  });

  it('shows in the view what a unit wrote as soon as it resolved', async () => {
    const { unitOfWork, view } = await opened(open);
    const seen = unitOfWork.run((store) => insertUser(store)).then(() => view.users.credentialsOf(aUsernameKey()));
    expect(await seen).toBeDefined();
  });

  it('rejects with the very thing the work threw', async () => {
    const { unitOfWork } = await opened(open);
    const bug = new Error('a bug');
    const refusal = new DomainError('forbidden', 'No.');
    const failing = (error: Error) => async (store: Store) => {
      await insertUser(store);
      throw error;
    };
    await expect(unitOfWork.run(failing(bug))).rejects.toBe(bug);
    await expect(unitOfWork.run(failing(refusal))).rejects.toBe(refusal);
  });

  it('rejects, and goes on, when the work throws before it makes a promise', async () => {
    const { unitOfWork } = await opened(open);
    const error = new Error('at once');
    const unit = unitOfWork.run(() => {
      throw error;
    });
    await expect(unit).rejects.toBe(error);
    expect(await unitOfWork.run(async () => 'fine')).toBe('fine');
  });

  it('undoes everything that a failing unit added', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const written = Promise.withResolvers<Awaited<ReturnType<typeof writeEverywhere>>>();
    const unit = unitOfWork.run(async (store) => {
      written.resolve(await writeEverywhere(store));
      throw new Error('too late');
    });
    await expect(unit).rejects.toThrow('too late');

    const lost = await written.promise;
    expect(await view.users.credentialsOf(aUsernameKey('eve'))).toBeUndefined();
    expect(await view.sessions.find(lost.session.id)).toBeUndefined();
    expect(await view.chats.ofUser(ada.id)).toEqual([chat]);
    expect(await view.members.count(chat.id)).toBe(2);
    expect(await view.invites.find(lost.invite.id)).toBeUndefined();
    expect(await view.messages.before(chat.id, undefined, 10)).toEqual([]);
    expect(await view.chats.find(chat.id)).toEqual(chat);

    async function writeEverywhere(store: Store) {
      const eve = await insertUser(store, 'eve');
      await insertChat(store, 'Lost', ada, eve);
      await store.members.add(aMembership({ chatId: chat.id, userId: eve.id }));
      const session = aSessionOf(ada);
      await store.sessions.add(session);
      const invite = anInviteTo(chat, bob);
      await store.invites.add(invite);
      await insertMessage(store, chat, bob);
      return { session, invite };
    }
  });

  it('undoes everything that a failing unit changed or removed', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const session = aSessionOf(ada);
    const removed = aSessionOf(bob);
    const invite = anInviteTo(chat, ada);
    await unitOfWork.run(async (store) => {
      await store.sessions.add(session);
      await store.sessions.add(removed);
      await store.invites.add(invite);
    });
    const before = await view.users.credentialsOf(aUsernameKey('ada'));

    const unit = unitOfWork.run(async (store) => {
      await store.users.setPasswordHash(ada.id, 'another');
      await store.sessions.see(session.id, NOW + 1);
      await store.sessions.remove(removed.id);
      await store.members.remove(chat.id, bob.id);
      await store.invites.removeExpired(invite.expiresAt);
      throw new Error('too late');
    });
    await expect(unit).rejects.toThrow('too late');

    expect(await view.users.credentialsOf(aUsernameKey('ada'))).toEqual(before);
    expect((await view.sessions.find(session.id))?.session).toEqual(session);
    expect((await view.sessions.find(removed.id))?.session).toEqual(removed);
    expect(await view.members.find(chat.id, bob.id)).toBeDefined();
    expect(await view.members.count(chat.id)).toBe(2);
    expect(await view.chats.ofUser(bob.id)).toEqual([chat]);
    expect(await view.invites.find(invite.id)).toEqual(invite);
  });

  it('gives again what a failing unit had taken: the revision, the name, the client id', async () => {
    const { unitOfWork, ada, chat } = await openedWithChat(open);
    const taking = async (store: Store) => {
      await insertUser(store, 'eve');
      return await insertMessage(store, chat, ada, { clientId: clientId('once') });
    };
    const failed = unitOfWork.run(async (store) => {
      await taking(store);
      throw new Error('too late');
    });
    await expect(failed).rejects.toThrow('too late');
    expect((await unitOfWork.run(taking)).position).toBe(1);
  });

  it('commits units in the order of their starting', async () => {
    const { unitOfWork, chat } = await openedWithChat(open);
    const ended: number[] = [];
    const revisions = await Promise.all(
      [1, 2, 3, 4, 5].map(async (number) => {
        const taken = await unitOfWork.run(async (store) => {
          // The first unit reads the most: if units ran concurrently, the last would finish first.
          for (let reads = number; reads < 5; reads += 1) await store.chats.find(chat.id);
          return await store.chats.nextRevision(chat.id);
        });
        ended.push(number);
        return taken;
      }),
    );
    expect(revisions).toEqual([1, 2, 3, 4, 5]);
    expect(ended).toEqual([1, 2, 3, 4, 5]);
  });

  it('leaves no gap and no double when a hundred units post to one chat at once', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const posted = await Promise.all(
      Array.from({ length: 100 }, () => unitOfWork.run((store) => insertMessage(store, chat, ada))),
    );
    expect(posted.map(({ position }) => position)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(await view.messages.changedAfter(chat.id, revision(0), 200)).toEqual(posted);
    expect((await view.chats.find(chat.id))?.revision).toBe(100);
  });

  it('keeps the units around one that is refused before it writes, and each has run once', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    let runs = 0;
    const write = (store: Store) => {
      runs += 1;
      return insertMessage(store, chat, ada);
    };
    const refused = new DomainError('forbidden', 'No.');
    const outcomes = await Promise.allSettled([
      unitOfWork.run(write),
      unitOfWork.run(async (store) => {
        await store.chats.find(chat.id);
        throw refused;
      }),
      unitOfWork.run(write),
    ]);
    expect(outcomes).toMatchObject([
      { value: { position: 1 } },
      { status: 'rejected', reason: refused },
      { value: { position: 2 } },
    ]);
    expect((await view.chats.find(chat.id))?.revision).toBe(2);
    expect(runs).toBe(2);
  });

  it('loses of the units started together only the one that fails', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const inTakenPlace = aMessageIn(chat, ada, { position: revision(1), clientId: null });
    const outcomes = await Promise.allSettled([
      unitOfWork.run((store) => insertMessage(store, chat, ada)),
      unitOfWork.run(async (store) => {
        await insertMessage(store, chat, ada);
        throw new Error('only mine');
      }),
      unitOfWork.run((store) => store.messages.add(inTakenPlace)),
      unitOfWork.run((store) => insertMessage(store, chat, ada)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    const kept = await view.messages.before(chat.id, undefined, 10);
    expect(kept.map(({ position }) => position)).toEqual([1, 2]);
    expect((await view.chats.find(chat.id))?.revision).toBe(2);
  });
}
