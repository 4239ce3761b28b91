import { expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import { clientId } from '../../../src/domain/messages/client-id.ts';
import { NO_NAMES } from '../../../src/domain/messages/mentions.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { decidePost } from '../../../src/domain/messages/posting.ts';
import { aMessageIn, NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

/** Ada is the owner and Bob a member of the lobby. */
export function archiveContract(open: OpenStorage): void {
  async function openedToPost() {
    const world = await openedWithChat(open);
    const { ada, bob, chat } = world;
    const post = async (author: typeof ada, as: string) => {
      const sent = { chatId: chat.id, author, clientId: clientId(as), replyTo: null, names: NO_NAMES, files: [] };
      const said = { ...sent, text: messageBody('hello'), sentAt: NOW };
      try {
        return (await world.unitOfWork.post(sent, (facts) => decidePost(said, facts))).isNew ? 'stored' : 'earlier';
      } catch (error) {
        return error instanceof DomainError ? error.code : error;
      }
    };
    const archive = (at: number | null) => world.unitOfWork.run((store) => store.chats.setArchived(chat.id, at));
    return { ...world, post, archive, bob };
  }

  it('refuses posts of everybody to an archived chat, and knows it by chat, membership and summary', async () => {
    const { unitOfWork, view, ada, bob, chat, post, archive } = await openedToPost();
    expect(await post(bob, 'before')).toBe('stored');
    await archive(NOW);
    expect([await post(ada, 'one'), await post(bob, 'two'), await post(bob, 'before')]).toEqual([
      ...['archived', 'archived', 'archived'],
    ]);
    const known = async () => [
      (await view.chats.find(chat.id))?.archivedAt,
      (await view.members.find(chat.id, bob.id))?.isArchived,
      (await unitOfWork.run((store) => store.members.find(chat.id, ada.id)))?.isArchived,
      (await view.chats.summary(chat.id))?.isArchived,
      (await view.chats.summariesOfUser(bob.id))[0]?.isArchived,
    ];
    expect(await known()).toEqual([NOW, true, true, true, true]);
    await archive(null);
    expect(await known()).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect([await post(ada, 'one'), await post(bob, 'before')]).toEqual(['stored', 'earlier']);
  });

  it('stores nothing behind the archiving of a chat, whatever is under way', async () => {
    const { view, ada, bob, chat, post, archive } = await openedToPost();
    const posts = Array.from({ length: 20 }, (_, n) => post(n % 2 ? ada : bob, `n-${n}`));
    const [answers] = await Promise.all([Promise.all([...posts, archive(NOW)])]);
    const stored = answers.filter((answer) => answer === 'stored').length;
    expect((await view.chats.find(chat.id))?.revision).toBe(stored);
    expect(await post(ada, 'late')).toBe('archived');
  });

  it('gives an archived chat a revision only for what is allowed there', async () => {
    const { unitOfWork, view, chat, archive } = await openedToPost();
    await archive(NOW);
    const next = (when?: 'even_archived') => unitOfWork.run((store) => store.chats.nextRevision(chat.id, when));
    await expect(next()).rejects.toMatchObject({ code: 'archived' });
    expect(await next('even_archived')).toBe(revision(1));
    expect((await view.chats.find(chat.id))?.revision).toBe(revision(1));
  });

  it('erases a range of messages with all that belongs to them, and notes it once', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedToPost();
    const at = (position: number) => ({ chatId: chat.id, position: revision(position) });
    await unitOfWork.run(async (store) => {
      for (let n = 1; n <= 4; n += 1) {
        const position = await store.chats.nextRevision(chat.id);
        const mentions = [{ userId: bob.id, name: 'bob' }];
        const pin = n === 2 ? { by: ada.id, at: NOW } : null;
        const said = { position, mentions, sentAt: NOW + n, clientId: clientId(`c-${n}`) };
        const text = aMessageIn(chat, ada, { ...said, text: messageBody(`@bob ${n}`) });
        await store.messages.add(text);
        if (pin) await store.messages.change({ ...text, pin });
        await store.messages.addVersion(at(n), { revision: revision(1), text: messageBody('old'), writtenAt: NOW });
        await store.reactions.add({ ...at(n), emoji: '👍' as never, userId: bob.id }, position);
        const reason = 'rude' as never;
        await store.reports.add({ ...at(n), userId: bob.id, reason, at: NOW, dismissedAt: null });
      }
      expect(await store.chats.setRetention(chat.id, 30)).toBe(1);
      expect(await store.messages.oldest(chat.id, revision(0), 3)).toEqual(
        [1, 2, 3].map((n) => ({ position: revision(n), sentAt: NOW + n })),
      );
    });
    await unitOfWork.run(async (store) => {
      const range = { after: revision(0), through: revision(3) };
      expect(await store.messages.removeRange(chat.id, range)).toEqual([]);
      expect(await store.chats.passRetention(chat.id, { version: 7, erasedTo: revision(9) })).toBeUndefined();
      expect(await store.chats.passRetention(chat.id, { version: 1, erasedTo: revision(3) })).toBe(2);
    });
    expect((await view.chats.find(chat.id))?.retention).toEqual({ days: 30, version: 2, erasedTo: revision(3) });
    expect(await view.messages.oldest(chat.id, revision(0), 9)).toEqual([{ position: revision(4), sentAt: NOW + 4 }]);
    expect((await view.messages.before(chat.id, undefined, 9)).map(({ position }) => position)).toEqual([4]);
    expect([await view.messages.find(at(2)), await view.messages.pinned(chat.id)]).toEqual([undefined, []]);
    expect(await view.messages.earlierVersions(at(1), { limit: 9 })).toEqual([]);
    expect((await view.reports.waiting(chat.id, 9)).map(({ report }) => report.position)).toEqual([4]);
    expect((await view.reading.ofMembers(chat.id, [bob.id])).get(bob.id)).toMatchObject({ unread: 1, mentions: 1 });
    expect((await view.chats.summary(chat.id))?.last?.position).toBe(4);
  });
}
