import { expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { mentionedNames } from '../../../src/domain/messages/mentions.ts';
import { type Mention, type Message, textMessage } from '../../../src/domain/messages/message.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { decidePost } from '../../../src/domain/messages/posting.ts';
import { aMessageIn, insertUser, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

export function mentionsContract(open: OpenStorage): void {
  async function openedWithPosts() {
    const world = await openedWithChat(open);
    const post = async (written: string) => {
      const text = messageBody(written);
      const { chat, ada, unitOfWork } = world;
      const said = {
        chatId: chat.id,
        author: ada,
        text,
        clientId: null,
        replyTo: null,
        names: mentionedNames(text),
        files: [],
      };
      return (await unitOfWork.post(said, (facts) => decidePost({ ...said, sentAt: NOW }, facts))).message;
    };
    const read = async () => await world.view.messages.before(world.chat.id, undefined, 100);
    return { ...world, post, read };
  }

  const mentions = (message: Message | undefined): readonly Mention[] =>
    message?.kind === 'text' ? message.mentions : [];

  it('a post mentions the members whose names it has, in the order of its text, wherever it is read', async () => {
    const { ada, bob, unitOfWork, view, chat, post, read } = await openedWithPosts();
    await unitOfWork.run((store) => insertUser(store, 'eve'));
    const message = await post('@BOB, @eve, @nobody and @ada');
    expect(mentions(message)).toEqual([
      { userId: bob.id, name: 'BOB' },
      { userId: ada.id, name: 'ada' },
    ]);
    expect(await read()).toEqual([message]);
    expect(await view.messages.find(message)).toEqual(message);
    expect(await view.messages.changedAfter(chat.id, message.revision, 10)).toEqual([]);
  });

  it('posts that are started together keep their own mentions', async () => {
    const { ada, bob, post, read } = await openedWithPosts();
    const posted = await Promise.all(['@ada', 'plain', '@bob', 'ada@example.org', '@bob @ada', '@all'].map(post));
    expect(
      posted.map((message) =>
        mentions(message)
          .map(({ userId }) => userId)
          .toSorted(),
      ),
    ).toEqual([[ada.id], [], [bob.id], [], [ada.id, bob.id], [ada.id, bob.id]]);
    expect(await read()).toEqual(posted);
  });

  it('the mentions of a message are replaced as a whole, and removed', async () => {
    const { ada, bob, unitOfWork, post, read } = await openedWithPosts();
    const message = await post('@ada');
    const set = (mentions: readonly Mention[]) =>
      unitOfWork.run((store) => store.messages.setMentions(message, mentions));
    await set([{ userId: bob.id, name: 'bob' }]);
    expect((await read()).map(mentions)).toEqual([[{ userId: bob.id, name: 'bob' }]]);
    await set([]);
    expect((await read()).map(mentions)).toEqual([[]]);
    const nowhere = { ...message, position: revision(message.position + 9) };
    await expectMistake(
      unitOfWork.run((store) => store.messages.setMentions(nowhere, [{ userId: ada.id, name: 'ada' }])),
    );
  });

  it('a message that is added has its mentions', async () => {
    const { ada, chat, unitOfWork, read } = await openedWithPosts();
    const mention = { userId: ada.id, name: 'ada' };
    const added = await unitOfWork.run(async (store) => {
      const position = await store.chats.nextRevision(chat.id);
      const message = textMessage({
        ...aMessageIn(chat, ada, { position }),
        text: messageBody('@ada'),
        mentions: [mention],
      });
      await store.messages.add(message);
      return message;
    });
    expect(mentions(added)).toEqual([mention]);
    expect(await read()).toEqual([added]);
  });
}
