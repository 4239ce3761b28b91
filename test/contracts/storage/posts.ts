import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Storage } from '../../../src/application/ports/storage.ts';
import type { Chat } from '../../../src/domain/chats/chat.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import { chatId, sessionId, userId } from '../../../src/domain/ids.ts';
import { clientId } from '../../../src/domain/messages/client-id.ts';
import { NO_NAMES } from '../../../src/domain/messages/mentions.ts';
import { textOf } from '../../../src/domain/messages/message.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { decidePost } from '../../../src/domain/messages/posting.ts';
import { aSessionOf, insertChat, insertMessage, NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

const ALL = revision(0);
const anyText = fc
  .string({ unit: 'binary', minLength: 1 })
  .filter((text) => text.trim() !== '' && !text.includes('\0'));
const refusal = new DomainError('forbidden', 'No.');

/** Posts as data, which a storage may carry out as one batch, and concurrent reads. */
export function postsContract(open: OpenStorage): void {
  const texts = async ({ view }: Storage, chat: Chat) =>
    (await view.messages.changedAfter(chat.id, ALL, 1_000)).map(textOf);

  async function openedWithTwo() {
    const world = await openedWithChat(open);
    const other = await world.unitOfWork.run((store) => insertChat(store, 'Other', world.ada, world.bob));
    const post = (chat: Chat, text: string, { as, author = world.ada }: { as?: string; author?: User } = {}) => {
      const said = {
        chatId: chat.id,
        author,
        text: messageBody(text),
        clientId: as ? clientId(as) : null,
        replyTo: null,
        names: NO_NAMES,
        files: [],
        sentAt: NOW,
      };
      return world.unitOfWork.post(said, (facts) => decidePost(said, facts));
    };
    return { ...world, other, post };
  }

  it('posts in the order of their starting, with dense revisions in each chat', async () => {
    const world = await openedWithTwo();
    const { chat, other, post, view } = world;
    const numbers = Array.from({ length: 50 }, (_, index) => `${index}`);
    const posted = await Promise.all(numbers.flatMap((text) => [chat, other].map((to) => post(to, text))));
    expect(await texts(world, chat)).toEqual(numbers);
    expect(await texts(world, other)).toEqual(numbers);
    const inChat = posted.filter(({ message }) => message.chatId === chat.id);
    expect(inChat.map(({ message }) => message.revision)).toEqual(numbers.map((_, index) => index + 1));
    expect(await view.messages.before(chat.id, undefined, 100)).toEqual(inChat.map(({ message }) => message));
    expect((await view.chats.find(chat.id))?.revision).toBe(50);
  });

  it('keeps the order of posts and other units', async () => {
    const world = await openedWithTwo();
    const { unitOfWork, ada, chat, post } = world;
    const insert = (text: string) =>
      unitOfWork.run((store) => insertMessage(store, chat, ada, { text: messageBody(text), clientId: null }));
    await Promise.all([post(chat, '1'), insert('2'), post(chat, '3'), post(chat, '4'), insert('5'), insert('6')]);
    expect(await texts(world, chat)).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  it('loses of the posts started together only those that are refused', async () => {
    const world = await openedWithTwo();
    const { unitOfWork, ada, chat, other, post } = world;
    const refused = unitOfWork.post(
      { chatId: chat.id, author: ada, clientId: null, replyTo: null, names: NO_NAMES, files: [] },
      () => {
        throw refusal;
      },
    );
    const outsider = { id: userId(ada.id + 100), username: ada.username };
    const outcomes = await Promise.allSettled([
      post(chat, 'one'),
      refused,
      post(other, 'two'),
      post(chat, 'lost', { author: outsider }),
      unitOfWork.run(() => Promise.reject(refusal)),
      post(chat, 'three'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(outcomes[1]).toHaveProperty('reason', refusal);
    expect(outcomes[3]).toHaveProperty('reason.code', 'forbidden');
    expect(await texts(world, chat)).toEqual(['one', 'three']);
    expect(await texts(world, other)).toEqual(['two']);
  });

  it('loses of the posts started together only the one that breaks a constraint', async () => {
    const world = await openedWithTwo();
    const { unitOfWork, ada, chat, post } = world;
    const text = messageBody('lost');
    const said = {
      chatId: chat.id,
      author: ada,
      text,
      clientId: null,
      replyTo: null,
      names: NO_NAMES,
      files: [],
      sentAt: NOW,
    };
    // At a position that is already taken.
    const mistaken = () => unitOfWork.post(said, (facts) => decidePost(said, { ...facts, nextRevision: revision(1) }));
    const outcomes = await Promise.allSettled([post(chat, 'one'), mistaken(), post(chat, 'two'), post(chat, 'three')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(await texts(world, chat)).toEqual(['one', 'two', 'three']);
  });

  it('refuses whoever is no member, and a chat that does not exist', async () => {
    const { chat, post, view } = await openedWithTwo();
    const nowhere = { ...chat, id: chatId(chat.id + 100) };
    await expect(post(nowhere, 'Hi')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await view.messages.before(nowhere.id, undefined, 10)).toEqual([]);
  });

  it('stores a post that is sent again once, also when both are started together', async () => {
    const world = await openedWithTwo();
    const { chat, post } = world;
    const [first, again] = await Promise.all([post(chat, 'Hi', { as: 'once' }), post(chat, 'Hi', { as: 'once' })]);
    const later = await post(chat, 'Hi', { as: 'once' });
    expect([first, again, later].map(({ isNew }) => isNew)).toEqual([true, false, false]);
    expect([again.message, later.message]).toEqual([first.message, first.message]);
    await expect(post(chat, 'Something else', { as: 'once' })).rejects.toMatchObject({ code: 'conflict' });
    await post(chat, 'after');
    expect(await texts(world, chat)).toEqual(['Hi', 'after']);
  });

  it('tells client ids apart by chat and author', async () => {
    const world = await openedWithTwo();
    const { bob, chat, other, post } = world;
    const posted = await Promise.all([
      post(chat, 'a', { as: 'id' }),
      post(chat, 'b', { as: 'Id' }),
      post(other, 'c', { as: 'id' }),
      post(chat, 'd', { as: 'id', author: bob }),
    ]);
    expect(posted.map(({ isNew }) => isNew)).toEqual([true, true, true, true]);
    expect(await texts(world, chat)).toEqual(['a', 'b', 'd']);
  });

  it('keeps any texts that are posted together', async () => {
    const { chat, post, view } = await openedWithTwo();
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 8 }), async (bodies) => {
        await Promise.all(bodies.map((text) => post(chat, text)));
        const kept = await view.messages.before(chat.id, undefined, bodies.length);
        expect(kept.map(textOf)).toEqual(bodies);
      }),
    );
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
