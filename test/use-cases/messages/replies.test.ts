import { describe, expect, it } from 'vitest';
import { isReply } from '../../../src/domain/messages/quotes.ts';
import type { ChatChange } from '../../../src/domain/reactions/reactions-change.ts';
import { refusal } from '../refusal.ts';
import { aWorld, type World } from '../world.ts';
import { follow } from './recording-follower.ts';

async function aWorldWithOriginal() {
  const world = await aWorld();
  const [original] = await world.say('first words');
  if (!original) throw new Error('It was said.');
  const reply = async (text = 'yes', replyTo: number = original.position) =>
    (await world.useCases.postMessage(world.bob, { chatId: world.lobby.id, text, replyTo })).message;
  return { ...world, original, reply };
}

/** Nobody is told of what was posted before this. */
async function toldFrom(world: World, after: number): Promise<readonly ChatChange[]> {
  const { join, follower } = follow(world, world.bob, after);
  await join();
  return follower.delivered;
}

const snippets = (told: readonly ChatChange[]) => told.filter(isReply).map(({ replyTo }) => replyTo.snippet);

describe('post-message: a reply', () => {
  it('is published with the message that it answers', async () => {
    const { reply, broadcast, original } = await aWorldWithOriginal();
    const message = await reply();
    expect(message).toMatchObject({
      replyTo: { position: original.position, author: original.author, kind: 'text', snippet: 'first words' },
    });
    expect(broadcast.published.at(-1)).toEqual({ type: 'message_posted', message });
  });

  it.each([0, -1, 2, 1.5, Number.NaN, 2 ** 60])('is refused when it answers no message of the chat: %s', async (to) => {
    const { reply, storage, lobby } = await aWorldWithOriginal();
    expect(await refusal(reply('to whom?', to))).toBe('invalid_reply');
    expect(await storage.view.messages.before(lobby.id, undefined, 10)).toHaveLength(1);
  });

  it('does not tell an outsider which messages there are', async () => {
    const { useCases, eve, lobby } = await aWorldWithOriginal();
    for (const replyTo of [1, 99])
      expect(await refusal(useCases.postMessage(eve, { chatId: lobby.id, text: 'x', replyTo }))).toBe('forbidden');
  });

  it('comes back with the message that it answers when it is restored', async () => {
    const { reply, useCases, bob } = await aWorldWithOriginal();
    const message = await reply();
    await useCases.deleteMessage(bob, message);
    expect(await useCases.restoreMessage(bob, message)).toEqual({ ...message, revision: 4 });
  });

  it('which was deleted with its original quotes what is left of it when it is restored', async () => {
    const { reply, useCases, ada, bob, original } = await aWorldWithOriginal();
    const message = await reply();
    await useCases.deleteMessage(bob, message);
    await useCases.deleteMessage(ada, original);
    const restored = await useCases.restoreMessage(bob, message);
    expect(restored.replyTo).toMatchObject({ kind: 'deleted', snippet: '' });
  });
});

describe('a follower that resumes', () => {
  it('RP-1: gets no deleted words in a quote, and the quote again when its original was restored', async () => {
    const world = await aWorldWithOriginal();
    const { reply, useCases, ada, bob, original } = world;
    await follow(world, bob).join();
    const message = await reply();
    expect(snippets(await toldFrom(world, 0))).toEqual(['first words']);
    await useCases.deleteMessage(ada, original);
    expect(snippets(await toldFrom(world, 0))).toEqual(['']);
    expect(snippets(await toldFrom(world, 1))).toEqual(['']);
    const restored = await useCases.restoreMessage(ada, original);
    expect(snippets(await toldFrom(world, 0))).toEqual(['first words']);
    await useCases.editMessage(ada, { ...original, text: 'other words', base: restored.revision });
    const told = await toldFrom(world, 0);
    expect(snippets(told)).toEqual(['other words']);
    expect(told[0]).toEqual(await useCases.viewMessage(bob, message));
  });

  it('RP-1: gets no deleted words in a quote that is read from the store', async () => {
    const world = await aWorldWithOriginal();
    const { reply, useCases, ada, bob, original } = world;
    for (let n = 0; n < 300; n += 1) await reply(`${n}`);
    // A feed that begins now has no recent messages.
    await follow(world, bob).join();
    const early = await toldFrom(world, 1);
    expect(new Set(snippets(early))).toEqual(new Set(['first words']));
    await useCases.deleteMessage(ada, original);
    const late = await toldFrom(world, 1);
    expect(snippets(late)).toHaveLength(300);
    expect(new Set(snippets(late))).toEqual(new Set(['']));
  });
});
