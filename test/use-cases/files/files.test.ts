import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/actor.ts';
import type { Blobs } from '../../../src/application/ports/blobs.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import { fileId } from '../../../src/domain/files/file.ts';
import type { ChatId } from '../../../src/domain/ids.ts';
import { aWorld, UNKNOWN_CHAT, type World } from '../world.ts';

const MINUTE = 60_000;

async function* words(text: string) {
  yield Buffer.from(text);
}

/** Why it was refused. */
async function refusalOf(promised: Promise<unknown>): Promise<DomainError> {
  const reason: unknown = await promised.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(reason instanceof DomainError)) throw new Error('It was not refused.', { cause: reason });
  return reason;
}

const stage = ({ useCases, lobby }: World, actor: Actor, text = 'words', chatId: ChatId = lobby.id) =>
  useCases.stageFile(actor, { chatId, name: 'notes.txt', chunks: words(text), announcedBytes: undefined });

async function keysOf({ blobs }: World): Promise<number> {
  let count = 0;
  for await (const _ of blobs.keys()) count += 1;
  return count;
}

/** Looks at the clock for an hour and a half, as the server does. */
async function sweepLater(world: World, minutes = 100) {
  for (let passed = 0; passed < minutes; passed += 10) {
    await world.useCases.sweepFiles();
    world.clock.advance(10 * MINUTE);
    world.timer.advance(10 * MINUTE);
  }
  return world.useCases.sweepFiles();
}

describe('stage-file', () => {
  it('refuses an outsider, and keeps nothing', async () => {
    const world = await aWorld();
    for (const chatId of [world.lobby.id, UNKNOWN_CHAT])
      expect((await refusalOf(stage(world, world.eve, 'words', chatId))).code).toBe('forbidden');
    expect(await keysOf(world)).toBe(0);
  });

  it('keeps nothing for somebody who is removed while the file arrives', async () => {
    const world = await aWorld();
    async function* slowly() {
      yield Buffer.from('words');
      await world.useCases.leaveChat(world.bob, world.lobby.id);
    }
    const upload = { chatId: world.lobby.id, name: 'x', chunks: slowly(), announcedBytes: undefined };
    expect((await refusalOf(world.useCases.stageFile(world.bob, upload))).code).toBe('forbidden');
    expect([await keysOf(world), await world.storage.view.files.bytesOf(world.bob.user.id)]).toEqual([0, 0]);
  });
});

describe('open-file', () => {
  it('knows no file for an outsider, like one that does not exist', async () => {
    const world = await aWorld();
    const { id } = await stage(world, world.ada);
    await world.useCases.postMessage(world.ada, { chatId: world.lobby.id, text: '', files: [id] });
    const closed = await refusalOf(world.useCases.openFile(world.eve, id));
    expect([closed.code, closed.message]).toEqual(['not_found', 'There is no such file.']);
    expect(await refusalOf(world.useCases.openFile(world.eve, fileId(404)))).toEqual(closed);
    expect(await new Response(await (await world.useCases.openFile(world.bob, id)).read()).text()).toBe('words');
  });
});

describe('describe-file', () => {
  const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000004000000030802000000', 'hex');

  async function anImage() {
    const world = await aWorld();
    const chunks = (async function* () {
      yield PNG;
    })();
    const { id } = await world.useCases.stageFile(world.ada, {
      ...{ chatId: world.lobby.id, name: 'cat.png', chunks, announcedBytes: undefined },
    });
    const describe = (actor: Actor, alt = 'A cat') => world.useCases.describeFile(actor, { id, alt });
    return { ...world, id, describe };
  }

  it('knows no file for an outsider, nor a staged one for anyone but its uploader', async () => {
    const { ada, bob, eve, id, describe, useCases, lobby } = await anImage();
    expect((await refusalOf(describe(bob))).code).toBe('not_found');
    expect((await refusalOf(describe(eve))).code).toBe('not_found');
    expect(await describe(ada, ' A \n cat ')).toMatchObject({ id, alt: 'A cat' });
    await useCases.postMessage(ada, { chatId: lobby.id, text: '', files: [id] });
    expect((await refusalOf(describe(eve))).code).toBe('not_found');
    expect((await refusalOf(describe(bob))).code).toBe('forbidden');
    expect((await refusalOf(useCases.describeFile(ada, { id: fileId(404), alt: '' }))).code).toBe('not_found');
  });

  it('changes the message once for the same text, and takes no text that is too long', async () => {
    const { ada, id, describe, useCases, lobby, storage } = await anImage();
    const { position } = (await useCases.postMessage(ada, { chatId: lobby.id, text: '', files: [id] })).message;
    const read = () => storage.view.messages.find({ chatId: lobby.id, position });
    await describe(ada);
    const changed = await read();
    await describe(ada);
    expect([await read(), changed]).toMatchObject([changed, { files: [{ alt: 'A cat' }] }]);
    expect((await refusalOf(describe(ada, 'x'.repeat(1_001)))).code).toBe('invalid_alt');
    expect(await describe(ada, '')).not.toHaveProperty('alt');
    await useCases.deleteMessage(ada, { chatId: lobby.id, position });
    expect((await refusalOf(describe(ada))).code).toBe('not_found');
  });
});

