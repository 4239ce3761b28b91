import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import type { Message } from '../../../src/domain/messages/message.ts';
import { NOW } from '../../builders.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT, type World } from '../world.ts';

/** Ada's message with each of the texts in turn, a second apart. */
async function aMessageWith(world: World, ...texts: readonly string[]): Promise<Message> {
  const [first, ...later] = texts;
  let [message] = await world.say(first ?? '');
  for (const text of later) {
    world.clock.advance(1_000);
    if (!message) break;
    message = await world.useCases.editMessage(world.ada, { ...message, text, base: message.revision });
  }
  if (!message) throw new Error('It was said.');
  return message;
}

const textsSeen = async ({ useCases, bob }: World, message: Message) =>
  (await useCases.viewVersions(bob, message)).versions.map(({ text }) => text);

describe('view-versions', () => {
  it('shows members all texts, the current one first, with the time of each, and refuses an outsider', async () => {
    const world = await aWorld();
    const { useCases, ada, bob, eve } = world;
    const message = await aMessageWith(world, 'one', 'two', 'three');
    const { versions, mayErase } = await useCases.viewVersions(bob, message);
    expect(versions).toEqual([
      { revision: 3, text: 'three', writtenAt: NOW + 2_000 },
      { revision: 2, text: 'two', writtenAt: NOW + 1_000 },
      { revision: 1, text: 'one', writtenAt: NOW },
    ]);
    expect([mayErase, (await useCases.viewVersions(ada, message)).mayErase]).toEqual([false, true]);
    expect(await refusal(useCases.viewVersions(eve, message))).toBe('forbidden');
    expect(await refusal(useCases.viewVersions(eve, { ...message, chatId: UNKNOWN_CHAT }))).toBe('forbidden');
    expect(await refusal(useCases.viewVersions(bob, { ...message, position: revision(9) }))).toBe('not_found');
  });

  it('shows the one text of a message that was never edited', async () => {
    const world = await aWorld();
    expect(await textsSeen(world, await aMessageWith(world, 'one'))).toEqual(['one']);
  });

  it('shows nothing of a deleted message, and all again once it is restored', async () => {
    const world = await aWorld();
    const message = await aMessageWith(world, 'one', 'two');
    await world.useCases.deleteMessage(world.ada, message);
    expect(await textsSeen(world, message)).toEqual([]);
    await world.useCases.restoreMessage(world.ada, message);
    expect(await textsSeen(world, message)).toEqual(['two', 'one']);
  });

  it('goes on before a revision, and names the version that follows for a comparison', async () => {
    const world = await aWorld();
    const { useCases, bob } = world;
    const message = await aMessageWith(world, 'one', 'two', 'three');
    const first = await useCases.viewVersions(bob, { ...message, limit: 1 });
    expect([first.versions.map(({ text }) => text), first.next?.text]).toEqual([['three'], 'two']);
    const second = await useCases.viewVersions(bob, { ...message, limit: 2, before: revision(3) });
    expect([second.versions.map(({ text }) => text), second.next]).toEqual([['two', 'one'], undefined]);
  });

  it('answers at most about a megabyte, and one version in any case', async () => {
    const world = await aWorld();
    const long = (n: number) => `${n}${'🐟'.repeat(9_990)}`;
    const message = await aMessageWith(world, ...Array.from({ length: 30 }, (_, n) => long(n)));
    const { versions, next } = await world.useCases.viewVersions(world.bob, message);
    expect(versions).toHaveLength(26);
    expect(next?.text).toBe(long(3));
  });
});

describe('erase-version', () => {
  it('erases an earlier text for its author alone, again and again, and an outsider is refused', async () => {
    const world = await aWorld();
    const { useCases, ada, bob, eve } = world;
    const message = await aMessageWith(world, 'one', 'two', 'three');
    const second = { ...message, revision: revision(2) };
    expect(await refusal(useCases.eraseVersion(bob, second))).toBe('forbidden');
    expect(await refusal(useCases.eraseVersion(eve, second))).toBe('forbidden');
    await useCases.eraseVersion(ada, second);
    await useCases.eraseVersion(ada, second);
    expect(await textsSeen(world, message)).toEqual(['three', 'one']);
    expect(await useCases.viewMessage(bob, message)).toEqual(message);
  });

  it('keeps the current text, and says what to do instead', async () => {
    const world = await aWorld();
    const message = await aMessageWith(world, 'one', 'two');
    expect(await refusal(world.useCases.eraseVersion(world.ada, message))).toBe('bad_request');
    await world.useCases.deleteMessage(world.ada, message);
    expect(await refusal(world.useCases.eraseVersion(world.ada, message))).toBe('deleted');
  });

  it('has the words overwritten in the files of the storage', async () => {
    const world = await aWorld();
    const { useCases, ada, storage } = world;
    const message = await aMessageWith(world, 'one', 'two');
    const before = (await storage.view.jobs.count()).due;
    await useCases.eraseVersion(ada, { ...message, revision: revision(1) });
    expect((await storage.view.jobs.count()).due).toBe(before + 1);
  });
});
