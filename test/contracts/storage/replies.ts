import { expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import { assertText, edited, restored, tombstone, versionOf } from '../../../src/domain/messages/changes.ts';
import { clientId } from '../../../src/domain/messages/client-id.ts';
import { NO_NAMES } from '../../../src/domain/messages/mentions.ts';
import type { Message } from '../../../src/domain/messages/message.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { decidePost } from '../../../src/domain/messages/posting.ts';
import { insertChat, insertMessage, NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

const ALL = revision(0);

/** Posts that answer messages, and the quotes that they are read with. */
export function repliesContract(open: OpenStorage): void {
  async function openedWithReplies() {
    const world = await openedWithChat(open);
    const { unitOfWork, ada, chat } = world;
    const original = await unitOfWork.run((store) =>
      insertMessage(store, chat, ada, { text: messageBody('one\n two') }),
    );
    assertText(original);
    const post = (text: string, to: number | null, { as, by = world.bob }: { as?: string; by?: User } = {}) => {
      const replyTo = to === null ? null : revision(to);
      const said = {
        chatId: chat.id,
        author: by,
        text: messageBody(text),
        clientId: as ? clientId(as) : null,
        replyTo,
        names: NO_NAMES,
        files: [],
      };
      return unitOfWork.post(said, (facts) => decidePost({ ...said, sentAt: NOW }, facts));
    };
    const change = (make: (next: ReturnType<typeof revision>) => Message) =>
      unitOfWork.run(async (store) => {
        const changed = make(await store.chats.nextRevision(chat.id));
        await store.messages.change(changed);
        return changed;
      });
    return { ...world, original, post, change };
  }

  const quote = (author: User, snippet: string, kind = 'text', position = 1) => ({ position, author, kind, snippet });

  it('a reply is posted and read with the message that it answers, wherever it is read', async () => {
    const { view, ada, chat, post } = await openedWithReplies();
    const { message } = await post('yes', 1);
    expect(message).toMatchObject({ replyTo: quote(ada, 'one two') });
    expect(await view.messages.find(message)).toEqual(message);
    expect(await view.messages.before(chat.id, undefined, 1)).toEqual([message]);
    expect(await view.messages.after(chat.id, revision(1), 1)).toEqual([message]);
    expect(await view.messages.changedAfter(chat.id, revision(1), 10)).toEqual([message]);
  });

  it('a reply is refused when the chat has no message at the position, also when another chat has one', async () => {
    const { unitOfWork, view, ada, chat, post } = await openedWithReplies();
    await unitOfWork.run(async (store) => {
      const other = await insertChat(store, 'Other', ada);
      for (let n = 0; n < 5; n += 1) await insertMessage(store, other, ada);
    });
    for (const position of [2, 3, 1_000_000])
      await expect(post('to whom?', position)).rejects.toMatchObject({ code: 'invalid_reply' });
    expect(await view.messages.changedAfter(chat.id, ALL, 10)).toHaveLength(1);
  });

  it('quotes follow their original when it is edited, deleted and restored', async () => {
    const { view, ada, bob, original, post, change } = await openedWithReplies();
    const { message } = await post('yes', 1);
    const quoted = async () => (await view.messages.find(message)) as Message;
    const better = await change((next) => edited(original, messageBody('better'), { revision: next, at: NOW }));
    expect(await quoted()).toEqual({ ...message, replyTo: quote(ada, 'better') });
    assertText(better);
    const gone = await change((next) => tombstone(better, { revision: next, by: bob.id, at: NOW }));
    expect(await quoted()).toEqual({ ...message, replyTo: quote(ada, '', 'deleted') });
    if (gone.kind !== 'deleted') throw new Error('It is deleted.');
    await change((next) => restored(gone, versionOf(better), next));
    expect(await quoted()).toEqual({ ...message, replyTo: quote(ada, 'better') });
  });

  it('a notice, and what is left of a deleted message, can be answered', async () => {
    const { ada, bob, original, post, change } = await openedWithReplies();
    await change((next) => tombstone(original, { revision: next, by: bob.id, at: NOW }));
    expect((await post('what was it?', 1)).message).toMatchObject({ replyTo: quote(ada, '', 'deleted') });
  });

  it('a reply that is edited, or deleted and restored, still answers its message', async () => {
    const { view, bob, post, change } = await openedWithReplies();
    const { message } = await post('yes', 1);
    assertText(message);
    await change((next) => edited(message, messageBody('no'), { revision: next, at: NOW }));
    expect(await view.messages.find(message)).toMatchObject({ text: 'no', replyTo: message.replyTo });
    const gone = await change((next) => tombstone(message, { revision: next, by: bob.id, at: NOW }));
    expect(await view.messages.find(message)).toEqual(gone);
    if (gone.kind !== 'deleted') throw new Error('It is deleted.');
    await change((next) => restored(gone, versionOf(message), next));
    expect(await view.messages.find(message)).toMatchObject({ text: 'yes', replyTo: message.replyTo });
  });

  it('sends a reply again without harm; under its client id, an answer to another message or to none is a conflict', async () => {
    const { view, chat, post } = await openedWithReplies();
    const { message } = await post('yes', 1, { as: 'once' });
    await post('yes', null, { as: 'plain' });
    expect(await post('yes', 1, { as: 'once' })).toEqual({ jobs: [], message, isNew: false, isDirect: false });
    for (const to of [null, 2, 99])
      await expect(post('yes', to, { as: 'once' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(post('yes', 1, { as: 'plain' })).rejects.toMatchObject({ code: 'conflict' });
    expect(await view.messages.changedAfter(chat.id, ALL, 10)).toHaveLength(3);
  });

  it('posts replies together with what they answer, and loses only those that answer nothing', async () => {
    const { view, ada, bob, chat, post } = await openedWithReplies();
    const outcomes = await Promise.allSettled([
      post('plain', null, { as: 'p' }),
      post('to the plain one', 2, { as: 'q' }),
      post('to nothing', 4),
      post('to the reply', 3),
      post('to the first', 1, { by: ada }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    const read = await view.messages.after(chat.id, revision(1), 10);
    expect(read.map((message) => message.kind === 'text' && message.replyTo)).toEqual([
      null,
      quote(bob, 'plain', 'text', 2),
      quote(bob, 'to the plain one', 'text', 3),
      quote(ada, 'one two'),
    ]);
  });

  it('quotes at most 140 code points of a long original, and reads any number of quotes', async () => {
    const { view, ada, chat, original, post, change } = await openedWithReplies();
    await change((next) => edited(original, messageBody('🐟'.repeat(5_000)), { revision: next, at: NOW }));
    await Promise.all(Array.from({ length: 30 }, (_, n) => post(`${n}`, n === 0 ? 1 : n + 2)));
    const read = await view.messages.before(chat.id, undefined, 100);
    const [, first, ...others] = read;
    expect(first).toMatchObject({ replyTo: quote(ada, '🐟'.repeat(140)) });
    expect(others.map((message) => message.kind === 'text' && message.replyTo?.position)).toEqual(
      Array.from({ length: 29 }, (_, n) => n + 3),
    );
  });
}