describe('view-files', () => {
  it('is closed to an outsider, and pages for members', async () => {
    const world = await aWorld();
    const viewFiles: typeof world.useCases.viewFiles = (...args) => world.useCases.viewFiles(...args);
    const { postMessage } = world.useCases;
    const ids = [(await stage(world, world.ada)).id, (await stage(world, world.ada)).id];
    await postMessage(world.ada, { chatId: world.lobby.id, text: '', files: ids });
    for (const chatId of [world.lobby.id, UNKNOWN_CHAT])
      expect((await refusalOf(viewFiles(world.eve, { chatId, limit: 9 }))).code).toBe('forbidden');
    const first = await viewFiles(world.bob, { chatId: world.lobby.id, limit: 1 });
    expect([first.files.map(({ file }) => file.id), first.next]).toEqual([[ids[1]], ids[1]]);
    const second = await viewFiles(world.bob, { chatId: world.lobby.id, limit: 1, before: first.next });
    expect([second.files.map(({ file }) => file.id), second.next]).toEqual([[ids[0]], undefined]);
  });
});

describe('sweep-files', () => {
  it('has no actor, and so no outsider: it removes what waited too long, and nothing that a message has', async () => {
    const world = await aWorld();
    const sent = await stage(world, world.ada, 'sent');
    await stage(world, world.ada, 'forgotten');
    await stage(world, world.bob, 'sent');
    await world.useCases.postMessage(world.ada, { chatId: world.lobby.id, text: '', files: [sent.id] });
    expect(await sweepLater(world, 50)).toEqual({ staged: 0, blobs: 0 });
    await sweepLater(world, 60);
    expect([await keysOf(world), await world.storage.view.files.bytesOf(world.bob.user.id)]).toEqual([1, 0]);
    expect(await new Response(await (await world.useCases.openFile(world.bob, sent.id)).read()).text()).toBe('sent');
  });

  it('removes blobs that no row names', async () => {
    const world = await aWorld();
    await stage(world, world.ada, 'named');
    await (await world.blobs.receive(words('cut off'), 100)).keep();
    expect(await world.useCases.sweepFiles()).toEqual({ staged: 0, blobs: 1 });
    expect(await keysOf(world)).toBe(1);
  });
});

describe('erase-message', () => {
  it('removes the files of a deleted message after a minute', async () => {
    const world = await aWorld();
    const [one, same] = [await stage(world, world.ada, 'one'), await stage(world, world.ada, 'same')];
    const kept = await stage(world, world.ada, 'same');
    const { message } = await world.useCases.postMessage(world.ada, {
      chatId: world.lobby.id,
      text: '',
      files: [one.id, same.id],
    });
    await world.useCases.postMessage(world.ada, { chatId: world.lobby.id, text: '', files: [kept.id] });
    await world.useCases.deleteMessage(world.ada, message);
    expect(await keysOf(world)).toBe(2);
    world.jobWorker.start();
    world.timer.advance(60_000);
    await world.jobWorker.stop();
    expect(await keysOf(world)).toBe(1);
  });
});

describe('make-thumbnail', () => {
  it('makes the small picture of an image, which goes with the image', async () => {
    const world = await aWorld();
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(200)]);
    async function* image() {
      yield png;
    }
    const upload = { chatId: world.lobby.id, name: 'a.png', chunks: image(), announcedBytes: undefined };
    const { id } = await world.useCases.stageFile(world.ada, upload);
    expect(await (await world.useCases.openFile(world.ada, id)).thumbnail()).toBeUndefined();
    world.jobWorker.start();
    world.timer.advance(1_000);
    await world.jobWorker.stop();
    const small = await (await world.useCases.openFile(world.ada, id)).thumbnail();
    expect(await new Response(await small?.read()).text()).toBe('small');
    expect(await keysOf(world)).toBe(2);
    const text = await stage(world, world.ada);
    expect((await refusalOf((await world.useCases.openFile(world.ada, text.id)).thumbnail())).code).toBe('not_found');
  });
});

describe('a store that fails after the row', () => {
  it('leaves no row of an upload', async () => {
    const world = await aWorld();
    const failing: Blobs = {
      ...world.blobs,
      receive: async (...args) => ({
        ...(await world.blobs.receive(...args)),
        keep: () => Promise.reject(new DomainError('unavailable', 'away')),
      }),
    };
    const { stageFile } = world.restarted({ blobs: failing });
    const upload = { chatId: world.lobby.id, name: 'a', chunks: words('words'), announcedBytes: undefined };
    expect((await refusalOf(stageFile(world.ada, upload))).code).toBe('unavailable');
    expect(await world.storage.view.files.bytesOf(world.ada.user.id)).toBe(0);
  });
});
