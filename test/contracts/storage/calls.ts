import { expect, it } from 'vitest';
import { type Chat, revision } from '../../../src/domain/chats/chat.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import { userId } from '../../../src/domain/ids.ts';
import { tombstone } from '../../../src/domain/messages/changes.ts';
import { unreadCalls } from '../../../src/domain/reading/calls.ts';
import { insertChat, insertMessage, insertUser, NOW } from '../../builders.ts';
import { insertDirect } from './direct.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

/** The number of unread messages that call for their reader, which badges show. */
export function callsContract(open: OpenStorage): void {
  async function openedWithReader() {
    const world = await openedWithChat(open);
    const { unitOfWork, view, ada } = world;
    return {
      ...world,
      direct: await unitOfWork.run((store) => insertDirect(store, world.ada, world.bob)),
      say: (where: Chat, author: User, mentioned: readonly User[] = []) =>
        unitOfWork.run(async (store) => {
          const message = await insertMessage(store, where, author, { clientId: null });
          const mentions = [...mentioned, ...mentioned].map(({ id, username }) => ({ userId: id, name: username }));
          await store.messages.setMentions(message, mentions);
          return message;
        }),
      /** What calls for Ada. The list of her chats says the same. */
      async calls() {
        const listed = await view.chats.summariesOfUser(ada.id);
        const shown = listed.map(({ people, reading }) => ({ isDirect: people !== undefined, ...reading }));
        const calls = await view.reading.callsFor(ada.id);
        expect(calls).toBe(unreadCalls(shown));
        expect(await unitOfWork.run((store) => store.reading.callsFor(ada.id))).toBe(calls);
        return calls;
      },
    };
  }

  it('is the sum of the mentions in groups and of all messages in direct chats, of others and as long as they are unread', async () => {
    const { unitOfWork, chat, direct, ada, bob, say, calls } = await openedWithReader();
    expect(await calls()).toBe(0);
    const den = await unitOfWork.run((store) => insertChat(store, 'Den', bob, ada));
    for (const where of [chat, den]) {
      await say(where, bob);
      await say(where, bob, [ada]);
      await say(where, ada, [ada]);
    }
    expect(await calls()).toBe(2);
    await say(direct, ada);
    const [first, second] = [await say(direct, bob), await say(direct, bob, [ada])];
    expect(await calls()).toBe(4);
    if (second.kind !== 'text') throw new Error('No text.');
    await unitOfWork.run(async (store) => {
      await store.reading.set(den.id, ada.id, { position: revision(3), version: 0 });
      const at = { revision: await store.chats.nextRevision(direct.id), by: bob.id, at: NOW };
      await store.messages.change(tombstone(second, at));
    });
    expect(await calls()).toBe(2);
    await unitOfWork.run((store) => store.reading.set(direct.id, ada.id, { position: first.position, version: 0 }));
    expect(await calls()).toBe(1);
    await unitOfWork.run((store) => store.members.remove(chat.id, ada.id));
    expect(await calls()).toBe(0);
  });

  it('counts nothing of a hidden chat until its next message, and at most 100 of each chat', async () => {
    const { unitOfWork, direct, chat, ada, bob, say, calls } = await openedWithReader();
    const { position } = await say(direct, bob);
    await unitOfWork.run((store) => store.members.hide(direct.id, ada.id, position));
    expect(await calls()).toBe(0);
    for (let n = 0; n < 104; n += 1) {
      await say(direct, bob);
      await say(chat, bob, [ada]);
    }
    expect(await calls()).toBe(200);
  });

  it('is nothing for an unknown user, and each their own for several who ask at once', async () => {
    const { unitOfWork, view, chat, direct, ada, bob, say } = await openedWithReader();
    const cleo = await unitOfWork.run((store) => insertUser(store, 'cleo'));
    await say(direct, bob);
    await say(chat, ada, [bob]);
    await say(chat, ada, [bob, ada]);
    const asked = [ada.id, bob.id, cleo.id, userId(cleo.id + 100)].map((id) => view.reading.callsFor(id));
    expect(await Promise.all(asked)).toEqual([1, 2, 0, 0]);
  });
}
