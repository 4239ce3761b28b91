import { expect, it } from 'vitest';
import type { StoreView } from '../../../src/application/ports/store.ts';
import type { Chat } from '../../../src/domain/chats/chat.ts';
import type { Invite } from '../../../src/domain/chats/invite.ts';
import type { Session } from '../../../src/domain/identity/session.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import {
  aMembership,
  anInviteTo,
  aSessionOf,
  aUsernameKey,
  insertChat,
  insertMessage,
  insertUser,
} from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

/** Only in these tests does a unit await something other than its store: the view, to check what it does not show. */
/** What both a unit and the view can read. */
type Readable = Omit<StoreView, 'version' | 'time'>;

export function isolationContract(open: OpenStorage): void {
  it('shows the unit its own writes and the view none of them', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const session = aSessionOf(ada);
    const invite = anInviteTo(chat, ada);
    const look = (at: Readable) => lookAt(at, { ada, chat, session, invite });

    const before = await look(view);
    const during = await unitOfWork.run(async (store) => {
      const eve = await insertUser(store, 'eve');
      await store.members.add(aMembership({ chatId: chat.id, userId: eve.id }));
      await store.sessions.add(session);
      await store.invites.add(invite);
      await insertMessage(store, chat, bob);
      await insertChat(store, 'Annex', ada);
      return { inside: await look(store), outside: await look(view) };
    });
    const after = await look(view);

    expect(before).toEqual({
      eve: false,
      session: false,
      invite: false,
      chats: 1,
      members: 2,
      messages: 0,
      revision: 0,
    });
    expect(during.outside).toEqual(before);
    expect(during.inside).toEqual({
      eve: true,
      session: true,
      invite: true,
      chats: 2,
      members: 3,
      messages: 1,
      revision: 1,
    });
    expect(after).toEqual(during.inside);
  });

  it('tells by the version of the view that something was committed', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const before = view.version();
    await view.chats.ofUser(ada.id);
    expect(view.version()).toBe(before);

    const during = await unitOfWork.run(async (store) => {
      await insertMessage(store, chat, ada);
      return view.version();
    });
    expect(during).toBe(before);
    // An adapter without a cheap version number answers undefined.
    if (before !== undefined) expect(view.version()).not.toBe(before);
  });

  it('CK-1: tells the time by its own clock where it has one', async () => {
    const { view } = await openedWithChat(open);
    const time = await view.time();
    expect(Math.abs((time ?? Date.now()) - Date.now())).toBeLessThan(60_000);
  });

  it('goes on showing in the view what a unit has removed until it commits', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const session = aSessionOf(ada);
    await unitOfWork.run((store) => store.sessions.add(session));
    const find = async (at: Readable) => ({
      session: (await at.sessions.find(session.id)) !== undefined,
      membership: (await at.members.find(chat.id, bob.id)) !== undefined,
    });

    const during = await unitOfWork.run(async (store) => {
      await store.sessions.remove(session.id);
      await store.members.remove(chat.id, bob.id);
      return { inside: await find(store), outside: await find(view) };
    });

    expect(during.inside).toEqual({ session: false, membership: false });
    expect(during.outside).toEqual({ session: true, membership: true });
    expect(await find(view)).toEqual({ session: false, membership: false });
  });

  it('shows a unit nothing of another that is not done', async () => {
    const { unitOfWork, chat, ada } = await openedWithChat(open);
    const first = unitOfWork.run(async (store) => {
      await insertMessage(store, chat, ada);
      await store.chats.find(chat.id);
      await insertMessage(store, chat, ada);
    });
    const second = unitOfWork.run(async (store) => (await store.chats.find(chat.id))?.revision);
    await first;
    expect(await second).toSatisfy((seen) => seen === 0 || seen === 2);
  });

  it('shows a unit nothing of one before it that failed', async () => {
    const { unitOfWork, chat, ada } = await openedWithChat(open);
    const failing = unitOfWork.run(async (store) => {
      await insertUser(store, 'eve');
      await insertMessage(store, chat, ada);
      throw new Error('no');
    });
    const next = unitOfWork.run(async (store) => ({
      eve: await store.users.credentialsOf(aUsernameKey('eve')),
      messages: await store.messages.before(chat.id, undefined, 10),
    }));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toEqual({ eve: undefined, messages: [] });
  });
}

interface Looked {
  readonly ada: User;
  readonly chat: Chat;
  readonly session: Session;
  readonly invite: Invite;
}

async function lookAt(at: Readable, { ada, chat, session, invite }: Looked) {
  return {
    eve: (await at.users.credentialsOf(aUsernameKey('eve'))) !== undefined,
    session: (await at.sessions.find(session.id)) !== undefined,
    invite: (await at.invites.find(invite.id)) !== undefined,
    chats: (await at.chats.ofUser(ada.id)).length,
    members: await at.members.count(chat.id),
    messages: (await at.messages.before(chat.id, undefined, 10)).length,
    revision: (await at.chats.find(chat.id))?.revision,
  };
}
