import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/actor.ts';
import type { Pictured } from '../../../src/application/use-cases/pictures/pictured.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import type { BlobKey } from '../../../src/domain/files/file.ts';
import { blobsOf, MAX_PICTURE_BYTES, type PictureOwner, versionOf } from '../../../src/domain/pictures/picture.ts';
import { aWorld, UNKNOWN_CHAT, type World } from '../world.ts';

const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d4948445200000004000000030802000000', 'hex'),
  Buffer.alloc(90),
]);

async function* chunksOf(...chunks: readonly Uint8Array[]) {
  yield* chunks;
}

/** An image whose picture differs with the number. */
const image = (n: number) => chunksOf(PNG, Buffer.of(n));

const codeOf = (promised: Promise<unknown>): Promise<unknown> =>
  promised.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : error),
  );

const set = ({ useCases }: World, actor: Actor, n: number, of: Pictured = {}) =>
  useCases.setPicture(actor, { ...of, chunks: image(n) });

async function keysIn({ blobs }: World): Promise<ReadonlySet<BlobKey>> {
  const keys = new Set<BlobKey>();
  for await (const key of blobs.keys()) keys.add(key);
  return keys;
}

const personOf = ({ user: { id } }: Actor): PictureOwner => ({ kind: 'user', id });

const last = async ({ storage, lobby }: World) => (await storage.view.messages.before(lobby.id, undefined, 1))[0];

describe('set-picture', () => {
  it('refuses an outsider, a member who is not the owner, and keeps nothing', async () => {
    const world = await aWorld();
    for (const [actor, chatId] of [
      [world.eve, world.lobby.id],
      [world.bob, world.lobby.id],
      [world.ada, UNKNOWN_CHAT],
    ] as const)
      expect(await codeOf(set(world, actor, 1, { chatId }))).toBe('forbidden');
    expect(await keysIn(world)).toEqual(new Set());
  });

  it('replaces an earlier one, whose bytes go, and leaves those that another has too', async () => {
    const world = await aWorld();
    const first = await set(world, world.ada, 1);
    expect(await set(world, world.bob, 1)).toEqual(first);
    const second = await set(world, world.ada, 2);
    expect(await keysIn(world)).toEqual(new Set([...blobsOf(first), ...blobsOf(second)]));
    await set(world, world.bob, 2);
    expect(await keysIn(world)).toEqual(new Set(blobsOf(second)));
    await world.useCases.sweepFiles();
    expect(await keysIn(world)).toEqual(new Set(blobsOf(second)));
  });

  it('tells members of that of their chat by a notice', async () => {
    const world = await aWorld();
    await set(world, world.ada, 1, { chatId: world.lobby.id });
    expect(await last(world)).toMatchObject({ kind: 'notice', text: 'ada changed the picture of the chat' });
    await set(world, world.ada, 2);
    expect(await last(world)).toMatchObject({ text: 'ada changed the picture of the chat' });
  });

  it('takes neither what is no image nor what is too large, and keeps nothing of it', async () => {
    const world = await aWorld();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const bytes of [svg, Buffer.alloc(0), Buffer.from('GIF89a'), PNG.subarray(0, 40)])
      expect(await codeOf(world.useCases.setPicture(world.ada, { chunks: chunksOf(bytes) }))).toBe('invalid_picture');
    const large = chunksOf(PNG, Buffer.alloc(MAX_PICTURE_BYTES));
    expect(await codeOf(world.useCases.setPicture(world.ada, { chunks: large }))).toBe('file_too_large');
    expect(await keysIn(world)).toEqual(new Set());
  });

  it('keeps nothing where the chat is archived, or files are off', async () => {
    const world = await aWorld();
    await world.useCases.setArchived(world.ada, { chatId: world.lobby.id, isArchived: true });
    expect(await codeOf(set(world, world.ada, 1, { chatId: world.lobby.id }))).toBe('archived');
    const off = await aWorld({ fileRules: { isOn: false, maxBytes: 1, bytesPerUser: 1 } });
    expect(await codeOf(set(off, off.ada, 1))).toBe('uploads_off');
    expect([(await keysIn(world)).size, (await keysIn(off)).size]).toEqual([0, 0]);
  });

  it('keeps nothing for somebody who stops being the owner while the image arrives', async () => {
    const world = await aWorld();
    const { useCases, ada, bob, lobby } = world;
    async function* slowly() {
      yield PNG;
      await useCases.setRole(ada, { chatId: lobby.id, userId: bob.user.id, role: 'owner' });
    }
    expect(await codeOf(useCases.setPicture(ada, { chatId: lobby.id, chunks: slowly() }))).toBe('forbidden');
    expect(await keysIn(world)).toEqual(new Set());
  });
});

