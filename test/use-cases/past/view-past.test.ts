import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import type { Message } from '../../../src/domain/messages/message.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT, type World } from '../world.ts';

async function aWorldWith(...texts: readonly string[]) {
  const world = await aWorld();
  const [message] = await world.say(...texts);
  if (!message) throw new Error('It was said.');
  const at = async (number: number, by = world.bob) => {
    const { useCases, lobby } = world;
    return useCases.viewPast(by, { chatId: lobby.id, at: revision(number), limit: 50 });
  };
  return { ...world, message, at, textAt: async (number: number) => (await at(number)).messages.map(wordsOf) };
}

const wordsOf = (message: Message) => (message.kind === 'deleted' ? 'deleted' : message.text);

const edit = ({ useCases, ada }: World, message: Message, text: string) =>
  useCases.editMessage(ada, { ...message, text, base: message.revision });

describe('view-past', () => {
  it('shows a chat as it stood at each revision, from before the first message, and refuses an outsider', async () => {
    const world = await aWorldWith('one', 'two');
    const { textAt, at, message, eve, useCases } = world;
    await edit(world, message, 'three');
    expect(await Promise.all([0, 1, 2, 3].map(textAt))).toEqual([[], ['one'], ['one', 'two'], ['three', 'two']]);
    expect(await refusal(at(3, eve))).toBe('forbidden');
    const unknown = { chatId: UNKNOWN_CHAT, at: revision(1), limit: 1 };
    expect(await refusal(useCases.viewPast(eve, unknown))).toBe('forbidden');
    expect(await refusal(at(4))).toBe('not_found');
  });

  it('names the chat as it was named', async () => {
    const { useCases, ada, lobby, at } = await aWorldWith('one');
    for (const name of ['Quay', 'Pier']) await useCases.renameChat(ada, { chatId: lobby.id, name });
    const names = await Promise.all([1, 2, 3].map(async (number) => (await at(number)).chat.name));
    expect(names).toEqual(['Lobby', 'Quay', 'Pier']);
  });

  it('shows nothing that was deleted since, at no revision, also once it is erased', async () => {
    const { useCases, ada, message, textAt, jobWorker, clock, timer, storage } = await aWorldWith('one', 'two');
    await useCases.deleteMessage(ada, message);
    expect(await textAt(2)).toEqual(['deleted', 'two']);
    jobWorker.start();
    clock.advance(60_000);
    await timer.advance(60_000);
    await jobWorker.stop();
    expect(await storage.view.messages.earlierVersions(message, { limit: 1 })).toEqual([]);
    expect(await textAt(2)).toEqual(['deleted', 'two']);
  });

  it('shows no other text in place of one that its author erased', async () => {
    const world = await aWorldWith('one');
    const { useCases, ada, message, textAt } = world;
    const second = await edit(world, message, 'two');
    await edit(world, second, 'three');
    await useCases.eraseVersion(ada, { ...message, revision: second.revision });
    expect(await Promise.all([1, 2, 3].map(textAt))).toEqual([['one'], ['deleted'], ['three']]);
    // There is no such version.
    await useCases.eraseVersion(ada, { ...message, revision: revision(9) });
  });

  it('ends a pin with the deletion of the message, which restoring does not undo', async () => {
    const world = await aWorldWith('one');
    const { useCases, ada, message, at } = world;
    await useCases.setPin(ada, { ...message, on: true });
    await useCases.deleteMessage(ada, message);
    const restored = await useCases.restoreMessage(ada, message);
    await edit(world, restored, 'two');
    const pinned = await Promise.all(
      [1, 2, 3, 4, 5].map(async (number) => {
        const [first] = (await at(number)).messages;
        return first?.kind === 'text' ? first.pin !== null : first?.kind;
      }),
    );
    expect(pinned).toEqual([false, true, true, 'deleted', false]);
  });

  it('shows the part before a position, and what a reply answered as that stood', async () => {
    const world = await aWorldWith('one', 'two', 'three');
    const { useCases, bob, lobby, message } = world;
    await useCases.postMessage(bob, { chatId: lobby.id, text: 'four', replyTo: message.position });
    await edit(world, message, 'five');
    const page = await useCases.viewPast(bob, { chatId: lobby.id, at: revision(4), limit: 2 });
    expect([page.messages.map(wordsOf), page.hasOlder]).toEqual([['three', 'four'], true]);
    expect(page.messages[1]).toMatchObject({ replyTo: { snippet: 'one' } });
    const before = await useCases.viewPast(bob, {
      ...{ chatId: lobby.id, at: revision(4), limit: 2 },
      before: revision(3),
    });
    expect([before.messages.map(wordsOf), before.hasOlder]).toEqual([['one', 'two'], false]);
  });
});
