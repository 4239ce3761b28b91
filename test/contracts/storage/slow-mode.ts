import { expect, it } from 'vitest';
import { type Chat, revision } from '../../../src/domain/chats/chat.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import { chatId } from '../../../src/domain/ids.ts';
import { clientId } from '../../../src/domain/messages/client-id.ts';
import { NO_NAMES } from '../../../src/domain/messages/mentions.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { decidePost } from '../../../src/domain/messages/posting.ts';
import { insertChat, NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

const SECOND = 1_000;

/** Ada is the owner and Bob a member of the lobby, which has a slow mode of 30 seconds, and of the den, which has none. */
export function slowModeContract(open: OpenStorage): void {
  async function openedSlow() {
    const world = await openedWithChat(open);
    const den = await world.unitOfWork.run(async (store) => {
      await store.chats.setSlowMode(world.chat.id, 30);
      return insertChat(store, 'Den', world.ada, world.bob);
    });
    const post = async (at: number, { author = world.bob, chat = world.chat, as = '' }: Partial<Said> = {}) => {
      const sent = {
        chatId: chat.id,
        author,
        clientId: as ? clientId(as) : null,
        replyTo: null,
        names: NO_NAMES,
        files: [],
      };
      const said = { ...sent, text: messageBody('hello'), sentAt: NOW + at };
      try {
        return (await world.unitOfWork.post(sent, (facts) => decidePost(said, facts))).isNew ? 'stored' : 'earlier';
      } catch (error) {
        return error instanceof DomainError ? (error.retryAfterMs ?? error.code) : error;
      }
    };
    return { ...world, den, post };
  }

  it('is of the chat that it was set for, until it is turned off', async () => {
    const { unitOfWork, view, chat, den } = await openedSlow();
    const found = async () => [await view.chats.find(chat.id), await view.chats.find(den.id)];
    expect(await found()).toEqual([{ ...chat, slowSeconds: 30 }, den]);
    await unitOfWork.run(async (store) => {
      expect(await store.chats.find(chat.id)).toEqual({ ...chat, slowSeconds: 30 });
      await store.chats.setSlowMode(chat.id, 0);
      await store.chats.setSlowMode(chatId(chat.id + 100), 5);
    });
    expect(await found()).toEqual([chat, den]);
  });

  it('lets a member post once in so many seconds, and the owner always', async () => {
    const { ada, den, post, view, chat } = await openedSlow();
    expect([await post(0), await post(SECOND), await post(30 * SECOND - 1), await post(30 * SECOND)]).toEqual([
      ...['stored', 29 * SECOND, 1, 'stored'],
    ]);
    expect([await post(31 * SECOND, { author: ada }), await post(31 * SECOND, { author: ada })]).toEqual([
      ...['stored', 'stored'],
    ]);
    expect([await post(31 * SECOND, { chat: den }), await post(31 * SECOND, { chat: den })]).toEqual([
      ...['stored', 'stored'],
    ]);
    expect((await view.chats.find(chat.id))?.revision).toBe(revision(4));
  });

  it('stores one of many posts at once, and answers one that is sent again', async () => {
    const { post } = await openedSlow();
    const names = Array.from({ length: 20 }, (_, index) => `n-${index}`);
    const answers = await Promise.all(names.map((as) => post(0, { as })));
    expect(answers.filter((answer) => answer === 'stored')).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(['stored', 30 * SECOND]));
    expect(await post(SECOND, { as: names[answers.indexOf('stored')] ?? '' })).toBe('earlier');
  });

  it('does not count posts from before it was set, nor forget those when it is set again', async () => {
    const { unitOfWork, post, den } = await openedSlow();
    expect(await post(0, { chat: den })).toBe('stored');
    await unitOfWork.run((store) => store.chats.setSlowMode(den.id, 60));
    expect([await post(SECOND, { chat: den }), await post(2 * SECOND, { chat: den })]).toEqual(['stored', 59 * SECOND]);
    await unitOfWork.run((store) => store.chats.setSlowMode(den.id, 0));
    expect(await post(3 * SECOND, { chat: den })).toBe('stored');
    await unitOfWork.run((store) => store.chats.setSlowMode(den.id, 10));
    expect(await post(4 * SECOND, { chat: den })).toBe(7 * SECOND);
  });
}

interface Said {
  readonly author: User;
  readonly chat: Chat;
  readonly as: string;
}