describe('remove-picture', () => {
  it('refuses an outsider, and a member who is not the owner', async () => {
    const world = await aWorld();
    const picture = await set(world, world.ada, 1, { chatId: world.lobby.id });
    for (const actor of [world.eve, world.bob])
      expect(await codeOf(world.useCases.removePicture(actor, { chatId: world.lobby.id }))).toBe('forbidden');
    expect(await keysIn(world)).toEqual(new Set(blobsOf(picture)));
  });

  it('removes the bytes, and says so once', async () => {
    const world = await aWorld();
    const chatId = world.lobby.id;
    await set(world, world.ada, 1, { chatId });
    await world.useCases.removePicture(world.ada, { chatId });
    const notice = await last(world);
    expect(notice).toMatchObject({ text: 'ada removed the picture of the chat' });
    await world.useCases.removePicture(world.ada, { chatId });
    expect([await last(world), await keysIn(world)]).toEqual([notice, new Set()]);
  });
});

describe('open-picture', () => {
  it('knows none for an outsider, like one that does not exist', async () => {
    const world = await aWorld();
    const { useCases, ada, bob, eve, lobby } = world;
    const owners = [personOf(ada), { kind: 'chat', id: lobby.id } as const];
    const version = versionOf(await set(world, ada, 1));
    await set(world, ada, 1, { chatId: lobby.id });
    for (const owner of owners) {
      const opened = await useCases.openPicture(bob, { owner, version, size: 48 });
      expect(await text(await opened.read())).toBe('48 of 1');
      expect(await codeOf(useCases.openPicture(eve, { owner, version, size: 48 }))).toBe('not_found');
    }
    const unknown = { owner: personOf(bob), version, size: 48 } as const;
    expect(await codeOf(useCases.openPicture(ada, unknown))).toBe('not_found');
  });

  it('knows an earlier one no more, nor does a former member', async () => {
    const world = await aWorld();
    const { useCases, ada, bob, lobby } = world;
    const [old, version] = [versionOf(await set(world, ada, 1)), versionOf(await set(world, ada, 2))];
    const owner = personOf(ada);
    expect(await codeOf(useCases.openPicture(bob, { owner, version: old, size: 96 }))).toBe('not_found');
    expect(await codeOf(useCases.openPicture(bob, { owner, version, size: 96 }))).toBe('done');
    await useCases.leaveChat(bob, lobby.id);
    expect(await codeOf(useCases.openPicture(bob, { owner, version, size: 96 }))).toBe('not_found');
  });

  it('knows none of a person whose account is deleted, and the bytes go with the next sweep', async () => {
    const world = await aWorld();
    const version = versionOf(await set(world, world.bob, 1));
    await world.useCases.deleteAccount(world.bob, { words: 'keep', username: 'bob' });
    const query = { owner: personOf(world.bob), version, size: 48 } as const;
    expect(await codeOf(world.useCases.openPicture(world.ada, query))).toBe('not_found');
    await world.useCases.sweepFiles();
    expect(await keysIn(world)).toEqual(new Set());
  });
});

describe('view-pictures', () => {
  it('shows an outsider none but their own', async () => {
    const world = await aWorld();
    await set(world, world.ada, 1);
    await set(world, world.ada, 1, { chatId: world.lobby.id });
    await set(world, world.eve, 1);
    const seen = async (actor: Actor) => (await world.useCases.viewPictures(actor)).map(({ owner }) => owner);
    expect(await seen(world.bob)).toEqual([personOf(world.ada), { kind: 'chat', id: world.lobby.id }]);
    expect(await seen(world.eve)).toEqual([personOf(world.eve)]);
  });
});

describe('view-picture', () => {
  it('refuses an outsider, and tells a member whether they may change it', async () => {
    const world = await aWorld();
    const { useCases, ada, bob, eve, lobby } = world;
    const picture = await set(world, ada, 1, { chatId: lobby.id });
    expect(await codeOf(useCases.viewPicture(eve, { chatId: lobby.id }))).toBe('forbidden');
    expect(await useCases.viewPicture(bob, { chatId: lobby.id })).toMatchObject({ picture, mayChange: false });
    expect(await useCases.viewPicture(ada, { chatId: lobby.id })).toMatchObject({ picture, mayChange: true });
    expect(await useCases.viewPicture(bob, {})).toEqual({ picture: undefined, mayChange: true, chat: undefined });
  });
});
