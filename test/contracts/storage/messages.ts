import { expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { chatId, userId } from '../../../src/domain/ids.ts';
import { clientId } from '../../../src/domain/messages/client-id.ts';
import { notice as aNotice } from '../../../src/domain/messages/message.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { NOTICES } from '../../../src/domain/messages/notices.ts';
import { aMessageIn, aUser, insertMessage, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

const ONCE = clientId('once');

export function messagesContract(open: OpenStorage): void {
  it("gives a message back as it was added, with its author's name", async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const added = await unitOfWork.run((store) => insertMessage(store, chat, ada, { clientId: ONCE, sentAt: NOW + 5 }));
    const [found] = await view.messages.before(chat.id, undefined, 1);
    expect(found).toEqual(added);
    expect(found).toMatchObject({ kind: 'text', author: { id: ada.id, username: 'ada' }, clientId: 'once' });
  });

  it('keeps notices beside texts, and messages without a client id', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const added = await unitOfWork.run(async (store) => {
      const position = await store.chats.nextRevision(chat.id);
      const notice = aNotice({
        chatId: chat.id,
        position,
        author: bob,
        text: NOTICES.joined(bob.username),
        sentAt: NOW,
      });
      await store.messages.add(notice);
      return [notice, await insertMessage(store, chat, ada, { clientId: null })];
    });
    const found = await view.messages.before(chat.id, undefined, 10);
    expect(found).toEqual(added);
    expect(found.map(({ kind, clientId }) => [kind, clientId])).toEqual([
      ['notice', null],
      ['text', null],
    ]);
  });

  it('takes any number of messages without a client id from one author', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    await unitOfWork.run(async (store) => {
      for (let count = 0; count < 3; count += 1) await insertMessage(store, chat, ada, { clientId: null });
    });
    expect(await view.messages.before(chat.id, undefined, 10)).toHaveLength(3);
  });

  it('takes a position in a chat once', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const first = await unitOfWork.run((store) => insertMessage(store, chat, ada));
    const second = aMessageIn(chat, bob, { position: first.position, text: messageBody('Me too') });
    await expectMistake(unitOfWork.run((store) => store.messages.add(second)));
    expect(await view.messages.before(chat.id, undefined, 10)).toEqual([first]);
  });

  it('takes a client id of an author in a chat once', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const first = await unitOfWork.run((store) => insertMessage(store, chat, ada, { clientId: ONCE }));
    await expectMistake(unitOfWork.run((store) => insertMessage(store, chat, ada, { clientId: ONCE })));
    expect(await view.messages.before(chat.id, undefined, 10)).toEqual([first]);
    expect((await view.chats.find(chat.id))?.revision).toBe(1);
  });

  it('takes messages only in chats there are and by authors there are', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const inNoChat = aMessageIn({ ...chat, id: chatId(chat.id + 100) }, ada);
    const byNobody = aMessageIn(chat, aUser({ id: userId(ada.id + 100) }), { position: revision(1) });
    await expectMistake(unitOfWork.run((store) => store.messages.add(inNoChat)));
    await expectMistake(unitOfWork.run((store) => store.messages.add(byNobody)));
    expect(await view.messages.before(inNoChat.chatId, undefined, 10)).toEqual([]);
    expect(await view.messages.before(chat.id, undefined, 10)).toEqual([]);
  });

  it('keeps the messages of who has left', async () => {
    const { unitOfWork, view, bob, chat } = await openedWithChat(open);
    const message = await unitOfWork.run((store) => insertMessage(store, chat, bob));
    await unitOfWork.run((store) => store.members.remove(chat.id, bob.id));
    expect(await view.messages.before(chat.id, undefined, 10)).toEqual([message]);
  });
}
