import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Storage } from '../../../src/application/ports/storage.ts';
import type { Store } from '../../../src/application/ports/store.ts';
import type { Chat } from '../../../src/domain/chats/chat.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import { chatId, sessionId, userId } from '../../../src/domain/ids.ts';
import { clientId } from '../../../src/domain/messages/client-id.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { aSessionOf, insertChat, insertMessage } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

const ALL = revision(0);
const anyText = fc
  .string({ unit: 'binary', minLength: 1 })
  .filter((text) => text.trim() !== '' && !text.includes('\0'));
const refusal = new DomainError('forbidden', 'No.');

/** Units of work that keep to a chat each, and what is asked at one moment: a storage may carry them out together. */
export function withinChatsContract(open: OpenStorage): void {
  const texts = async ({ view }: Storage, chat: Chat) =>
    (await view.messages.changedAfter(chat.id, ALL, 1_000)).map(({ text }) => text);

  async function openedWithTwo() {
    const world = await openedWithChat(open);
    const other = await world.unitOfWork.run((store) => insertChat(store, 'Other', world.ada, world.bob));
    const post = (chat: Chat, text: string) => async (store: Store) =>
      insertMessage(store, chat, world.ada, { text: messageBody(text) });
    return { ...world, other, post };
  }

  it('within chats, commits units in the order of their starting, with dense revisions in each chat', async () => {
    const world = await openedWithTwo();
    const { unitOfWork, chat, other, post } = world;
    const numbers = Array.from({ length: 50 }, (_, index) => `${index}`);
    const both = numbers.flatMap((text) => [chat, other].map((to) => unitOfWork.run(post(to, text), to.id)));
    const posted = await Promise.all(both);
    expect(await texts(world, chat)).toEqual(numbers);
    expect(await texts(world, other)).toEqual(numbers);
    expect(posted.filter(({ chatId }) => chatId === chat.id).map(({ revision }) => revision)).toEqual(
      numbers.map((_, index) => index + 1),
    );
  });

  it('within chats, loses of the units started together only those that fail, however they do', async () => {
    const world = await openedWithTwo();
    const { unitOfWork, chat, other, post } = world;
    const outcomes = await Promise.allSettled([
      unitOfWork.run(post(chat, 'one'), chat.id),
      unitOfWork.run(() => Promise.reject(refusal), chat.id),
      unitOfWork.run(() => {
        throw new Error('at once');
      }, other.id),
      unitOfWork.run(async (store) => {
        await post(chat, 'lost')(store);
        throw refusal;
      }, chat.id),
      unitOfWork.run(post(other, 'two'), other.id),
      unitOfWork.run(post(chat, 'three'), chat.id),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(outcomes[1]).toHaveProperty('reason', refusal);
    expect(await texts(world, chat)).toEqual(['one', 'three']);
    expect(await texts(world, other)).toEqual(['two']);
  });

  it('within a chat, one that breaks a constraint is refused, and what is beside it kept', async () => {
    const world = await openedWithTwo();
    const { unitOfWork, ada, chat, post } = world;
    const twice = (store: Store) => insertMessage(store, chat, ada, { clientId: clientId('twice') });
    const outcomes = await Promise.allSettled([
      unitOfWork.run(twice, chat.id),
      unitOfWork.run(twice, chat.id),
      unitOfWork.run(post(chat, 'beside'), chat.id),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await texts(world, chat)).at(-1)).toBe('beside');
  });

  it('within a chat, keeps any texts that are stored together', async () => {
    const world = await openedWithTwo();
    const { unitOfWork, chat, post, view } = world;
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 8 }), async (bodies) => {
        await Promise.all(bodies.map((text) => unitOfWork.run(post(chat, text), chat.id)));
        const kept = await view.messages.before(chat.id, undefined, bodies.length);
        expect(kept.map(({ text }) => text)).toEqual(bodies);
      }),
    );
  });

  it('within a chat, finds what was there before, each unit its own', async () => {
    const world = await openedWithTwo();
    const { unitOfWork, ada, bob, chat, other } = world;
    const [first, second] = [clientId('first'), clientId('second')];
    await unitOfWork.run((store) => insertMessage(store, chat, ada, { clientId: first }));
    const found = await Promise.all(
      [
        { to: chat, author: ada, sent: first },
        { to: chat, author: ada, sent: second },
        { to: other, author: ada, sent: first },
        { to: chat, author: bob, sent: first },
      ].map(({ to, author, sent }) =>
        unitOfWork.run(async (store) => {
          const [member, message] = await Promise.all([
            store.members.find(to.id, author.id),
            store.messages.sentAs(to.id, author, sent),
          ]);
          return [member?.userId, message?.author];
        }, to.id),
      ),
    );
    expect(found).toEqual([
      [ada.id, ada],
      [ada.id, undefined],
      [ada.id, undefined],
      [bob.id, undefined],
    ]);
  });

  it('answers whoever asks at the same moment with their own', async () => {
    const { view, unitOfWork, ada, bob, chat, other } = await openedWithTwo();
    const [his, hers] = [aSessionOf(bob, { id: sessionId('his') }), aSessionOf(ada, { id: sessionId('hers') })];
    await unitOfWork.run(async (store) => {
      await store.sessions.add(his);
      await store.sessions.add(hers);
    });
    const nowhere = chatId(other.id + 100);
    const chats = [other.id, chat.id, nowhere, chat.id].map((id) => view.chats.find(id));
    expect((await Promise.all(chats)).map((found) => found?.name)).toEqual(['Other', 'Lobby', undefined, 'Lobby']);
    const sessions = [hers.id, sessionId('nobodys'), his.id].map((id) => view.sessions.find(id));
    expect(await Promise.all(sessions)).toEqual([{ session: hers, user: ada }, undefined, { session: his, user: bob }]);
    const members = [
      view.members.find(chat.id, bob.id),
      view.members.find(nowhere, bob.id),
      view.members.find(other.id, userId(bob.id + 100)),
      view.members.find(other.id, ada.id),
    ];
    expect((await Promise.all(members)).map((found) => found && [found.chatId, found.userId])).toEqual([
      [chat.id, bob.id],
      undefined,
      undefined,
      [other.id, ada.id],
    ]);
  });
}
