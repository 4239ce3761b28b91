import { expect, it } from 'vitest';
import type { PersonalPart } from '../../../src/application/ports/messages.ts';
import type { Store } from '../../../src/application/ports/store.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { FORMER_MEMBER } from '../../../src/domain/identity/former-member.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import { userId } from '../../../src/domain/ids.ts';
import { notice } from '../../../src/domain/messages/message.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { emoji } from '../../../src/domain/reactions/emoji.ts';
import { aUsername, aUsernameKey, insertChat, insertMessage, NOW } from '../../builders.ts';
import { DAY } from '../../fakes.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

const LATER = NOW + DAY;

const removal = ({ id }: Pick<User, 'id'>, at = LATER) => ({
  ...{ userId: id, words: 'keep' as const, at, restsUntil: at + DAY },
});

const newcomer = (name: string, createdAt: number) => ({
  ...{ username: aUsername(name), key: aUsernameKey(name), passwordHash: 'hash', createdAt },
});

export function erasuresContract(open: OpenStorage): void {
  it('an account is removed, and its id stays under "former member"', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    await unitOfWork.run((store) => insertMessage(store, chat, ada));
    await unitOfWork.run((store) => store.administration.setAdministrator(ada.id, NOW));
    const renamed = await unitOfWork.run(({ erasures }) => erasures.removePerson(removal(ada)));
    const user = { id: ada.id, username: FORMER_MEMBER };
    expect(renamed).toEqual({ user, rename: 1, renamedAt: LATER });
    expect(await view.users.find(ada.id)).toBeUndefined();
    expect(await view.users.credentialsById(ada.id)).toBeUndefined();
    expect(await view.users.credentialsOf(aUsernameKey('ada'))).toBeUndefined();
    expect(await view.administration.standing(ada.id)).toBeUndefined();
    expect(await view.administration.administrators()).toEqual([]);
    expect((await view.overview.people({ text: '', after: undefined, limit: 9 })).map((one) => one.user)).toEqual([
      bob,
    ]);
    expect((await view.overview.totals()).people).toBe(1);
    const [message] = await view.messages.before(chat.id, undefined, 9);
    expect(message?.author).toEqual(user);
    expect(await view.users.renamed({ after: 0, since: 0, limit: 9 })).toEqual([renamed]);
    expect(await unitOfWork.run(({ users }) => users.settle(ada.id))).toBe(false);
    expect(await view.erasures.namesOf(ada.id)).toEqual(['ada']);
    expect(await view.administration.hasOthers(bob.id)).toBe(false);
    expect(await view.administration.deactivatedAmong([ada.id])).toEqual([ada.id]);
  });

  it('the name rests, and nothing is removed twice, nor what was made later', async () => {
    const { unitOfWork, ada, bob } = await openedWithChat(open);
    const remove = (user: Pick<User, 'id'>, at?: number) =>
      unitOfWork.run(({ erasures }) => erasures.removePerson(removal(user, at)));
    expect(await remove(bob, NOW - 1)).toBeUndefined();
    expect(await remove({ id: userId(ada.id + 1_000) })).toBeUndefined();
    expect(await remove(ada)).toBeDefined();
    expect(await remove(ada)).toBeUndefined();
    const add = (createdAt: number) => unitOfWork.run(({ users }) => users.add(newcomer('ADA', createdAt)));
    expect(await add(LATER)).toBeUndefined();
    expect((await add(LATER + DAY))?.username).toBe('ADA');
    // Several people may be called so.
    expect(await remove(bob)).toMatchObject({ user: { username: FORMER_MEMBER } });
  });

  it('erasures are kept with how far they came', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const erasure = (user: User) => ({ userId: user.id, words: 'erase' as const, at: NOW });
    await unitOfWork.run(({ erasures }) => erasures.add(erasure(bob), { isDone: true }));
    await unitOfWork.run(({ erasures }) => erasures.add(erasure(ada), { isDone: false }));
    await unitOfWork.run(({ erasures }) => erasures.add({ ...erasure(ada), words: 'keep' }, { isDone: true }));
    const begun = { ...erasure(ada), reached: undefined, isDone: false };
    expect(await view.erasures.list(undefined, 9)).toEqual([begun, { ...begun, ...erasure(bob), isDone: true }]);
    expect(await view.erasures.list(ada.id, 9)).toHaveLength(1);
    const place = { chatId: chat.id, position: revision(7) };
    await unitOfWork.run(({ erasures }) => erasures.reach(ada.id, { place, isDone: true }));
    expect(await view.erasures.find(ada.id)).toEqual({ ...begun, reached: place, isDone: true });
    expect(await view.erasures.find(userId(ada.id + 1_000))).toBeUndefined();
  });

  it('what concerns a user is found in parts, in the order of chats and positions', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const other = await unitOfWork.run((store) => insertChat(store, 'Den', bob, ada));
    await unitOfWork.run((store) => fill(store, { ada, bob, chats: [other, chat] }));
    const read = async (window: number) => {
      const parts: PersonalPart[] = [];
      for (let after: PersonalPart['next']; ; ) {
        const part = await view.messages.personal({ userId: ada.id, after, window });
        parts.push(part);
        if (!part.next) return parts;
        after = part.next;
      }
    };
    for (const window of [1, 2, 3, 100]) {
      const parts = await read(window);
      const placesOf = (of: (part: PersonalPart) => readonly { chatId: number; position: number }[]) =>
        parts.flatMap(of).map(({ chatId, position }) => [chatId, position]);
      const inBoth = (...positions: number[]) =>
        [chat.id, other.id].flatMap((id) => positions.map((position) => [id, position]));
      expect(placesOf(({ written }) => written)).toEqual(inBoth(1, 4));
      expect(placesOf(({ about }) => about)).toEqual(inBoth(3, 5));
      expect(placesOf(({ reactions }) => reactions)).toEqual(inBoth(2));
    }
    expect((await read(100)).length).toBe(1);
  });

  it('a user’s memberships are read by chat, and who would be the heir', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const den = await unitOfWork.run((store) => insertChat(store, 'Den', ada));
    const ids = async (after: typeof chat.id | undefined, limit: number) =>
      (await view.members.ofUser(ada.id, after, limit)).map(({ chatId }) => chatId);
    expect(await ids(undefined, 9)).toEqual([chat.id, den.id]);
    expect([await ids(undefined, 1), await ids(chat.id, 9), await ids(den.id, 9)]).toEqual([[chat.id], [den.id], []]);
    expect(await view.members.heir(chat.id, ada.id)).toEqual(bob);
    expect(await view.members.heir(den.id, ada.id)).toBeUndefined();
  });
}

/** In each chat: a message of Ada's, one of Bob's with her reaction, one that mentions her, a notice of hers, and one of his. */
async function fill(
  store: Store,
  { ada, bob, chats }: { ada: User; bob: User; chats: readonly Awaited<ReturnType<typeof insertChat>>[] },
): Promise<void> {
  for (const chat of chats) {
    await insertMessage(store, chat, ada);
    const { position } = await insertMessage(store, chat, bob);
    await store.reactions.add({ chatId: chat.id, position, emoji: emoji('👍'), userId: ada.id }, position);
    const mentioning = await insertMessage(store, chat, bob, { text: messageBody('@ada') });
    await store.messages.setMentions(mentioning, [{ userId: ada.id, name: 'ada' }]);
    for (const author of [ada, bob]) {
      const next = await store.chats.nextRevision(chat.id);
      const said = { chatId: chat.id, position: next, author, text: messageBody('somebody joined'), sentAt: NOW };
      await store.messages.add(notice(said));
    }
    await insertMessage(store, chat, bob);
  }
}
