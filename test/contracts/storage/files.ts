import { expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import { altText } from '../../../src/domain/files/alt-text.ts';
import { describedAs, type FileId, fileId, fileName, STAGED_FOR_MS } from '../../../src/domain/files/file.ts';
import { clientId } from '../../../src/domain/messages/client-id.ts';
import { NO_NAMES } from '../../../src/domain/messages/mentions.ts';
import { captionBody } from '../../../src/domain/messages/message-body.ts';
import { decidePost } from '../../../src/domain/messages/posting.ts';
import { aBlobKey, insertChat, NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

const KEY = aBlobKey('a');
const OTHER = aBlobKey('b');
const FACTS = { name: fileName('cat.png'), type: 'image/png', bytes: 300, width: 4, height: 3 };

/** Ada and Bob are in the lobby. */
export function filesContract(open: OpenStorage): void {
  async function opened() {
    const world = await openedWithChat(open);
    const { unitOfWork, ada, chat, view } = world;
    const stage = (
      changes: { uploaderId?: typeof ada.id; blob?: typeof KEY; stagedAt?: number; bytes?: number } = {},
    ) =>
      unitOfWork.run(({ files }) =>
        files.add({ ...FACTS, chatId: chat.id, uploaderId: ada.id, blob: KEY, stagedAt: NOW, ...changes }),
      );
    const post = async (files: readonly FileId[], { text = '', as = '', at = NOW } = {}) => {
      const key = {
        chatId: chat.id,
        author: ada,
        clientId: as ? clientId(as) : null,
        replyTo: null,
        names: NO_NAMES,
        files,
      };
      const said = { ...key, text: captionBody(text, { files }), sentAt: at };
      try {
        return (await unitOfWork.post(key, (facts) => decidePost(said, facts))).message;
      } catch (error) {
        if (error instanceof DomainError) return error.code;
        throw error;
      }
    };
    const read = async () =>
      (await view.messages.before(chat.id, undefined, 100)).map((one) => one.kind === 'text' && one.files);
    return { ...world, stage, post, read };
  }

  it('are listed in the order of their ids', async () => {
    const { view, stage } = await opened();
    const ids = [await stage(), await stage({ blob: OTHER }), await stage()];
    const listed = async (after: number, limit: number) =>
      (await view.files.after(fileId(after), limit)).map(({ id }) => id);
    expect([await listed(0, 2), await listed(ids[1] ?? 0, 2)]).toEqual([ids.slice(0, 2), ids.slice(2)]);
    expect((await view.files.after(fileId(0), 1))[0]).toEqual(await view.files.find(fileId(ids[0] ?? 0)));
  });

  it('are unstaged one by one, while no message has them', async () => {
    const { unitOfWork, view, stage, post } = await opened();
    const [staged, sent] = [await stage(), await stage({ blob: OTHER })];
    await post([sent]);
    for (const id of [staged, sent, fileId(404)]) await unitOfWork.run(({ files }) => files.unstage(id));
    expect([await view.files.find(staged), (await view.files.find(sent))?.blob]).toEqual([undefined, OTHER]);
  });

  it('are staged, with ids that are never used again', async () => {
    const { unitOfWork, view, ada, chat, stage } = await opened();
    const id = await stage();
    const file = {
      ...FACTS,
      id,
      chatId: chat.id,
      uploaderId: ada.id,
      blob: KEY,
      stagedAt: NOW,
      position: null,
      thumbnail: null,
    };
    expect([await view.files.find(id), await view.files.find(fileId(id + 100))]).toEqual([file, undefined]);
    await unitOfWork.run(({ files }) => files.removeStaged(NOW + 1, 10));
    expect(await stage()).toBeGreaterThan(id);
  });

  it('sum up by uploader, and are found by their bytes', async () => {
    const { view, ada, bob, stage } = await opened();
    for (const bytes of [1, 20, 300]) await stage({ bytes });
    await stage({ uploaderId: bob.id, blob: OTHER, bytes: 4_000 });
    expect([await view.files.bytesOf(ada.id), await view.files.bytesOf(bob.id)]).toEqual([321, 4_000]);
    const unknown = aBlobKey('c');
    expect(await view.files.named([KEY, unknown, OTHER])).toEqual(new Set([KEY, OTHER]));
    expect(await view.files.named([])).toEqual(new Set());
  });

  it('have a thumbnail once it is made, which is in the store as well', async () => {
    const { unitOfWork, view, stage } = await opened();
    const [one, two] = [await stage(), await stage()];
    const small = aBlobKey('d');
    const set = (id: FileId, key: typeof small | 'none') => unitOfWork.run(({ files }) => files.setThumbnail(id, key));
    expect([await set(one, small), await set(two, 'none'), await set(fileId(two + 100), small)]).toEqual([
      true,
      true,
      false,
    ]);
    const found = await Promise.all([one, two].map(async (id) => (await view.files.find(id))?.thumbnail));
    expect([found, await view.files.named([KEY, small, OTHER])]).toEqual([[small, 'none'], new Set([KEY, small])]);
    const removed = await unitOfWork.run(({ files }) => files.removeStaged(NOW + 1, 10));
    expect(removed.toSorted()).toEqual([KEY, KEY, small]);
  });

  it('belong to the message that they are posted with, in its order', async () => {
    const { view, chat, stage, post, read } = await opened();
    const [one, two] = [await stage(), await stage({ blob: OTHER })];
    const files = [
      { ...FACTS, id: two },
      { ...FACTS, id: one },
    ];
    const message = await post([two, one]);
    expect(message).toMatchObject({ text: '', files });
    expect(await read()).toEqual([files]);
    expect((await view.files.find(one))?.position).toBe(revision(1));
    const found = [
      await view.messages.find({ chatId: chat.id, position: revision(1) }),
      await view.messages.findBare({ chatId: chat.id, position: revision(1) }),
      (await view.messages.changedAfter(chat.id, revision(0), 10))[0],
    ];
    expect(found).toEqual([message, message, message]);
    expect((await view.chats.summary(chat.id))?.last?.snippet).toBe('📎 cat.png');
  });

  it('can be posted once, by their uploader, within an hour', async () => {
    const { bob, stage, post, read } = await opened();
    const [one, of] = [await stage(), await stage({ uploaderId: bob.id })];
    expect(await post([of])).toBe('invalid_files');
    expect(await post([fileId(one + 1_000)])).toBe('invalid_files');
    expect(await post([one], { at: NOW + STAGED_FOR_MS })).toBe('invalid_files');
    expect(await post([one], { at: NOW + STAGED_FOR_MS - 1 })).toMatchObject({ files: [{ id: one }] });
    expect(await post([one])).toBe('invalid_files');
    expect(await read()).toHaveLength(1);
  });

  it('of posts of one batch go to the first of them', async () => {
    const { stage, post, read } = await opened();
    const id = await stage();
    const answers = await Promise.all([
      post([id], { as: 'one' }),
      post([id], { as: 'two' }),
      post([], { text: 'three' }),
    ]);
    expect(answers.filter((answer) => answer === 'invalid_files')).toHaveLength(1);
    expect((await read()).map((files) => (files === false ? -1 : files.length)).toSorted()).toEqual([0, 1]);
  });

  it('are the same when a post is sent again, and others are a conflict', async () => {
    const { stage, post, read } = await opened();
    const [one, two] = [await stage(), await stage()];
    const first = await post([one], { as: 'same' });
    expect(await post([one], { as: 'same' })).toEqual(first);
    expect([await post([two], { as: 'same' }), await post([], { as: 'same', text: 'x' })]).toEqual([
      'conflict',
      'conflict',
    ]);
    expect(await read()).toHaveLength(1);
  });

  it('stay with a message that changes, and go when they are removed', async () => {
    const { unitOfWork, view, chat, stage, post, read } = await opened();
    const id = await stage();
    const message = await post([id], { text: 'look' });
    if (typeof message === 'string' || message.kind !== 'text') throw new Error('It was refused.');
    const deleted = { by: message.author.id, at: NOW };
    await unitOfWork.run(async ({ messages, chats }) => {
      const { text: _, files: __, ...bare } = message;
      const next = await chats.nextRevision(chat.id);
      await messages.change({ ...bare, kind: 'deleted', revision: next, deletedBy: deleted.by, deletedAt: deleted.at });
    });
    expect([await read(), (await view.chats.summary(chat.id))?.last?.snippet]).toEqual([[false], '']);
    await unitOfWork.run(async ({ messages, chats }) => {
      await messages.change({ ...message, files: [], revision: await chats.nextRevision(chat.id) });
    });
    expect(await read()).toEqual([[{ ...FACTS, id }]]);
    expect(await unitOfWork.run(({ files }) => files.removeOf(message))).toEqual([KEY]);
    expect(await unitOfWork.run(({ files }) => files.removeOf(message))).toEqual([]);
    expect([await read(), await view.files.find(id)]).toEqual([[[]], undefined]);
  });

  it('have an alternative text, of which the message has a copy', async () => {
    const { unitOfWork, view, ada, chat, stage, post, read } = await opened();
    const alt = altText('A cat on a mat');
    const id = await unitOfWork.run(({ files }) =>
      files.add({ ...FACTS, chatId: chat.id, uploaderId: ada.id, blob: KEY, stagedAt: NOW, ...(alt && { alt }) }),
    );
    const message = await post([id]);
    if (typeof message === 'string' || message.kind !== 'text') throw new Error('It was refused.');
    expect([message.files, await read()]).toEqual([[{ ...FACTS, id, alt }], [[{ ...FACTS, id, alt }]]]);
    const set = (to: typeof alt) =>
      unitOfWork.run(async ({ files, chats }) => {
        const changed = [describedAs({ ...FACTS, id }, to)];
        await files.setAlt(id, to, { ...message, files: changed, revision: await chats.nextRevision(chat.id) });
      });
    await set(altText('A dog'));
    expect([await read(), (await view.files.find(id))?.alt]).toEqual([[[{ ...FACTS, id, alt: 'A dog' }]], 'A dog']);
    expect((await view.messages.changedAfter(chat.id, message.revision, 10))[0]).toMatchObject({ revision: 2 });
    await set(undefined);
    expect([await read(), await view.files.find(id)]).toEqual([
      [[{ ...FACTS, id }]],
      expect.not.objectContaining({ alt: expect.anything() }),
    ]);
    const staged = await stage();
    await unitOfWork.run(({ files }) => files.setAlt(staged, alt, undefined));
    expect((await view.files.find(staged))?.alt).toBe(alt);
  });

  it('of a chat are listed newest first, without staged ones, those of cards and of deleted messages', async () => {
    const { unitOfWork, view, ada, bob, chat, stage, post } = await opened();
    const [one, two, three] = [await stage(), await stage({ blob: OTHER }), await stage()];
    await stage();
    await post([two, one]);
    const other = await unitOfWork.run((store) => insertChat(store, 'Den', ada, bob));
    const message = await post([three]);
    if (typeof message === 'string' || message.kind !== 'text') throw new Error('It was refused.');
    const card = { href: 'https://a.example/', title: 'A', description: '', site: '', uploaderId: ada.id, at: NOW };
    const image = { blob: aBlobKey('e'), bytes: 7, width: 4, height: 3 };
    await unitOfWork.run(async ({ linkCards, chats }) => {
      await linkCards.set(message, { ...card, image }, await chats.nextRevision(chat.id));
    });
    const listed = async (before: FileId | undefined, limit: number, chatId = chat.id) =>
      (await view.files.ofChat(chatId, before, limit)).map(({ file }) => file.id);
    expect([await listed(undefined, 10), await listed(undefined, 2), await listed(two, 10)]).toEqual([
      ...[[three, two, one], [three, two], [one]],
    ]);
    expect(await listed(undefined, 10, other.id)).toEqual([]);
    const [first] = await view.files.ofChat(chat.id, undefined, 1);
    expect(first).toEqual({
      ...{ file: await view.files.find(three), author: ada, position: message.position, sentAt: NOW },
    });
    await unitOfWork.run(async ({ messages, chats }) => {
      const { text: _, files: __, ...bare } = message;
      const next = await chats.nextRevision(chat.id);
      await messages.change({ ...bare, kind: 'deleted', revision: next, deletedBy: ada.id, deletedAt: NOW });
    });
    expect(await listed(undefined, 10)).toEqual([two, one]);
  });

  it('that wait too long are removed, and no others', async () => {
    const { unitOfWork, view, stage, post } = await opened();
    const [sent, old, fresh] = [await stage(), await stage({ blob: OTHER }), await stage({ stagedAt: NOW + 1 })];
    await post([sent]);
    const remove = (limit: number) => unitOfWork.run(({ files }) => files.removeStaged(NOW + 1, limit));
    expect([await remove(10), await remove(10)]).toEqual([[OTHER], []]);
    expect(await Promise.all([sent, old, fresh].map(async (id) => (await view.files.find(id))?.id))).toEqual([
      ...[sent, undefined, fresh],
    ]);
  });
}
